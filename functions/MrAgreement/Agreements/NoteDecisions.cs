using MrAgreement.Calendars;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on what a party writes for its own eyes.</summary>
static class NoteDecisions
{
    /// <summary>What stands against writing a note or a comment as things are; null for nothing.</summary>
    public static Refused? Against(Obligation it, Act act, Subject of, Occasion on) =>
        act == Act.WriteInternalNote ? null : SubmissionDecisions.AgainstReviewer(it, of.Number, on);

    public static Decision Decide(Obligation it, WriteInternalNote command, Occasion on)
    {
        if (command.Submission is { } number && it.Submission(number) is null)
            return SubmissionDecisions.NoSuch(number);
        if (Refused.Text("/text", command.Text, 4000) is { } wrong)
            return wrong;
        // A slow answer makes people press again.
        return it.Notes.FindLast(n => n.By == on.By.Id) is { } last && (last.Submission, last.Text) == (command.Submission, command.Text)
            ? new Nothing()
            : new InternalNoteWritten(it.Key, command.Submission, command.Text, on.By.Party);
    }

    public static Decision Decide(Obligation it, RecordMinistryComment command, Occasion on)
    {
        if (Against(it, command.Act, command.Subject, on) is { } refused)
            return refused;
        var faults = new List<Fault>();
        faults.AddText("/ministry", command.Ministry, 200);
        faults.AddText("/text", command.Text, 4000);
        faults.AddRange(DateRange.FaultsOfPast("/receivedOn", command.ReceivedOn, on.Today));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        return it.MinistryComments.Exists(c => (c.Submission, c.Ministry, c.Text, c.ReceivedOn, c.By) == (command.Submission,
            command.Ministry, command.Text, command.ReceivedOn, on.By.Id))
            ? new Nothing()
            : new MinistryCommentRecorded(it.Key, command.Submission, command.Ministry, command.Text, command.ReceivedOn, on.By.Party);
    }
}
