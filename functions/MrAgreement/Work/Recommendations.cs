using System.Diagnostics;
using MrAgreement.Parties;

namespace MrAgreement.Work;

/// <summary>Records a recommendation.</summary>
public sealed record RecordRecommendation(RecommendationContent Content) : Command(Act.RecordRecommendation);

/// <summary>Tells a recommendation anew; what was told before stays on record.</summary>
public sealed record ReviseRecommendation(int Number, RecommendationContent Content) : Command(Act.ReviseRecommendation)
{
    public override Subject Subject => Number;
}

/// <summary>Records those of a file that are not recorded yet: all of them, or none.</summary>
public sealed record ImportRecommendations(IReadOnlyList<RecommendationRow> Rows) : Command(Act.ImportRecommendations);

/// <summary>A row of a file of recommendations.</summary>
/// <param name="Row">Its number in the file, from 1, the headings counted.</param>
public sealed record RecommendationRow(int Row, RecommendationContent Content);

/// <summary>Recommendations were recorded: one, or those of a file.</summary>
/// <param name="Number">Of the first; the others follow.</param>
public sealed record RecommendationRecorded(int Number, IReadOnlyList<RecommendationContent> Recommendations, string Party)
    : WorkEvent(Party);

/// <summary>A recommendation was told anew.</summary>
public sealed record RecommendationRevised(int Number, RecommendationContent Content, string Party) : WorkEvent(Party);

/// <summary>Decisions on recommendations.</summary>
public static class RecommendationRules
{
    /// <summary>That an agreement can hold.</summary>
    public const int Most = 2000;

    /// <summary>What stands against an act on recommendations as things are; null for nothing.</summary>
    public static Refused? Against(Grounds it, Act act, Subject of) => act switch
    {
        Act.RecordRecommendation or Act.ImportRecommendations => it.Recommendations.Count < Most ? null : Full,
        Act.ReviseRecommendation => it.Recommendations.Find(of.Number) is null
            ? new("no-such-recommendation", RefusalKind.NotFound, ("number", of.Number)) : null,
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    static Refused Full => new("recommendations-full", ("max", Most));

    public static Decision Decide(Grounds it, RecordRecommendation command, Occasion on)
    {
        var content = command.Content.Trimmed();
        var known = it.OfSamePlace(content);
        if (known?.Versions[^1].By == on.By.Id && known.Content.SaysSame(content))
            return new Nothing();
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var faults = content.Faults();
        return faults.Count > 0 ? Refused.Invalid(faults)
            : known is not null ? Refused.Invalid(Known("/paragraph", known))
            : new RecommendationRecorded(it.Recommendations.Count + 1, [content], on.By.Party);
    }

    public static Decision Decide(Grounds it, ReviseRecommendation command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject) is { } refused)
            return refused;
        var (before, content) = (it.Recommendations[command.Number - 1], command.Content.Trimmed());
        if (before.Content.SaysSame(content))
            return new Nothing();
        var faults = content.Faults().ToList();
        if (content.Kind != before.Content.Kind)
            faults.Add(new("/kind", "recommendation-kind-stays"));
        if (it.OfSamePlace(content) is { } known && known != before)
            faults.Add(Known("/paragraph", known));
        return faults.Count > 0 ? Refused.Invalid(faults) : new RecommendationRevised(command.Number, content, on.By.Party);
    }

    /// <summary>A row that says what a recommendation says, or has said, is recorded already: the same file again takes nothing.</summary>
    public static Decision Decide(Grounds it, ImportRecommendations command, Occasion on)
    {
        var known = it.Recommendations.ToDictionary(other => other.Content.Place);
        var earlier = it.Recommendations.SelectMany(other => other.Versions.Select(version => (version.Content.Place, other)))
            .ToLookup(pair => pair.Place, pair => pair.other);
        var (faults, first, taken) = (new List<Fault>(), new Dictionary<(RecommendationKind, string, string, string), int>(),
            new List<RecommendationContent>());
        foreach (var (row, told) in command.Rows)
        {
            var content = told.Trimmed();
            faults.AddRange(content.Faults().Select(fault => Fault.InCell(row, Column(fault.Pointer), fault.Rule, fault.Values)));
            if (!first.TryAdd(content.Place, row))
                faults.Add(Fault.InCell(row, "paragraph", "recommendation-row-twice", ("row", first[content.Place])));
            else if (earlier[content.Place].Any(other => other.Versions.Exists(version => version.Content.SaysSame(content))))
                continue;
            else if (known.TryGetValue(content.Place, out var other))
                faults.Add(Fault.InCell(row, "paragraph", "recommendation-known", ("number", other.Number)));
            else
                taken.Add(content);
        }
        return faults.Count > 0 ? Refused.Invalid(faults)
            : taken.Count == 0 ? new Nothing()
            : it.Recommendations.Count + taken.Count > Most ? Full.NotSo()
            : new RecommendationRecorded(it.Recommendations.Count + 1, taken, on.By.Party);
    }

    static Fault Known(string pointer, Recommendation known) => new(pointer, "recommendation-known", ("number", known.Number));

    // Of /text/en text-en, of /themes/2 themes.
    static string Column(string pointer) => pointer.Split('/') is [_, "text", var language] ? $"text-{language}" : pointer.Split('/')[1];
}
