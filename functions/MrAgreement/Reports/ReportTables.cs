using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Work;

namespace MrAgreement.Reports;

/// <summary>Blocks of a report that are made of what the agreement says.</summary>
public sealed class ReportTables(ReportFigures figures, ReportKind kind, DateSpan period)
{
    readonly Dossier it = figures.Dossier;

    /// <summary>What tables can be of, besides what covers what.</summary>
    public const string Money = "money", Efforts = "efforts", Parties = "parties", Categories = "categories",
        Appropriations = "appropriations";

    /// <summary>Whether there is such a block.</summary>
    public bool Knows(ReportBlock block) => block.Kind switch
    {
        ReportBlockKind.Text or ReportBlockKind.Decisions or ReportBlockKind.Recommendations => block.Of is null,
        ReportBlockKind.Figure => block.Of is not null,
        ReportBlockKind.Table => block.Of is Money or Efforts or Parties or Categories or Appropriations
            || CoverageOf(block.Of) is not null,
        ReportBlockKind.Chart => block.Of is Money or Parties or Categories || CoverageOf(block.Of) is not null,
        ReportBlockKind.Measures => block.Of is not { } area || new Plans(it).FocusArea(area) is not null,
        ReportBlockKind.Readings => block.Of is not { } key || it.Grounds.Indicators.ContainsKey(key),
        _ => block.Of is null or "final" || int.TryParse(block.Of, NumberStyles.None, CultureInfo.InvariantCulture, out _)
    };

    /// <summary>What a block tells; null of a text, and where there is nothing to tell.</summary>
    public ReportTable? Of(ReportBlock block) => block.Kind switch
    {
        ReportBlockKind.Text => null,
        ReportBlockKind.Figure => figures.Find(block.Of ?? "") is { } figure
            ? new(["figure"], [new(figure.Reference, [figure.Value])], figure.Edition) : null,
        ReportBlockKind.Table or ReportBlockKind.Chart => OfNamed(block.Of ?? ""),
        ReportBlockKind.Measures => Filled(["measure", "status", "told-on", "told", "result", "assessed", "lives-on", "not-assessed"],
            Measures(block.Of, block.Reasons ?? []), figures.EditionOfPlan),
        ReportBlockKind.Decisions => Filled(["consultation", "held-on", "decision", "text", "by"], Decisions(), ""),
        ReportBlockKind.Statement => StatementOf(block.Of) is { AttestedBy: not null } statement
            ? new(["figure", "amount"], [.. Rows(statement)], ReportFigures.EditionOf(statement)) : null,
        ReportBlockKind.Recommendations => Filled(["recommendation", "informed-on", "received-on", "measures"], Recommendations(), ""),
        ReportBlockKind.Readings => Filled(["indicator", "baseline", "target", "value", "read-on", "standing"], Readings(block.Of), ""),
        _ => throw new System.Diagnostics.UnreachableException($"No table of {block.Kind}.")
    };

    static ReportTable? Filled(IReadOnlyList<string> columns, IEnumerable<ReportRow> rows, string edition) =>
        rows.ToList() is { Count: > 0 } found ? new(columns, found, edition) : null;

    /// <summary>The statement that a block shows: the one named, or of final accounts those, or else the last of the report's period.
    /// </summary>
    public Statement? StatementOf(string? named) => named is not null ? figures.Statement(named)
        : kind == ReportKind.Final ? figures.Statement("final")
        : Statement.InForce(it.Grant).LastOrDefault(statement => statement.Kind == StatementKind.Annual
            && statement.Period.From <= period.To && statement.Period.To >= period.From && Sight.Sees(it, figures.By, statement));

    static (CoverageOf Of, CoverageBy By)? CoverageOf(string? of) =>
        of?.Split(':', '/') is ["coverage", var what, var how] ? ReportFigures.ReadCoverage(what, how) : null;

    ReportTable? OfNamed(string of) => of switch
    {
        Money => figures.Money is { } money
            ? Filled(["focus-area", "budget", "spent", "left"], OfMoney(money), figures.EditionOfPlan) : null,
        Efforts => Filled(["effort", "kind", "from", "participants"], it.Grounds.Support.Efforts
            .Where(effort => effort.Cancelled is null && effort.Content.From <= period.To
                && (effort.Content.To ?? effort.Content.From) >= period.From)
            .Select(effort => new ReportRow(Key(effort.Number), [ReportValue.Of(effort.Content.Title), ReportValue.Of(effort.Content.Kind),
                ReportValue.Of(effort.Content.From), effort.Content.Participants is { } so ? ReportValue.Of(so) : ReportValue.Nothing])), ""),
        Parties => Compiled("party", compiled => compiled.ByParty.Select(sum =>
            (sum.Of, it.Agreement.NameOf(sum.Of, figures.Today), sum.Allocated, sum.Spent))),
        Categories => Compiled("category", compiled => compiled.ByCategory.Select(sum =>
            (sum.Of, it.Grant.CategoryTitle(sum.Of) ?? sum.Of, sum.Allocated, sum.Spent))),
        Appropriations => Compiled("appropriation", compiled => compiled.ByAppropriation.Select(sum =>
            (sum.Of?.ToString() ?? "-", sum.Of?.ToString() ?? "–", sum.Allocated, sum.Spent))),
        _ when CoverageOf(of) is { } named => Filled(["covered", "covered-by"], Coverage.Of(it, named.Of, named.By).Select(row =>
            new ReportRow(row.Key ?? Key(row.Number), [named.Of == Overviews.CoverageOf.Principles
                ? new(ReportValueKind.Word, $"principle.{row.Key}") : ReportValue.Of(row.Title),
                ReportValue.Of(string.Join(", ", row.TouchedBy.Select(touch => touch.Title)))])), figures.EditionOfPlan),
        _ => null
    };

    ReportTable? Compiled(string of, Func<Compilation, IEnumerable<(string Key, string Title, Kronor Allocated, Kronor Spent)>> rows)
    {
        // Whoever sees a share alone is told of no others.
        if (!Sight.SeesEveryShare(it, figures.By) || !Compilation.Years(it.Grant).Contains(period.To.Year))
            return null;
        return Filled([of, "allocated", "spent"], rows(Compilation.Of(it.Grant, period.To.Year)).Select(row =>
            new ReportRow(row.Key, [ReportValue.Of(row.Title), ReportValue.Of(row.Allocated), ReportValue.Of(row.Spent)])),
            $"compilation:{Key(period.To.Year)}");
    }

    static IEnumerable<ReportRow> OfMoney(PlanMoney money)
    {
        foreach (var area in money.Areas)
            yield return new(area.Area.Key, [ReportValue.Of(area.Area.Title), ReportValue.Of(area.Budget), ReportValue.Of(area.Spent),
                ReportValue.Of(area.Left)]);
        yield return new("-unassigned", [new(ReportValueKind.Word, "work-report.unassigned"), ReportValue.Nothing,
            ReportValue.Of(money.Unassigned), ReportValue.Nothing]);
        yield return new("-all", [new(ReportValueKind.Word, "work-report.all"), ReportValue.Of(money.Budget), ReportValue.Of(money.Costs),
            ReportValue.Of(money.Budget - money.Costs)]);
    }

    IEnumerable<ReportRow> Measures(string? area, IReadOnlyList<NotAssessed> reasons)
    {
        foreach (var measure in MeasuresOf(area))
        {
            var told = it.Grounds.Measures.GetValueOrDefault(measure.Key);
            var (latest, assessed) = (told?.Latest, told?.Assessment);
            yield return new(measure.Key, [ReportValue.Of(measure.Title),
                latest is null ? new(ReportValueKind.Word, "plan.not-reported") : ReportValue.Of(latest.Content.Status),
                ReportValue.Of(latest?.Content.On), ReportValue.Of(latest?.Content.Text), ReportValue.Of(assessed?.Result),
                ReportValue.Of(assessed?.Text), ReportValue.Of(assessed?.LivesOn),
                kind == ReportKind.Final && assessed is null ? ReasonOf(measure.Key, reasons) : ReportValue.Nothing]);
        }
    }

    // Whoever writes says why; what the plan dropped has told it already.
    ReportValue ReasonOf(string measure, IReadOnlyList<NotAssessed> reasons) =>
        (reasons.FirstOrDefault(reason => reason.Measure == measure)?.Reason ?? Dropped(measure)) is { } reason
            ? ReportValue.Of(reason) : new(ReportValueKind.Word, "work-report.no-reason");

    string? Dropped(string measure) => figures.Plan?.Content.Dropped.FirstOrDefault(dropped => dropped.Key == measure)?.Reason;

    /// <summary>The measures of a focus area, or of all; of final reports those too that the plan has dropped.</summary>
    public IEnumerable<Measure> MeasuresOf(string? area)
    {
        if (figures.Plan is not { Content: var plan })
            return [];
        var all = new Plans(it);
        return plan.Measures.Concat(kind == ReportKind.Final
                ? plan.Dropped.Select(dropped => all.Measure(dropped.Key)).OfType<Measure>() : [])
            .Where(measure => area is null || measure.FocusArea == area);
    }

    /// <summary>Measures of a block that are neither assessed nor told why not.</summary>
    public IEnumerable<Measure> Unassessed(ReportBlock block) => kind != ReportKind.Final ? [] : MeasuresOf(block.Of).Where(measure =>
        it.Grounds.Measures.GetValueOrDefault(measure.Key)?.Assessment is null && Dropped(measure.Key) is null
        && (block.Reasons ?? []).All(reason => reason.Measure != measure.Key));

    // Of the last record of each consultation, unless the other side has said that it is not right.
    IEnumerable<ReportRow> Decisions() =>
        from o in it.Agreement.InOrder
        where o is { Kind: ObligationKind.Joint, Completions.Count: > 0 }
        let held = o.Completions[^1]
        where held.Contested is null && held.DoneOn <= figures.Today && (kind != ReportKind.FollowUp || held.DoneOn >= period.From)
        from decision in (held.Consultation?.Decisions ?? []).Select((made, i) => (Made: made, Number: i + 1))
        select new ReportRow($"{o.Key}/{Key(decision.Number)}", [ReportValue.Of(o.Title), ReportValue.Of(held.DoneOn),
            ReportValue.Of(decision.Made.Kind), ReportValue.Of(decision.Made.Text), ReportValue.Of(decision.Made.On)]);

    IEnumerable<ReportRow> Rows(Statement statement)
    {
        foreach (var (figure, amount) in statement.Content.Figures)
            if (!amount.IsZero || figure is StatementFigure.Received or StatementFigure.Used or StatementFigure.Closing)
                yield return new(Json.NameOf(figure), [ReportValue.Of(figure), ReportValue.Of(amount)]);
        foreach (var used in statement.Lines.GroupBy(line => line.Category))
            yield return new($"category/{used.Key}", [it.Grant.CategoryTitle(used.Key) is { } title ? ReportValue.Of(title)
                : CategoryMap.IsOutside(used.Key) ? new(ReportValueKind.Word, $"categories.{used.Key}") : ReportValue.Of(used.Key),
                ReportValue.Of(used.Sum(line => line.Amount))]);
    }

    IEnumerable<ReportRow> Recommendations()
    {
        var measures = Coverage.Of(it, Overviews.CoverageOf.Recommendations, CoverageBy.Measures).ToDictionary(row => row.Number);
        return it.Grounds.Recommendations.Where(told => told.Informed is not null || kind == ReportKind.Government).Select(told =>
        {
            var informed = told.Informed is { } number ? it.Grounds.Informations.Find(number) : null;
            return new ReportRow(Key(told.Number), [ReportValue.Of(measures[told.Number].Title), ReportValue.Of(informed?.InformedOn),
                ReportValue.Of(informed?.Received is { } received ? StockholmTime.DateOf(received.At) : (LocalDate?)null),
                ReportValue.Of(string.Join(", ", measures[told.Number].TouchedBy.Select(touch => touch.Title)))]);
        });
    }

    IEnumerable<ReportRow> Readings(string? key) => it.Grounds.Indicators.Values.Where(indicator => key is null || indicator.Key == key)
        .OrderBy(indicator => indicator.Versions[0].At).Select(indicator => new ReportRow(indicator.Key,
        [
            ReportValue.Of(indicator.Content.Title),
            indicator.Content.Baseline is { } before ? ReportFigures.Written(indicator.Content, before.Figure) : ReportValue.Nothing,
            indicator.TargetOn(figures.Today) is { } target ? ReportFigures.Written(indicator.Content, new(target.Value))
                : ReportValue.Nothing,
            indicator.Latest is { } last ? ReportFigures.Written(indicator.Content, last.Content.Figure) : ReportValue.Nothing,
            ReportValue.Of(indicator.Latest?.Content.On), ReportValue.Of(indicator.Stands)
        ]));

    static string Key(int number) => number.ToString(CultureInfo.InvariantCulture);
}
