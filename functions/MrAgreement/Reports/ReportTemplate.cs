using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Reports;

/// <summary>What a report begins as: by what it is for, by what its clause asks for, and by the plan.</summary>
public static class ReportTemplate
{
    /// <summary>A section of a template; what it is called stands in the texts.</summary>
    /// <param name="Title">Null where its key tells it.</param>
    public sealed record Begun(string Key, string? Title, bool Must, IReadOnlyList<ReportBlock> Blocks, IReadOnlyList<string> Contents)
    {
        /// <summary>As the texts call it, whatever key was free for it.</summary>
        public string Name { get; } = Key;
    }

    /// <summary>What sort of report an obligation asks for; of none it is one of one's own.</summary>
    public static ReportKind KindOf(Dossier it, Obligation? of, string party)
    {
        var grantor = it.Agreement.Party(party)?.Role == PartyRole.Grantor;
        return of is null ? grantor ? ReportKind.Government : ReportKind.Other : it.Agreement.PurposeOf(of) switch
        {
            Purpose.FinalReport => ReportKind.Final,
            Purpose.FollowUpReport => it.Agreement.Terms.Parties.Any(other => other.Role == PartyRole.SubRecipient)
                ? ReportKind.Yearly : ReportKind.FollowUp,
            _ => grantor ? ReportKind.Government : ReportKind.Other
        };
    }

    /// <summary>The period that it is of when nobody says: on the way the calendar year before, else all of the agreement.</summary>
    public static DateSpan PeriodOf(Dossier it, ReportKind kind, LocalDate today)
    {
        var all = it.Agreement.Terms.Period;
        if (kind is not (ReportKind.FollowUp or ReportKind.Yearly))
            return all;
        var (from, to) = (LocalDate.Max(new(today.Year - 1, 1, 1), all.From), new LocalDate(today.Year - 1, 12, 31));
        return from <= to ? new(from, to) : new(all.From, LocalDate.Max(all.From, today));
    }

    public static IEnumerable<Begun> Sections(Dossier it, ReportKind kind, Obligation? of)
    {
        yield return new("summary", null, false, [Text], []);
        // What the clause asks for has a section of its own, until somebody says that it stands in another.
        foreach (var item in of?.Contents ?? [])
            yield return new(item.Key, item.Title, item.Must == true, [Text], [item.Key]);
        var taken = (of?.Contents ?? []).Select(item => item.Key).Append("summary").ToHashSet();
        foreach (var section in Made(it, kind))
            yield return taken.Add(section.Key) ? section : section with { Key = $"{section.Key}-figures" };
    }

    static readonly ReportBlock Text = new(ReportBlockKind.Text, Text: "");

    static IEnumerable<Begun> Made(Dossier it, ReportKind kind)
    {
        if (kind is ReportKind.FollowUp or ReportKind.Final)
            foreach (var area in new Plans(it).Shown?.Content.FocusAreas ?? [])
                yield return new($"area-{area.Key}", area.Title, kind == ReportKind.Final,
                    [Text, new(ReportBlockKind.Measures, area.Key)], []);
        if (kind is ReportKind.FollowUp or ReportKind.Final or ReportKind.Government)
            yield return new("consultations", null, false, [Text, new(ReportBlockKind.Decisions)], []);
        if (kind is ReportKind.FollowUp or ReportKind.Final && it.Grant.Terms is not null)
            yield return new("money", null, kind == ReportKind.Final,
                [Text, new(ReportBlockKind.Statement, kind == ReportKind.Final ? "final" : null), new(ReportBlockKind.Chart,
                    ReportTables.Money)], []);
        if (kind == ReportKind.Yearly)
        {
            yield return new("parties", null, true, [Text, new(ReportBlockKind.Table, ReportTables.Parties)], []);
            yield return new("categories", null, false, [new(ReportBlockKind.Chart, ReportTables.Categories),
                new(ReportBlockKind.Table, ReportTables.Appropriations)], []);
            yield return new("efforts", null, false, [Text, new(ReportBlockKind.Table, ReportTables.Efforts)], []);
        }
        if (kind is ReportKind.FollowUp or ReportKind.Final or ReportKind.Yearly)
            yield return new("indicators", null, false, [Text, new(ReportBlockKind.Readings)], []);
        if (kind is ReportKind.FollowUp or ReportKind.Government)
            yield return new("recommendations", null, false, [Text, new(ReportBlockKind.Recommendations)], []);
    }
}
