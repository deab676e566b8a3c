using MrAgreement.Calendars;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using NodaTime;

namespace MrAgreement.Agreements;

/// <summary>Decisions on what is delivered: numbered versions, each accepted, returned or withdrawn once.</summary>
public static class SubmissionDecisions
{
    public static Decision Decide(Dossier dossier, Obligation it, Submit command, Occasion on)
    {
        if (Standing(it, on) is { } denied)
            return denied;
        var faults = TextFaults(command.Summary, command.CoverLetter);
        var (documents, refused) = dossier.Documents.Own(command.Documents, on.By.Party);
        if (refused is not null)
            return refused;
        var statement = command.Statement is { } wanted ? dossier.Grant.Statements.ElementAtOrDefault(wanted - 1) : null;
        if (command.Statement is not null && Unfit(dossier.Grant, statement, command.Statement.Value) is { } unfit)
            return unfit;
        if (statement?.DeliveredAs(dossier, it) is { } delivered)
            return new Refused("statement-delivered", ("number", statement.Number), ("obligation", delivered.Title));
        var kinds = documents.Select(d => dossier.Documents[d.Document]!.Kind).Concat(statement?.StandsFor ?? []).ToHashSet();
        var missing = it.Documents.Where(kind => !kinds.Contains(kind)).ToList();
        if (missing.Count > 0 && faults.Count == 0)
            return new Refused("documents-missing", RefusalKind.Invalid,
                ("kinds", string.Join(", ", missing))) { Faults = Missing(missing) };
        if (faults.Count > 0)
            return Refused.Invalid([.. faults, .. Missing(missing)]);
        // The same once more is no new version, whatever became of it.
        var content = new SubmissionContent(command.Summary, SubmissionContent.Letter(command.CoverLetter), documents, command.Statement);
        if (it.Submissions.FindLast(earlier => earlier.Content.SaysSame(content)) is { } same)
            return new Refused("submission-unchanged", ("number", same.Number));
        if (it.LastSubmission is { State: SubmissionState.Submitted } pending)
            return new Refused("submission-undecided", ("number", pending.Number));
        if (it.IsSettled && !Reopens(dossier, it, statement))
            return new Refused("obligation-settled", ("obligation", it.Title));
        if (Unsettled(dossier, it) is { } unsettled)
            return unsettled;
        if (statement?.Moved(dossier.Grant, dossier.CostDays).ToList() is { Count: > 0 } moved)
            return new Refused("statement-moved", ("number", statement.Number)) { Faults = moved };
        if (DraftDecisions.Unsigned(dossier.Agreement.Party(on.By.Party)!, it, content) is { } unsigned)
            return unsigned;
        var made = new SubmissionMade(it.Key, it.Submissions.Count + 1, command.Summary, documents, on.By.Party, command.Statement,
            content.CoverLetter);
        return statement is null ? made
            : new Accepted([made, new StatementSubmitted(statement.Number, it.Key, made.Number, Sha256.Of(statement.Written()))]);
    }

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

    public static IReadOnlyList<Fault> TextFaults(string summary, string? coverLetter, bool mayBeEmpty = false)
    {
        var faults = new List<Fault>();
        if (summary.Length > 4000 || !mayBeEmpty && string.IsNullOrWhiteSpace(summary))
            faults.Add(new("/summary", "text-length", ("max", 4000)));
        if (coverLetter is { Length: > 4000 })
            faults.Add(new("/coverLetter", "text-length", ("max", 4000)));
        return faults;
    }

    // Only what a colleague has attested, and nobody has corrected since, leaves the house.
    static Refused? Unfit(Grant it, Statement? statement, int number) => statement switch
    {
        null => new("no-such-statement", RefusalKind.Invalid,
            ("number", number)) { Faults = [new("/statement", "no-such-statement", ("number", number))] },
        { AttestedBy: null } => new("statement-not-attested", ("number", number)),
        _ => statement.Successor(it) is { } newer ? new("statement-replaced", ("number", number), ("by", newer.Number)) : null
    };

    public static Decision Decide(Dossier dossier, Obligation it, AcceptSubmission command, Occasion on) =>
        Review(it, command.Number, on, SubmissionState.Accepted, command.Comment, null)
        ?? Unsettled(dossier, it)
        ?? (command.Comment is { Length: > 4000 }
        ? Refused.Invalid(new Fault("/comment", "text-length", ("max", 4000)))
        : new SubmissionAccepted(it.Key, command.Number, command.Comment));

    public static Decision Decide(Obligation it, ReturnSubmission command, Occasion on)
    {
        if (Review(it, command.Number, on, SubmissionState.Returned, command.Reason, command.CompleteBy) is { } answer)
            return answer;
        var faults = DateRange.Faults(("/completeBy", command.CompleteBy)).ToList();
        if (command.Reason.Trim().Length is 0 or > 4000)
            faults.Insert(0, new("/reason", "text-length", ("max", 4000)));
        if (command.CompleteBy < on.Today && faults.All(fault => fault.Pointer != "/completeBy"))
            faults.Add(new("/completeBy", "date-in-past", ("date", command.CompleteBy)));
        return faults.Count == 0 ? new SubmissionReturned(it.Key, command.Number, command.Reason, command.CompleteBy)
            : Refused.Invalid(faults);
    }

    public static Decision Decide(Obligation it, WithdrawSubmission command, Occasion on)
    {
        if (it.Submission(command.Number) is not { } submission)
            return NoSuch(command.Number);
        if (submission.Party != on.By.Party)
            return new Refused("not-responsible", RefusalKind.Forbidden, ("obligation", it.Title));
        if (on.By.Role == Role.Finance && !it.Financial)
            return new Refused("not-financial", RefusalKind.Forbidden, ("obligation", it.Title));
        if (submission is { State: SubmissionState.Withdrawn, Decision: { By: var by, Text: var text } } && by == on.By.Id
            && text == command.Reason)
            return new Nothing();
        if (submission.State != SubmissionState.Submitted)
            return new Refused("submission-decided", ("number", command.Number));
        return command.Reason.Trim().Length is 0 or > 4000
            ? Refused.Invalid(new Fault("/reason", "text-length", ("max", 4000)))
            : new SubmissionWithdrawn(it.Key, command.Number, command.Reason);
    }

    // A grant that is shared is not accounted for while somebody has reported more than it may spend.
    static Decision? Unsettled(Dossier dossier, Obligation it) =>
        dossier.Agreement.IsFinalAccounts(it) ? ReportLimits.Unsettled(dossier.Grant) : null;

    // What stands against reviewing it, or null. Nobody reviews what is their own, and only the party it is owed to does.
    static Decision? Review(Obligation it, int number, Occasion on, SubmissionState wished, string? text, LocalDate? completeBy)
    {
        if (it.Submission(number) is not { } submission)
            return NoSuch(number);
        if (submission.Party == on.By.Party)
            return new Refused("own-submission", RefusalKind.Forbidden);
        if (it.Recipient != on.By.Party)
            return new Refused("not-the-recipient", RefusalKind.Forbidden, ("obligation", it.Title));
        if (submission.State == wished && submission.Decision is { } decided
            && (decided.By, decided.Text, decided.CompleteBy) == (on.By.Id, text, completeBy))
            return new Nothing();
        if (!it.Acceptance)
            return new Refused("acceptance-not-in-terms", ("obligation", it.Title));
        return submission.State == SubmissionState.Submitted ? null : new Refused("submission-decided", ("number", number));
    }

    public static Refused NoSuch(int number) => new("no-such-submission", RefusalKind.NotFound, ("number", number));
}
