using System.Text.Json;
using MrAgreement.Calendars;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

public enum StatementKind
{
    /// <summary>For a year, or another period of one's choice.</summary>
    Annual,

    /// <summary>The final accounts: all of it.</summary>
    Final
}

/// <summary>Draws up a statement (ekonomisk redovisning) of what the log says of a period.</summary>
/// <param name="Period">Null for the calendar year before today, or for a final one from
/// the agreement's first day to the last on which anything was booked or paid.</param>
/// <param name="Explanations">Why costs deviate from the budget, where the terms ask for it.</param>
/// <param name="IsSure">If not, whoever draws it up is asked first about a period that may be a slip.</param>
public sealed record PrepareStatement(StatementKind Kind, DateSpan? Period, IReadOnlyList<Explanation> Explanations, bool IsSure = true)
    : GrantCommand(Act.PrepareStatement);

public sealed record AttestStatement(int Number) : NumberedCommand(Act.AttestStatement, Number);

/// <param name="Replaces">The statement of the same kind and period that it
/// corrects; of final accounts those before, whatever their period.</param>
public sealed record StatementPrepared(
    int Number, StatementKind Kind, DateSpan Period, StatementContent Content, IReadOnlyList<Explanation> Explanations, int? Replaces)
        : GrantEvent;

public sealed record StatementAttested(int Number) : GrantEvent;

/// <summary>The statement is what a submission holds; from here on nothing in it changes.</summary>
/// <param name="Content">SHA-256 of its content as JSON.</param>
public sealed record StatementSubmitted(int Number, string Obligation, int Submission, [property: Digest] Sha256 Content) : GrantEvent;

/// <param name="Category">The cost category that deviates.</param>
public sealed record Explanation(string Category, string Text);

/// <summary>A statement and what has become of it.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Statement(
    int Number, StatementKind Kind, DateSpan Period, StatementContent Content, IReadOnlyList<Explanation> Explanations, int? Replaces,
    PersonId PreparedBy, Instant PreparedAt, long Touched)
{
    internal const int MostExplanations = 200;

    /// <summary>Place in the log where it was drawn up: what comes later is not in it.</summary>
    public long Sequence { get; init; }

    public PersonId? AttestedBy { get; init; }
    public Instant? AttestedAt { get; init; }

    /// <summary>Why nobody attests it; null where somebody has, or may.</summary>
    public Undone? Undone { get; init; }

    /// <summary>The last submission that held it; null until then.</summary>
    public StatementSubmitted? Submitted { get; init; }

    /// <summary>The lines that add up to what was used.</summary>
    public IReadOnlyList<StatementLine> Lines => Content.UsedLines(Period.To.Year);

    /// <summary>The kinds of document that it stands for in a submission.</summary>
    public IReadOnlyList<string> StandsFor => Kind == StatementKind.Final ? ["accounts", "statement"] : ["statement"];

    /// <summary>Its content as JSON: the same content is always the same bytes.</summary>
    public byte[] Written() => JsonSerializer.SerializeToUtf8Bytes(new { Kind, Period, Content, Explanations }, Json.Options);

    internal static Grant Evolve(Grant it, GrantEvent happened, Recorded recorded) => happened switch
    {
        StatementPrepared e => it with
        {
            Statements = it.Statements.Add(new(e.Number, e.Kind, e.Period, e.Content, e.Explanations, e.Replaces, recorded.By, recorded.At,
                recorded.Sequence) { Sequence = recorded.Sequence })
        },
        StatementAttested e => With(it, e.Number,
            s => s with { AttestedBy = recorded.By, AttestedAt = recorded.At, Touched = recorded.Sequence }),
        StatementSubmitted e => With(it, e.Number, s => s with { Submitted = e, Touched = recorded.Sequence }),
        _ => throw new System.Diagnostics.UnreachableException($"No next state for {happened}.")
    };

    static Grant With(Grant it, int number, Func<Statement, Statement> change) =>
        it with { Statements = it.Statements.SetItem(number - 1, change(it.Statements[number - 1])) };

    /// <summary>The last attested word on each kind and period; what is but proposed beside final accounts that stand is none.</summary>
    public static IReadOnlyList<Statement> InForce(Grant it)
    {
        var words = it.Statements.FindAll(s => s.AttestedBy is not null && !s.IsProposal(it));
        return words.FindAll(s => !words.Exists(later => later.Number > s.Number && later.IsOf(s.Kind, s.Period)));
    }

    /// <summary>Whether it is drawn up after the final accounts that stand:
    /// a new version of them once it is submitted and accepted.</summary>
    public bool IsProposal(Grant it) => Kind == StatementKind.Final && it.FinalAccounts is { } standing && Sequence > standing.Sequence;

    /// <summary>The figures that would be others if it were drawn up now.</summary>
    /// <param name="costDays">On which costs are the agreement's.</param>
    public IEnumerable<Fault> Moved(Grant it, DateSpan costDays)
    {
        var now = StatementContent.Of(it, Period, costDays);
        foreach (var (figure, stated, then) in Content.Figures.Zip(now.Figures, (a, b) => (a.Figure, a.Amount, b.Amount)))
            if (stated != then)
                yield return new($"/statement/{JsonNamingPolicy.CamelCase.ConvertName($"{figure}")}", "figure-moved", ("figure", figure),
                    ("stated", stated), ("now", then));
        if (Kind == StatementKind.Final && RoundedBeside(it) is { IsZero: false } rounded)
            yield return new("/statement/rounding", "figure-moved",
                ("figure", StatementFigure.Rounding), ("stated", Content.Rounding), ("now", Content.Rounding + rounded));
        if (Kind == StatementKind.Final && Beside(it) is { IsZero: false } beside)
            yield return new("/statement/costsInAll", "figure-moved",
                ("figure", StatementFigure.CostsInAll), ("stated", Content.CostsInAll), ("now", Content.CostsInAll + beside));
        var categories = Content.ByCategory.Except(now.ByCategory).Concat(now.ByCategory.Except(Content.ByCategory)).Select(c => c.Category)
            .Distinct().ToList();
        if (categories.Count > 0)
            yield return new("/statement/usedByCategory", "categories-moved",
                ("categories", string.Join(", ", categories.Select(key => it.CategoryTitle(key) ?? key))));
    }

    // What has come since for days outside its period: it would stand in no final accounts, or count beside them.
    Kronor Beside(Grant it)
    {
        var hasCome = it.Ledger.Imports.Any(i => i.Touched > Sequence) || it.CostReports.Any(r => r.Touched > Sequence);
        var decided = it.Disallowances.Where(d => IsBeside(d.Decision.DecidedOn) && d.StoodAt(Sequence) != d.Withdrawn is null)
            .Sum(d => d.Withdrawn is null ? -d.Decision.Amount : d.Decision.Amount);
        return hasCome
            ? Cost.Of(it, new(Period.To.PlusDays(1), LocalDate.MaxIsoValue)).Sum(c => c.Amount)
            : AttestedBeside(it).Sum(a => a.CostEffect) + decided;
    }

    Kronor RoundedBeside(Grant it) => AttestedBeside(it).Where(a => a.Kind == AdjustmentKind.Rounding).Sum(a => a.Amount);

    IEnumerable<Adjustment> AttestedBeside(Grant it) => it.Attested.Where(a => a.Touched > Sequence && IsBeside(a.Period.To));

    bool IsBeside(LocalDate day) => day < Period.From || day > Period.To;

    /// <summary>What is drawn up in its place, attested or not; null when nothing is.</summary>
    public Statement? Newer(Grant it) => it.Statements.Find(s => s.Replaces == Number && s.Undone is null);

    /// <summary>The last attested one that corrects it; null while it is the last word.</summary>
    public Statement? Successor(Grant it) =>
        it.Statements.FindLast(later => later.Number > Number && later.AttestedBy is not null && later.IsOf(Kind, Period));

    /// <summary>What may be a slip in the costs that it has and those that it leaves out.</summary>
    public IEnumerable<Fault> Doubts(Grant it)
    {
        foreach (var doubt in Straddling(it, Period))
            yield return doubt;
        if (Period.To > StockholmTime.DateOf(PreparedAt))
            yield return new("/sure", "statement-period-not-ended", ("date", Period.To));
        if (Kind == StatementKind.Final && !it.CostsAreReported
            && it.Ledger.Sum(AccountKind.Cost, Period.To.PlusDays(1), LocalDate.MaxIsoValue) is { IsZero: false } later)
            yield return new("/sure", "statement-leaves-costs", ("amount", later), ("date", Period.To));
    }

    internal static IEnumerable<Fault> Straddling(Grant it, DateSpan period)
    {
        var straddling = it.Attested.Where(a => a.Straddles(period)).Select(a => a.Number).ToList();
        if (straddling.Count > 0)
            yield return new("/sure", "statement-accruals-straddle", ("numbers", string.Join(", ", straddling)), ("from", period.From),
                ("to", period.To));
    }

    // Final accounts are all of it: a new one corrects the last, on whatever day it ends.
    internal bool IsOf(StatementKind kind, DateSpan period) => Kind == kind && (kind == StatementKind.Final || Period == period);

    // The first day of what was paid or adjusted; of vouchers only the last day is known.
    internal static LocalDate? First(Grant it) => it.Payments.Where(p => p.Reversed is null).Select(p => p.PaidOn)
        .Concat(it.Attested.Select(a => a.Period.From)).Select(day => (LocalDate?)day).Min();

    // The last day on which anything was booked, reported, paid, adjusted or decided.
    internal static LocalDate? Last(Grant it) => it.Ledger.LastBookedOn.Concat(it.CostReports.Select(r => r.StandsOn))
        .Concat(it.Payments.Where(p => p.Reversed is null).Select(p => p.PaidOn)).Concat(it.Attested.Select(a => a.Period.To))
        .Concat(it.Disallowed.Select(d => d.Decision.DecidedOn))
        .Select(day => (LocalDate?)day).Max();
}
