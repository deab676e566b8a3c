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
        if (command.Text.Trim().Length is 0 or > 4000)
            return Refused.Invalid(new Fault("/text", "text-length", ("max", 4000)));
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
        if (command.Ministry.Trim().Length is 0 or > 200)
            faults.Add(new("/ministry", "text-length", ("max", 200)));
        if (command.Text.Trim().Length is 0 or > 4000)
            faults.Add(new("/text", "text-length", ("max", 4000)));
        faults.AddRange(DateRange.Faults(("/receivedOn", command.ReceivedOn)));
        if (command.ReceivedOn > on.Today)
            faults.Add(new("/receivedOn", "date-in-future", ("date", command.ReceivedOn)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        return it.MinistryComments.Exists(c => (c.Submission, c.Ministry, c.Text, c.ReceivedOn, c.By) == (command.Submission,
            command.Ministry, command.Text, command.ReceivedOn, on.By.Id))
            ? new Nothing()
            : new MinistryCommentRecorded(it.Key, command.Submission, command.Ministry, command.Text, command.ReceivedOn, on.By.Party);
    }
}
