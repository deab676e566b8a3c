using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using NodaTime;
using Period = MrAgreement.Agreements.Period;

namespace MrAgreement.Grants;

public enum StatementKind
{
    /// <summary>For a year, or another period of one's choice.</summary>
    Annual,

    /// <summary>The final accounts: all of it.</summary>
    Final
}

/// <summary>Draws up a statement (ekonomisk redovisning) of what the log says of a period.</summary>
/// <param name="Period">Null for the calendar year before today, or for a final one from the agreement's first day to the last on which anything was booked or paid.</param>
/// <param name="Explanations">Why costs deviate from the budget, where the terms ask for it.</param>
/// <param name="IsSure">If not, whoever draws it up is asked first about a period that may be a slip.</param>
public sealed record PrepareStatement(StatementKind Kind, Period? Period, IReadOnlyList<Explanation> Explanations, bool IsSure = true) : GrantCommand;

public sealed record AttestStatement(int Number) : GrantCommand;

/// <param name="Replaces">The statement of the same kind and period that it corrects; of final accounts those before, whatever their period.</param>
public sealed record StatementPrepared(
    int Number, StatementKind Kind, Period Period, StatementContent Content, IReadOnlyList<Explanation> Explanations, int? Replaces) : GrantEvent;

public sealed record StatementAttested(int Number) : GrantEvent;

/// <summary>The statement is what a submission holds; from here on nothing in it changes.</summary>
/// <param name="Content">SHA-256 of its content as JSON.</param>
public sealed record StatementSubmitted(int Number, string Obligation, int Submission, [property: Digest] Sha256 Content) : GrantEvent;

/// <param name="Category">The cost category that deviates.</param>
public sealed record Explanation(string Category, string Text);

/// <summary>A statement and what has become of it.</summary>
/// <param name="Number">From 1, within the agreement.</param>
public sealed record Statement(
    int Number, StatementKind Kind, Period Period, StatementContent Content, IReadOnlyList<Explanation> Explanations, int? Replaces, PersonId PreparedBy, Instant PreparedAt, long Touched)
{
    const int MostExplanations = 200;

    /// <summary>Place in the log where it was drawn up: what comes later is not in it.</summary>
    public long Sequence { get; init; }

    public PersonId? AttestedBy { get; init; }
    public Instant? AttestedAt { get; init; }

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
            Statements = it.Statements.Add(new(e.Number, e.Kind, e.Period, e.Content, e.Explanations, e.Replaces, recorded.By, recorded.At, recorded.Sequence) { Sequence = recorded.Sequence })
        },
        StatementAttested e => With(it, e.Number, s => s with { AttestedBy = recorded.By, AttestedAt = recorded.At, Touched = recorded.Sequence }),
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

    /// <summary>Whether it is drawn up after the final accounts that stand: a new version of them once it is submitted and accepted.</summary>
    public bool IsProposal(Grant it) => Kind == StatementKind.Final && it.FinalAccounts is { } standing && Sequence > standing.Sequence;

    /// <summary>The figures that would be others if it were drawn up now.</summary>
    public IEnumerable<Fault> Moved(Dossier dossier)
    {
        var (it, now) = (dossier.Grant, StatementContent.Of(dossier, Period));
        foreach (var (figure, stated, then) in Content.Figures.Zip(now.Figures, (a, b) => (a.Figure, a.Amount, b.Amount)))
            if (stated != then)
                yield return new($"/statement/{JsonNamingPolicy.CamelCase.ConvertName($"{figure}")}", "figure-moved", ("figure", figure), ("stated", stated), ("now", then));
        if (Kind == StatementKind.Final && Beside(it) is { IsZero: false } beside)
            yield return new("/statement/costsInAll", "figure-moved",
                ("figure", StatementFigure.CostsInAll), ("stated", Content.CostsInAll), ("now", Content.CostsInAll + beside));
        var categories = Content.ByCategory.Except(now.ByCategory).Concat(now.ByCategory.Except(Content.ByCategory)).Select(c => c.Category).Distinct().ToList();
        if (categories.Count > 0)
            yield return new("/statement/usedByCategory", "categories-moved", ("categories", string.Join(", ", categories.Select(key => it.CategoryTitle(key) ?? key))));
    }

    // What has come since for days outside its period: it would stand in no final accounts, or count beside them.
    Kronor Beside(Grant it)
    {
        var hasCome = it.Ledger.Imports.Any(i => i.Touched > Sequence) || it.CostReports.Any(r => r.Touched > Sequence);
        return hasCome
            ? Cost.Of(it, new(Period.To.PlusDays(1), LocalDate.MaxIsoValue)).Sum(c => c.Amount)
            : it.Attested.Where(a => a.Touched > Sequence && (a.Period.To < Period.From || a.Period.To > Period.To)).Sum(a => a.CostEffect);
    }

    /// <summary>The last attested one that corrects it; null while it is the last word.</summary>
    public Statement? Successor(Grant it) => it.Statements.FindLast(later => later.Number > Number && later.AttestedBy is not null && later.IsOf(Kind, Period));

    /// <summary>Another year of the same yearly obligation as which the period stands delivered; null when it is free for this one.</summary>
    public Obligation? DeliveredAs(Dossier dossier, Obligation wanted) => wanted.Year is null ? null : Yearly(dossier.Agreement, wanted).FirstOrDefault(o =>
        o.Key != wanted.Key && o.LastSubmission is { State: SubmissionState.Submitted or SubmissionState.Accepted, Statement: { } number } && dossier.Grant.Statements[number - 1].IsOf(Kind, Period));

    /// <summary>Whether it is what an obligation asks for: of a yearly one, the first that was to be met after the period's end.</summary>
    public bool Fits(Agreement agreement, Obligation wanted) =>
        wanted.Year is null || (Yearly(agreement, wanted).FirstOrDefault(o => o.FirstDueOn > Period.To) ?? Yearly(agreement, wanted).Last()).Key == wanted.Key;

    static IEnumerable<Obligation> Yearly(Agreement agreement, Obligation wanted) => agreement.Obligations.Values.Where(o => o.TermsKey == wanted.TermsKey).OrderBy(o => o.Year);

    /// <summary>What the same person has drawn up last, saying what would be said again.</summary>
    public static Statement? Same(Dossier dossier, PrepareStatement command, PersonId by, LocalDate today)
    {
        var period = command.Period ?? Usual(dossier, command.Kind, today);
        return dossier.Grant.Statements.FindLast(s => s.IsOf(command.Kind, period)) is { } last && last.Period == period && last.PreparedBy == by
            && last.Explanations.SequenceEqual(command.Explanations) && last.Content.Says(StatementContent.Of(dossier, period)) ? last : null;
    }

    internal static Decision Decide(Dossier dossier, PrepareStatement command, Occasion on)
    {
        var it = dossier.Grant;
        var period = command.Period ?? Usual(dossier, command.Kind, on.Today);
        var faults = DateRange.Faults(("/period/from", period.From), ("/period/to", period.To)).ToList();
        if (period.From > period.To)
            faults.Add(new("/period", "period-reversed", ("earliest", period.From)));
        if (command.Explanations.Count > MostExplanations)
            return Refused.Invalid(new Fault("/explanations", "too-many", ("max", MostExplanations)));
        for (var i = 0; i < command.Explanations.Count; i++)
        {
            if (command.Explanations.Take(i).Any(other => other.Category == command.Explanations[i].Category))
                faults.Add(new($"/explanations/{i}/category", "key-taken", ("key", command.Explanations[i].Category)));
            if (!it.KnowsCategory(command.Explanations[i].Category) && command.Explanations[i].Category != CategoryMap.Unassigned)
                faults.Add(new($"/explanations/{i}/category", "category-unknown", ("category", command.Explanations[i].Category)));
            if (command.Explanations[i].Text.Trim().Length is 0 or > 2000)
                faults.Add(new($"/explanations/{i}/text", "text-length", ("max", 2000)));
        }
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Same(dossier, command, on.By.Id, on.Today) is not null)
            return new Nothing();
        if (!command.IsSure && Doubts(dossier, command.Kind, period, on.Today).ToList() is { Count: > 0 } doubts)
            return Refused.Invalid(doubts);
        var replaced = it.Statements.FindLast(s => s.IsOf(command.Kind, period));
        return new StatementPrepared(it.Statements.Count + 1, command.Kind, period, StatementContent.Of(dossier, period), command.Explanations, replaced?.Number);
    }

    internal static Decision Decide(Dossier dossier, AttestStatement command, Occasion on)
    {
        var it = dossier.Grant;
        if (command.Number < 1 || command.Number > it.Statements.Count)
            return new Refused("no-such-statement", RefusalKind.NotFound, ("number", command.Number));
        var statement = it.Statements[command.Number - 1];
        if (statement.AttestedBy == on.By.Id)
            return new Nothing();
        if (statement.PreparedBy == on.By.Id)
            return new Refused("own-statement", RefusalKind.Forbidden);
        if (statement.AttestedBy is not null)
            return new Refused("already-attested", ("number", command.Number), ("status", "attested"));
        if (it.Statements.Find(s => s.Replaces == command.Number) is { } newer)
            return new Refused("statement-replaced", ("number", command.Number), ("by", newer.Number));
        var unexplained = Variance.Of(dossier, statement).Where(v => v.Explanation is null).Select(v => v.Category).ToList();
        return unexplained.Count > 0
            ? new Refused("variance-unexplained", ("number", command.Number), ("categories", string.Join(", ", unexplained)))
            : new StatementAttested(command.Number);
    }

    // A statement may begin with the calendar year in which the agreement does, and final accounts be drawn up before its last day.
    static IEnumerable<Fault> Doubts(Dossier dossier, StatementKind kind, Period period, LocalDate today)
    {
        var whole = dossier.Agreement.Terms.Period;
        if (period.From < new LocalDate(whole.From.Year, 1, 1) || period.To > new LocalDate(whole.To.Year, 12, 31))
            yield return new("/sure", "statement-beyond-agreement", ("from", whole.From), ("to", whole.To));
        if (period.To > today)
            yield return new("/sure", "statement-period-not-ended", ("date", period.To));
        if (kind == StatementKind.Final && Last(dossier.Grant) is { } last && (period.From > whole.From || period.To < last))
            yield return new("/sure", "statement-not-whole", ("from", whole.From), ("to", last));
        foreach (var doubt in Straddling(dossier.Grant, period))
            yield return doubt;
    }

    /// <summary>What may be a slip in the costs that it has and those that it leaves out.</summary>
    public IEnumerable<Fault> Doubts(Dossier dossier)
    {
        foreach (var doubt in Straddling(dossier.Grant, Period))
            yield return doubt;
        if (Kind == StatementKind.Final && !dossier.Grant.CostsAreReported
            && dossier.Grant.Ledger.Sum(AccountKind.Cost, Period.To.PlusDays(1), LocalDate.MaxIsoValue) is { IsZero: false } later)
            yield return new("/sure", "statement-leaves-costs", ("amount", later), ("date", Period.To));
    }

    static IEnumerable<Fault> Straddling(Grant it, Period period)
    {
        var straddling = it.Attested.Where(a => a.Straddles(period)).Select(a => a.Number).ToList();
        if (straddling.Count > 0)
            yield return new("/sure", "statement-accruals-straddle", ("numbers", string.Join(", ", straddling)), ("from", period.From), ("to", period.To));
    }

    // Final accounts are all of it: a new one corrects the last, on whatever day it ends.
    bool IsOf(StatementKind kind, Period period) => Kind == kind && (kind == StatementKind.Final || Period == period);

    /// <summary>The period that is meant when none is given.</summary>
    public static Period Usual(Dossier dossier, StatementKind kind, LocalDate today)
    {
        var whole = dossier.Agreement.Terms.Period;
        return kind == StatementKind.Final
            ? new(LocalDate.Min(whole.From, today), LocalDate.Min(Last(dossier.Grant) ?? today, today))
            : new(new(today.Year - 1, 1, 1), new(today.Year - 1, 12, 31));
    }

    // The last day on which anything was booked, reported, paid or adjusted.
    static LocalDate? Last(Grant it) => it.Ledger.LastBookedOn.Concat(it.CostReports.Select(r => r.StandsOn))
        .Concat(it.Payments.Where(p => p.Reversed is null).Select(p => p.PaidOn)).Concat(it.Attested.Select(a => a.Period.To)).Select(day => (LocalDate?)day).Max();
}
