using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Decisions on what is delivered: numbered versions, each accepted, returned or withdrawn once.</summary>
public static class SubmissionDecisions
{
    const int LongestWhere = 300;

    /// <summary>What stands against an act on what is delivered, or on one of its versions, as things are; null for nothing.</summary>
    public static Refused? Against(Dossier dossier, Obligation it, Act act, Subject of, Occasion on) => act switch
    {
        Act.Submit => Standing(it, on) ?? Pending(it)
            ?? Settled(dossier, it, statement => Unfit(dossier, it, statement, statement.Number) ?? Moved(dossier, statement))
            ?? Unsettled(dossier, it)
            ?? DraftDecisions.AgainstUnsigned(dossier, dossier.Agreement.Party(on.By.Party)!, it),
        Act.WithdrawSubmission => AgainstWithdrawing(it, of.Number, on),
        Act.AcceptSubmission => AgainstReview(it, of.Number, on) ?? Unsettled(dossier, it),
        Act.ReturnSubmission => AgainstReview(it, of.Number, on),
        Act.NoteSubmission => AgainstNoting(it, of.Number, on),
        _ => throw new UnreachableException($"No rule for {act}.")
    };

    public static Decision Decide(Dossier dossier, Obligation it, Submit command, Occasion on)
    {
        if (Standing(it, on) is { } denied)
            return denied;
        var against = Against(dossier, it, command.Act, command.Subject, on);
        var faults = TextFaults(command.Summary, command.CoverLetter);
        var contents = Held(it, command.Contents ?? [], faults);
        var (documents, refused) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (refused is not null)
            return refused;
        var statement = command.Statement is { } wanted ? dossier.Grant.Statements.Find(wanted) : null;
        if (command.Statement is not null && Unfit(dossier, it, statement, command.Statement.Value) is { } unfit)
            return against is null ? unfit.NotSo() : unfit;
        if (command.Plan is { } version && UnfitPlan(dossier, it, version, on) is { } unfitPlan)
            return against is null ? unfitPlan : unfitPlan with { Kind = against.Kind };
        var kinds = documents.Select(d => dossier.Documents[d.Document]!.Kind).Concat(statement?.StandsFor ?? [])
            .Concat(command.Plan is null ? [] : ["plan"]).ToHashSet();
        var missing = Demanded(dossier, it, statement).Where(kind => !kinds.Contains(kind)).ToList();
        if (missing.Count > 0 && faults.Count == 0)
            return new Refused("documents-missing", RefusalKind.Invalid,
                ("kinds", string.Join(", ", missing))) { Faults = Missing(missing) };
        if (faults.Count > 0)
            return Refused.Invalid([.. faults, .. Missing(missing)]);
        // The same once more is no new version, whatever became of it.
        var content = new SubmissionContent(command.Summary, SubmissionContent.Letter(command.CoverLetter), documents, command.Statement,
            command.Plan, contents);
        if (it.Submissions.FindLast(earlier => earlier.Content.SaysSame(content)) is { } same)
            return new Refused("submission-unchanged", against?.Kind ?? RefusalKind.NotSo, ("number", same.Number));
        if (against is not null)
            return against;
        if (it.IsSettled && !Reopens(dossier, it, statement))
            return IsSettled(it).NotSo();
        if (statement is not null && Moved(dossier, statement) is { } moved)
            return moved.NotSo();
        if (DraftDecisions.Unsigned(dossier.Agreement.Party(on.By.Party)!, it, content) is { } unsigned)
            return unsigned.NotSo();
        if (!command.IsSure && command.Plan is null && LeftOut(dossier, it, on.By.Party) is { } left)
            return Refused.Invalid(new Fault("/sure", "plan-version-not-chosen", ("number", left.Number)));
        var made = new SubmissionMade(it.Key, it.Submissions.Count + 1, command.Summary, documents, on.By.Party, command.Statement,
            content.CoverLetter, content.Plan, contents.Count > 0 ? contents : null);
        return statement is null ? made
            : new Accepted([made, new StatementSubmitted(statement.Number, it.Key, made.Number, Sha256.Of(statement.Written()))]);
    }

    /// <summary>The kinds of document that a submission must hold: those of its terms, and an auditor's certificate (revisorsintyg) where
    /// it tells of costs beyond the amount that the terms set.</summary>
    public static IReadOnlyList<string> Demanded(Dossier dossier, Obligation it, Statement? statement)
    {
        var costs = statement?.Content.Costs ?? (dossier.Agreement.IsFinalAccounts(it) ? dossier.Grant.OpenCosts : (Kronor?)null);
        return dossier.Grant.Terms?.AuditAbove is { } above && costs > above && !it.Documents.Contains(DocumentKind.AuditCertificate)
            ? [.. it.Documents, DocumentKind.AuditCertificate]
            : it.Documents;
    }

    // One version at a time, and none of what is settled but of final accounts that a new statement opens.
    static Refused? Pending(Obligation it) => it.LastSubmission is { State: SubmissionState.Submitted } pending
        ? new("submission-undecided", ("number", pending.Number))
        : null;

    internal static Refused? Settled(Dossier dossier, Obligation it, Func<Statement, Refused?> against)
    {
        if (!it.IsSettled)
            return null;
        Refused? refused = IsSettled(it);
        foreach (var statement in dossier.Grant.Statements.Where(statement => Reopens(dossier, it, statement)))
        {
            refused = against(statement);
            if (refused is null)
                break;
        }
        return refused;
    }

    internal static Refused IsSettled(Obligation it) => new("obligation-settled", ("obligation", it.Title));

    /// <summary>Whether a statement opens final accounts that were accepted: drawn up
    /// after them, it is a new version, which counts once it is accepted too.</summary>
    public static bool Reopens(Dossier dossier, Obligation it, Statement? statement) =>
        it is { Waived: null, Acceptance: true } && dossier.Agreement.IsFinalAccounts(it) && statement?.IsProposal(dossier.Grant) == true;

    static IReadOnlyList<Fault> Missing(IEnumerable<string> kinds) =>
        [.. kinds.Select(kind => new Fault("/documents", "document-kind-missing", ("kind", kind)))];

    /// <summary>What stands against this person delivering it at all, or null.</summary>
    public static Refused? Standing(Obligation it, Occasion on)
    {
        if (it.Kind != ObligationKind.Deliverable)
            return new("not-a-deliverable", ("obligation", it.Title));
        if (!it.Responsible.Contains(on.By.Party))
            return new("not-responsible", RefusalKind.Forbidden, ("obligation", it.Title));
        return on.By.Role == Role.Finance && !it.Financial ? new("not-financial", RefusalKind.Forbidden, ("obligation", it.Title)) : null;
    }

    /// <summary>What is said of the items of the clause, in its order.</summary>
    internal static IReadOnlyList<HeldContent> Held(Obligation it, IReadOnlyList<HeldContent> said, List<Fault> faults)
    {
        foreach (var (i, held) in said.Index())
        {
            if (!it.Contents.Any(item => item.Key == held.Key))
                faults.Add(new($"/contents/{i}/key", "unknown-content", ("key", held.Key)));
            else if (said.Take(i).Any(other => other.Key == held.Key))
                faults.Add(new($"/contents/{i}/key", "content-twice", ("key", held.Key)));
            faults.AddOptionalText($"/contents/{i}/where", held.Where, LongestWhere);
        }
        return [.. from item in it.Contents
                   from held in said
                   where held.Key == item.Key && !string.IsNullOrWhiteSpace(held.Where)
                   select held with { Where = held.Where.Trim() }];
    }

    internal static List<Fault> TextFaults(string summary, string? coverLetter, bool mayBeEmpty = false)
    {
        var faults = new List<Fault>();
        if (mayBeEmpty)
            faults.AddOptionalText("/summary", summary, 4000);
        else
            faults.AddText("/summary", summary, 4000);
        faults.AddOptionalText("/coverLetter", coverLetter, 4000);
        return faults;
    }

    /// <summary>The newest version of the plan that a party has made and nobody has been handed: what comes in as a file alone is not known
    /// to be it, and no version counts by it. Null where there is none, or the obligation is not the plan's.</summary>
    public static PlanVersion? LeftOut(Dossier dossier, Obligation it, string party) =>
        dossier.Agreement.PurposeOf(it) == Purpose.Plan && new Plans(dossier) is var plans
            ? dossier.Grounds.Plans.FindLast(version => version.Party == party
                && plans.StatusOf(version) is PlanStatus.Made or PlanStatus.Returned)
            : null;

    // What was made of it is handed over once, as the plan or as its revision.
    internal static Refused? UnfitPlan(Dossier dossier, Obligation it, int number, Occasion on) =>
        dossier.Grounds.Plan(number) is not { } plan || plan.Party != on.By.Party
            ? Refused.Invalid(new Fault("/plan", "no-such-plan-version", ("number", number)))
        : dossier.Agreement.PurposeOf(it) != Purpose.Plan ? Refused.Invalid(new Fault("/plan", "not-the-plan", ("obligation", it.Title)))
        : new Plans(dossier).StatusOf(plan) is PlanStatus.Submitted or PlanStatus.Current or PlanStatus.Replaced
            ? new("version-submitted", RefusalKind.NotSo, ("number", number)) : null;

    // Only what a colleague has attested, and nobody has corrected since, leaves the house.
    static Refused? Unfit(Dossier dossier, Obligation it, Statement? statement, int number) => statement switch
    {
        null => new("no-such-statement", RefusalKind.Invalid,
            ("number", number)) { Faults = [new("/statement", "no-such-statement", ("number", number))] },
        { AttestedBy: null } => new("statement-not-attested", ("number", number)),
        _ when statement.Successor(dossier.Grant) is { } newer => new("statement-replaced", ("number", number), ("by", newer.Number)),
        _ => statement.DeliveredAs(dossier, it) is { } delivered
            ? new("statement-delivered", ("number", number), ("obligation", delivered.Title))
            : null
    };

    static Refused? Moved(Dossier dossier, Statement it) => it.Moved(dossier.Grant, dossier.CostDays).ToList() is { Count: > 0 } moved
        ? new("statement-moved", ("number", it.Number)) { Faults = moved }
        : null;

    public static Decision Decide(Dossier dossier, Obligation it, AcceptSubmission command, Occasion on)
    {
        if (IsReviewed(it, command.Number, on, SubmissionState.Accepted, command.Comment, null))
            return new Nothing();
        return Against(dossier, it, command.Act, command.Subject, on) ?? Refused.OptionalText("/comment", command.Comment, 4000)
            ?? (Decision)new SubmissionAccepted(it.Key, command.Number, command.Comment);
    }

    public static Decision Decide(Dossier dossier, Obligation it, ReturnSubmission command, Occasion on)
    {
        if (IsReviewed(it, command.Number, on, SubmissionState.Returned, command.Reason, command.CompleteBy))
            return new Nothing();
        if (Against(dossier, it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        faults.AddText("/reason", command.Reason, 4000);
        faults.AddRange(DateRange.Faults(("/completeBy", command.CompleteBy)));
        if (command.CompleteBy < on.Today && faults.All(fault => fault.Pointer != "/completeBy"))
            faults.Add(new("/completeBy", "date-in-past", ("date", command.CompleteBy)));
        return faults.Count == 0 ? new SubmissionReturned(it.Key, command.Number, command.Reason, command.CompleteBy)
            : Refused.Invalid(faults);
    }

    public static Decision Decide(Dossier dossier, Obligation it, NoteSubmission command, Occasion on) =>
        it.Submission(command.Number)?.Noted?.By == on.By.Id ? new Nothing()
        : Against(dossier, it, command.Act, command.Subject, on) ?? (Decision)new SubmissionNoted(it.Key, command.Number);

    public static Decision Decide(Dossier dossier, Obligation it, WithdrawSubmission command, Occasion on)
    {
        if (it.Submission(command.Number) is { State: SubmissionState.Withdrawn, Decision: { By: var by, Text: var text } }
            && (by, text) == (on.By.Id, command.Reason))
            return new Nothing();
        return Against(dossier, it, command.Act, command.Subject, on) ?? Refused.Text("/reason", command.Reason, 4000)
            ?? (Decision)new SubmissionWithdrawn(it.Key, command.Number, command.Reason);
    }

    static Refused? AgainstWithdrawing(Obligation it, int number, Occasion on)
    {
        if (it.Submission(number) is not { } submission)
            return NoSuch(number);
        if (submission.Party != on.By.Party)
            return new("not-responsible", RefusalKind.Forbidden, ("obligation", it.Title));
        if (on.By.Role == Role.Finance && !it.Financial)
            return new("not-financial", RefusalKind.Forbidden, ("obligation", it.Title));
        return submission.State == SubmissionState.Submitted ? null : new("submission-decided", ("number", number));
    }

    // A grant that is shared is not accounted for while somebody has reported more than it may spend.
    static Refused? Unsettled(Dossier dossier, Obligation it) =>
        dossier.Agreement.IsFinalAccounts(it) ? ReportLimits.Unsettled(dossier.Grant) : null;

    /// <summary>What stands against somebody reviewing a version: it is their own, or is owed to another party.</summary>
    internal static Refused? AgainstReviewer(Obligation it, int number, Occasion on) => it.Submission(number) switch
    {
        null => NoSuch(number),
        { Party: var party } when party == on.By.Party => new("own-submission", RefusalKind.Forbidden),
        { By: var by } when by == on.By.Id => FourEyes.Refusal,
        _ => it.Recipient == on.By.Party ? null : new("not-the-recipient", RefusalKind.Forbidden, ("obligation", it.Title))
    };

    static Refused? AgainstReview(Obligation it, int number, Occasion on) => AgainstReviewer(it, number, on)
        ?? (!it.Acceptance ? new("acceptance-not-in-terms", ("obligation", it.Title))
        : it.Submission(number)!.State == SubmissionState.Submitted ? null : new("submission-decided", ("number", number)));

    // Reading is all that is left to do with what settles the obligation when it comes in.
    static Refused? AgainstNoting(Obligation it, int number, Occasion on) => AgainstReviewer(it, number, on)
        ?? (it.Acceptance ? new("submission-is-reviewed", ("obligation", it.Title))
        : it.Submission(number)!.Noted is null ? null : new("submission-noted", ("number", number)));

    static bool IsReviewed(Obligation it, int number, Occasion on, SubmissionState wished, string? text, LocalDate? completeBy) =>
        AgainstReviewer(it, number, on) is null && it.Submission(number) is { Decision: { } decided } submission
        && (submission.State, decided.By, decided.Text, decided.CompleteBy) == (wished, on.By.Id, text, completeBy);

    public static Refused NoSuch(int number) => new("no-such-submission", RefusalKind.NotFound, ("number", number));
}
