using System.Diagnostics;
using System.Text.RegularExpressions;
using MrAgreement.Documents;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on findings: what they rest on must be there.</summary>
static partial class FindingDecisions
{
    const int Most = 1000;
    const int MostSources = 50;

    /// <summary>What stands against it as things are; null for nothing.</summary>
    public static Refused? Against(Dossier dossier, Act act, Subject of) => act switch
    {
        Act.RecordFinding => dossier.Grounds.Findings.Count < Most ? null : new("findings-full", ("max", Most)),
        Act.ReviseFinding or Act.RetractFinding => dossier.Grounds.Findings.Find(of.Number) switch
        {
            null => new("no-such-finding", RefusalKind.NotFound, ("number", of.Number)),
            { Retracted: not null } => new("finding-retracted", ("number", of.Number)),
            _ => act == Act.RetractFinding && new Plans(dossier).Uses(of.Number) ? new("not-retracted-in-use", ("number", of.Number)) : null
        },
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    public static Decision Decide(Dossier it, RecordFinding command, Occasion on)
    {
        var (content, faults) = Read(it, command.Finding, null, on);
        if (it.Grounds.Findings is [.., { Retracted: null } last] && last.Told[^1].By == on.By.Id && last.Content.SaysSame(content))
            return new Nothing();
        return Against(it, command.Act, command.Subject)
            ?? (faults.Count > 0 ? Refused.Invalid(faults)
            : (Decision)new FindingRecorded(it.Grounds.Findings.Count + 1, content, on.By.Party));
    }

    public static Decision Decide(Dossier it, ReviseFinding command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var before = it.Grounds.Findings[command.Number - 1];
        // What the plan rests on says what it said; how it is told now is another version.
        if (!command.IsNewVersion && new Plans(it).Uses(command.Number))
            return new Refused("finding-in-use", RefusalKind.NotSo, ("number", command.Number));
        var (content, faults) = Read(it, command.Finding, before.Content, on);
        return faults.Count > 0 ? Refused.Invalid(faults)
            : before.Content.SaysSame(content) ? new Nothing()
            : new FindingRevised(command.Number, before.Version + (command.IsNewVersion ? 1 : 0), content, on.By.Party);
    }

    public static Decision Decide(Dossier dossier, RetractFinding command, Occasion on)
    {
        var (it, reason) = (dossier.Grounds, command.Reason.Trim());
        return it.Findings.Find(command.Number) is { Retracted: { } done } && (done.By, done.Reason) == (on.By.Id, reason)
            ? new Nothing()
            : Against(dossier, command.Act, command.Subject) ?? Refused.Text("/reason", reason, 2000)
                ?? (Decision)new FindingRetracted(command.Number, reason, on.By.Party);
    }

    // What it said before: a document that it rested on then, it rests on in the same version.
    static (FindingContent Content, IReadOnlyList<Fault> Faults) Read(Dossier it, ToldFinding told, FindingContent? before, Occasion on)
    {
        var faults = new List<Fault>();
        faults.AddText("/title", told.Title, 300);
        faults.AddText("/text", told.Text, 8000);
        // A figure is a reference, and there is nothing yet that it can be of.
        if (Figure().Match(told.Text) is { Success: true } figure)
            faults.Add(new("/text", "figure-unknown", ("figure", figure.Value.Trim('{', '}'))));
        var themes = told.Themes.Select(theme => theme.Trim()).Distinct().ToList();
        faults.AddRange(RecommendationContent.ThemeFaults(themes));
        if (told.Sources.Count > MostSources)
            faults.Add(new("/sources", "too-many", ("max", MostSources)));
        var sources = told.Sources.Take(MostSources).Select((source, i) => Source(it, source, before, $"/sources/{i}", faults, on)).ToList();
        return (new(told.Title.Trim(), told.Text.Trim(), told.Kind, [.. sources.Distinct()], themes), faults);
    }

    static FindingSource Source(Dossier it, NamedSource named, FindingContent? before, string pointer, List<Fault> faults, Occasion on)
    {
        var interview = named.Interview?.Trim();
        var given = new[] { named.Survey is not null, interview is not null, named.Document is not null, named.Recommendation is not null };
        if (given.Count(it => it) != 1 || named.Page is not null && named.Document is null
            || named.Survey is null && (named.Question ?? named.Option ?? named.By) is not null)
            faults.Add(new(pointer, "source-of-one"));
        else if (named.Survey is { } survey)
            faults.Add(new($"{pointer}/survey", "source-unknown", ("source", survey)));
        else if (named.Recommendation is { } number && it.Grounds.Recommendations.Find(number) is null)
            faults.Add(new($"{pointer}/recommendation", "source-unknown", ("source", number)));
        if (interview is not null)
            faults.AddText($"{pointer}/interview", interview, 300);
        if (named.Page < 1)
            faults.Add(new($"{pointer}/page", "page-number"));
        return new(interview, named.Document is { } id ? Version(it, id, before, $"{pointer}/document", faults, on) : null, named.Page,
            named.Recommendation);
    }

    static DocumentVersion Version(Dossier it, Guid id, FindingContent? before, string pointer, List<Fault> faults, Occasion on)
    {
        if (before?.Sources.FirstOrDefault(source => source.Document?.Document == id)?.Document is { } known)
            return known;
        var held = it.Documents[id] is { Withdrawn: null, IsErased: false } document
            ? DocumentDecisions.Held(it, on.By.Party, document).DefaultIfEmpty().Max() : 0;
        if (held == 0)
            faults.Add(new(pointer, "source-unknown", ("source", id)));
        return new(id, held);
    }

    [GeneratedRegex(@"\{\{[^{}]*\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Figure();
}
