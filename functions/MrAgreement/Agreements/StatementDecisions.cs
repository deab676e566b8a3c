using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on statements: drawn up of what the log says, attested by a colleague.</summary>
public static class StatementDecisions
{
    internal static Decision Decide(Dossier dossier, PrepareStatement command, Occasion on)
    {
        var it = dossier.Grant;
        var period = command.Period ?? Usual(dossier, command.Kind, on.Today);
        var faults = DateRange.Faults(("/period/from", period.From), ("/period/to", period.To)).ToList();
        if (period.From > period.To)
            faults.Add(new("/period", "period-reversed", ("earliest", period.From)));
        if (command.Explanations.Count > Statement.MostExplanations)
            return Refused.Invalid(new Fault("/explanations", "too-many", ("max", Statement.MostExplanations)));
        for (var i = 0; i < command.Explanations.Count; i++)
        {
            if (command.Explanations.Take(i).Any(other => other.Category == command.Explanations[i].Category))
                faults.Add(new($"/explanations/{i}/category", "key-taken", ("key", command.Explanations[i].Category)));
            if (!it.KnowsCategory(command.Explanations[i].Category) && command.Explanations[i].Category != CategoryMap.Unassigned)
                faults.Add(new($"/explanations/{i}/category", "category-unknown", ("category", command.Explanations[i].Category)));
            faults.AddText($"/explanations/{i}/text", command.Explanations[i].Text, 2000);
        }
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (Same(dossier, command, on.By.Id, on.Today) is not null)
            return new Nothing();
        if (!command.IsSure && Doubts(dossier, command.Kind, period, on.Today).ToList() is { Count: > 0 } doubts)
            return Refused.Invalid(doubts);
        var replaced = it.Statements.FindLast(s => s.Undone is null && s.IsOf(command.Kind, period));
        return new StatementPrepared(it.Statements.Count + 1, command.Kind, period,
            StatementContent.Of(dossier.Grant, period, dossier.CostDays), command.Explanations, replaced?.Number);
    }

    /// <summary>What stands against an act on statements, or on one of them, as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier dossier, Act act, Subject of, Occasion on) => act == Act.PrepareStatement
        ? null
        : dossier.Grant.Statements.Find(of.Number) switch
        {
            null => new("no-such-statement", RefusalKind.NotFound, ("number", of.Number)),
            { Undone: not null } => Preparations.Gone(PreparedKind.Statement, of.Number),
            { PreparedBy: var by } when by == on.By.Id => new("own-statement", RefusalKind.Forbidden),
            { AttestedBy: not null } => new("already-attested", ("number", of.Number), ("status", "attested")),
            { } it when it.Newer(dossier.Grant) is { } newer =>
                new("statement-replaced", ("number", of.Number), ("by", newer.Number)),
            { } statement => Variance.Of(dossier, statement).Where(v => v.Explanation is null).Select(v => v.Category).ToList()
                is { Count: > 0 } unexplained
                ? new("variance-unexplained", ("number", of.Number), ("categories", string.Join(", ", unexplained)))
                : null
        };

    internal static Decision Decide(Dossier dossier, AttestStatement command, Occasion on) =>
        dossier.Grant.Statements.Find(command.Number)?.AttestedBy == on.By.Id
            ? new Nothing()
            : Against(dossier, command.Act, command.Subject, on) ?? (Decision)new StatementAttested(command.Number);

    // A statement may begin with the calendar year in which the agreement does, and final accounts be drawn up before its last day.
    static IEnumerable<Fault> Doubts(Dossier dossier, StatementKind kind, DateSpan period, LocalDate today)
    {
        var whole = dossier.Agreement.Terms.Period;
        if (period.From < new LocalDate(whole.From.Year, 1, 1) || period.To > new LocalDate(whole.To.Year, 12, 31))
            yield return new("/sure", "statement-beyond-agreement", ("from", whole.From), ("to", whole.To));
        if (period.To > today)
            yield return new("/sure", "statement-period-not-ended", ("date", period.To));
        if (kind == StatementKind.Final && Statement.Last(dossier.Grant) is { } last
            && (period.From > FirstOf(dossier) || period.To < last))
            yield return new("/sure", "statement-not-whole", ("from", FirstOf(dossier)), ("to", last));
        foreach (var doubt in Statement.Straddling(dossier.Grant, period))
            yield return doubt;
    }

    /// <summary>What the same person has drawn up last, saying what would be said again.</summary>
    public static Statement? Same(Dossier dossier, PrepareStatement command, PersonId by, LocalDate today)
    {
        var period = command.Period ?? Usual(dossier, command.Kind, today);
        return dossier.Grant.Statements.FindLast(s => s.Undone is null && s.IsOf(command.Kind, period)) is { } last && last.Period == period
            && last.PreparedBy == by
            && last.Explanations.SequenceEqual(command.Explanations)
            && last.Content.Says(StatementContent.Of(dossier.Grant, period, dossier.CostDays)) ? last : null;
    }

    /// <summary>The period that is meant when none is given.</summary>
    public static DateSpan Usual(Dossier dossier, StatementKind kind, LocalDate today)
    {
        var whole = dossier.Agreement.Terms.Period;
        if (kind == StatementKind.Final)
        {
            // What is there may all lie before the agreement's first day, or end before its last one.
            var from = LocalDate.Min(FirstOf(dossier), today);
            var end = dossier.Agreement.Terminated?.On ?? whole.To;
            LocalDate?[] days = [Statement.Last(dossier.Grant), end < today ? end : null];
            return new(from, LocalDate.Max(from, LocalDate.Min(days.Max() ?? today, today)));
        }
        return Year(today.Year - 1) is var last && last.To < whole.From ? Year(whole.From.Year) : last;

        static DateSpan Year(int year) => new(new(year, 1, 1), new(year, 12, 31));
    }

    // Money may have come before the agreement's first day.
    static LocalDate FirstOf(Dossier it) => it.Agreement.Terms.Period.From is var begun && Statement.First(it.Grant) is { } first
        ? LocalDate.Min(begun, first) : it.Agreement.Terms.Period.From;

    /// <summary>What an obligation asks for: the kind, and the year before the one in which it is to be met.</summary>
    public static (StatementKind Kind, DateSpan Period) Asked(Dossier dossier, Obligation by, LocalDate today)
    {
        var kind = dossier.Agreement.PurposeOf(by) == Purpose.FinalAccounts ? StatementKind.Final : StatementKind.Annual;
        return kind == StatementKind.Final || (by.FirstDueOn ?? by.DueOn) is not { } due ? (kind, Usual(dossier, kind, today))
            : (kind, Usual(dossier, kind, due));
    }

    /// <summary>Another year of the same yearly obligation as which the
    /// period stands delivered; null when it is free for this one.</summary>
    public static Obligation? DeliveredAs(this Statement it, Dossier dossier, Obligation wanted) =>
        wanted.Year is null ? null : Yearly(dossier.Agreement, wanted).FirstOrDefault(o =>
        o.Key != wanted.Key && o.LastSubmission is { Stands: true, Statement: { } number }
            && dossier.Grant.Statements[number - 1].IsOf(it.Kind, it.Period));

    /// <summary>Whether it was submitted, and neither taken back nor returned.</summary>
    public static bool Stands(this Statement it, Dossier dossier) =>
        it.State(dossier) is SubmissionState.Submitted or SubmissionState.Accepted;

    /// <summary>What has become of the last submission that held it; null when none did.</summary>
    public static SubmissionState? State(this Statement it, Dossier dossier) => it.Submitted is { } sent
        ? dossier.Agreement.Obligations.GetValueOrDefault(sent.Obligation)?.Submissions[sent.Submission - 1].State
        : null;

    /// <summary>Whether it is what an obligation asks for: of a yearly one, the first that was to be met after the period's end; the final
    /// one is of no year.</summary>
    public static bool Fits(this Statement it, Agreement agreement, Obligation wanted) =>
        wanted.Year is null || it.Kind == StatementKind.Annual
            && (Yearly(agreement, wanted).FirstOrDefault(o => o.FirstDueOn > it.Period.To) ?? Yearly(agreement, wanted).Last()).Key
                == wanted.Key;

    static IEnumerable<Obligation> Yearly(Agreement agreement, Obligation wanted) =>
        agreement.Obligations.Values.Where(o => o.TermsKey == wanted.TermsKey).OrderBy(o => o.Year);
}
