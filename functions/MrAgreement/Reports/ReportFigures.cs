using System.Globalization;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Reports;

/// <summary>Figures that texts refer to, looked up as a person sees the agreement on a day.</summary>
/// <param name="it">As the person is shown it.</param>
public sealed class ReportFigures(Dossier it, Actor by, LocalDate today)
{
    // Those that texts refer to most; the others are told in docs/decisions/0109.
    static readonly string[] ofAreas = ["budget", "spent", "left"], ofStatements = ["received", "used", "closing"],
        ofIndicators = ["baseline", "value", "target"];

    readonly Dictionary<string, PinnedFigure?> known = [];
    PlanMoney? money;

    public Dossier Dossier => it;

    public Actor By => by;

    public LocalDate Today => today;

    public PlanVersion? Plan { get; } = new Plans(it).Shown;

    public PlanMoney? Money => Plan is { } plan ? money ??= PlanMoney.Of(it, plan.Content) : null;

    /// <summary>By what sums of the plan are told: the version of it, and the day on which the costs were summed.</summary>
    public string EditionOfPlan => string.Create(CultureInfo.InvariantCulture,
        $"plan:{Plan?.Number} {NodaTime.Text.LocalDatePattern.Iso.Format(today)}");

    /// <summary>The figure that a reference is to; null where there is none that the person sees.</summary>
    public PinnedFigure? Find(string reference)
    {
        if (!known.TryGetValue(reference, out var found))
            known[reference] = found = FigureReference.Read(reference) is { } read && Look(read) is { } figure
                ? new(reference, figure.Value, figure.Edition) : null;
        return found;
    }

    (ReportValue Value, string Edition)? Look(FigureReference of) => of.Source switch
    {
        "statement" => OfStatement(of),
        "plan" => OfPlan(of),
        "coverage" => OfCoverage(of),
        "indicator" => OfIndicator(of),
        // Of surveys there are no figures to refer to yet.
        _ => null
    };

    /// <summary>The statement that a text or a block names, by its number or as the final accounts; null where there is none that the
    /// person sees.</summary>
    public Statement? Statement(string named) =>
        (named == "final" ? Grants.Statement.InForce(it.Grant).LastOrDefault(statement => statement.Kind == StatementKind.Final)
            : int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? it.Grant.Statements.Find(number)
                : null)
            is { } found && Sight.Sees(it, by, found) ? found : null;

    (ReportValue, string)? OfStatement(FigureReference of)
    {
        if (of.Field is not null || Statement(of.Path[0]) is not { } statement)
            return null;
        var edition = EditionOf(statement);
        if (of.Path is [_, "category", var category])
            return statement.Lines.Where(line => line.Category == category).ToList() is { Count: > 0 } lines
                ? (ReportValue.Of(lines.Sum(line => line.Amount)), edition) : null;
        if (of.Path is not [_, var named])
            return null;
        foreach (var (figure, amount) in statement.Content.Figures)
            if (Json.NameOf(figure) == named)
                return (ReportValue.Of(amount), edition);
        return null;
    }

    public static string EditionOf(Statement it) => $"statement:{it.Number}";

    (ReportValue, string)? OfPlan(FigureReference of)
    {
        if (Plan is not { } plan || Money is not { } sums)
            return null;
        var edition = EditionOfPlan;
        return of switch
        {
            { Path: ["budget"], Field: null } => (ReportValue.Of(sums.Budget), edition),
            { Path: ["spent"], Field: null } => (ReportValue.Of(sums.Spent), edition),
            { Path: ["unassigned"], Field: null } => (ReportValue.Of(sums.Unassigned), edition),
            { Path: ["costs"], Field: null } => (ReportValue.Of(sums.Costs), edition),
            { Path: ["left"], Field: null } => (ReportValue.Of(sums.Budget - sums.Spent), edition),
            { Path: ["measures"], Field: null } => (ReportValue.Of(plan.Content.Measures.Count), edition),
            { Path: ["focus-area", var key] } when sums.Areas.FirstOrDefault(area => area.Area.Key == key) is { } area => of.Field switch
            {
                "budget" => (ReportValue.Of(area.Budget), edition),
                "spent" => (ReportValue.Of(area.Spent), edition),
                "left" => (ReportValue.Of(area.Left), edition),
                "measures" => (ReportValue.Of(area.Measures.Count), edition),
                _ => null
            },
            { Path: ["measure", var key] } when sums.Areas.SelectMany(area => area.Measures)
                .FirstOrDefault(measure => measure.Measure.Key == key) is { } measure => of.Field switch
                {
                    "budget" => (ReportValue.Of(measure.Budget), edition),
                    "spent" when measure.Spent is { } spent => (ReportValue.Of(spent), edition),
                    "left" when measure.Left is { } left => (ReportValue.Of(left), edition),
                    "status" when Told(key)?.Latest is { } told => (ReportValue.Of(told.Content.Status), $"measure:{key}/report:{told.Number}"),
                    "result" when Told(key)?.Assessment is { } told => (ReportValue.Of(told.Result), $"measure:{key}/assessment:{told.Number}"),
                    _ => null
                },
            _ => null
        };
    }

    FollowedMeasure? Told(string measure) => it.Grounds.Measures.GetValueOrDefault(measure);

    (ReportValue, string)? OfCoverage(FigureReference of)
    {
        if (of.Path is not [var what, var how] || ReadCoverage(what, how) is not { } named)
            return null;
        var rows = Coverage.Of(it, named.Of, named.By);
        var untouched = rows.Count(row => row.TouchedBy.Count == 0);
        return of.Field switch
        {
            "untouched" => (ReportValue.Of(untouched), EditionOfPlan),
            "touched" => (ReportValue.Of(rows.Count - untouched), EditionOfPlan),
            "all" => (ReportValue.Of(rows.Count), EditionOfPlan),
            _ => null
        };
    }

    /// <summary>What is to be covered by what, as references and blocks name it; null where the one can't be by the other.</summary>
    public static (CoverageOf Of, CoverageBy By)? ReadCoverage(string of, string by)
    {
        foreach (var what in Enum.GetValues<CoverageOf>())
            foreach (var how in Enum.GetValues<CoverageBy>())
                if (Json.NameOf(what) == of && Json.NameOf(how) == by)
                    return Coverage.IsPossible(what, how) ? (what, how) : null;
        return null;
    }

    (ReportValue, string)? OfIndicator(FigureReference of)
    {
        if (of.Path is not [var key] || it.Grounds.Indicators.GetValueOrDefault(key) is not { } indicator)
            return null;
        var content = indicator.Content;
        if (of.Field is "target")
            return indicator.TargetOn(today) is { } target
                ? (Written(content, new(target.Value)), $"indicator:{key}/target:{NodaTime.Text.LocalDatePattern.Iso.Format(target.By)}") : null;
        if (of.Field is "baseline")
            return content.Baseline is { } before ? (Written(content, before.Figure), $"indicator:{key}/baseline") : null;
        if (indicator.Latest is not { } last)
            return null;
        var edition = $"indicator:{key}/reading:{last.Number}";
        return of.Field switch
        {
            "value" => (Written(content, last.Content.Figure), edition),
            "on" => (ReportValue.Of(last.Content.On), edition),
            "left-out" when indicator.LeftOutOf(last.Content)?.Count is { } count => (ReportValue.Of(count), edition),
            _ => null
        };
    }

    /// <summary>A figure of an indicator as it is told.</summary>
    public static ReportValue Written(IndicatorContent of, Figure figure) => of.Unit switch
    {
        IndicatorUnit.Share => new(ReportValueKind.Share, figure.Exact.ToString(CultureInfo.InvariantCulture), of.Decimals),
        IndicatorUnit.YesNo => new(ReportValueKind.Word, figure.Exact == 1 ? "indicators.yes" : "indicators.no"),
        _ => ReportValue.Of(figure.Exact, of.Decimals)
    };

    /// <summary>References that a text may copy: what there is to refer to now.</summary>
    public IEnumerable<PinnedFigure> All()
    {
        var names = new List<string>();
        if (Plan is { } plan)
        {
            names.AddRange(["plan:budget", "plan:spent", "plan:left", "plan:unassigned"]);
            names.AddRange(plan.Content.FocusAreas.SelectMany(area => ofAreas
                .Select(field => $"plan:focus-area/{area.Key}|{field}")));
        }
        names.AddRange(it.Grant.Statements.Where(statement => statement.AttestedBy is not null && statement.Undone is null)
            .SelectMany(statement => ofStatements.Select(figure => $"statement:{statement.Number}/{figure}")));
        names.AddRange(it.Grounds.Indicators.Keys.SelectMany(key => ofIndicators
            .Select(field => $"indicator:{key}|{field}")));
        names.AddRange(["coverage:recommendations/measures|touched", "coverage:recommendations/measures|untouched",
            "coverage:findings/measures|untouched"]);
        return names.Select(Find).OfType<PinnedFigure>();
    }
}
