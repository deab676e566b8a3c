using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>Writes an internal note (tjänsteanteckning) that the other parties never see.</summary>
/// <param name="Submission">Number of the submission that it is about; null for the obligation as a whole.</param>
public sealed record WriteInternalNote(string Obligation, int? Submission, string Text)
    : ObligationCommand(Act.WriteInternalNote, Obligation);

/// <summary>Notes what another ministry says of a submission (gemensam beredning).</summary>
/// <param name="ReceivedOn">Today or earlier.</param>
public sealed record RecordMinistryComment(string Obligation, int Submission, string Ministry, string Text, LocalDate ReceivedOn)
    : ObligationCommand(Act.RecordMinistryComment, Obligation)
{
    public override Subject Subject => new(Obligation, Submission);
}

public sealed record InternalNoteWritten(string Obligation, int? Submission, string Text, string Party) : OwnEvent(Obligation, Party);

public sealed record MinistryCommentRecorded(string Obligation, int Submission, string Ministry, string Text, LocalDate ReceivedOn,
    string Party) : OwnEvent(Obligation, Party);

public sealed record InternalNote(int? Submission, string Text, PersonId By, string Party, Instant At);

/// <param name="By">Who recorded it.</param>
public sealed record MinistryComment(int Submission, string Ministry, string Text, LocalDate ReceivedOn, PersonId By, string Party,
    Instant At);
