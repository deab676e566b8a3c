using MrAgreement.Parties;

namespace MrAgreement.Obligations;

/// <summary>A command about one obligation.</summary>
/// <param name="Obligation">Its key.</param>
public abstract record ObligationCommand(Act Act, string Obligation) : Command(Act)
{
    public override Subject Subject => Obligation;
}

/// <summary>A wish concerning one version of what was delivered.</summary>
/// <param name="Number">Its number, from 1.</param>
public abstract record SubmissionCommand(Act Act, string Obligation, int Number) : ObligationCommand(Act, Obligation)
{
    public override Subject Subject => new(Obligation, Number);
}

/// <summary>Delivers a version.</summary>
/// <param name="Documents">Ids of documents of one's own party; their newest versions are what is submitted.</param>
/// <param name="Statement">Number of the attested statement that it delivers; null when it delivers none.</param>
/// <param name="CoverLetter">Words to the recipient (missiv); null when there are none.</param>
/// <param name="Plan">Number of the version of the plan that it delivers; null when it delivers none.</param>
/// <param name="Contents">Where what the clause asks for stands; null for not said.</param>
public sealed record Submit(string Obligation, string Summary, IReadOnlyList<Guid> Documents, int? Statement = null,
    string? CoverLetter = null, int? Plan = null, IReadOnlyList<HeldContent>? Contents = null)
    : ActWithDocuments(Act.Submit, Obligation, Documents)
{
    /// <summary>If not, whoever submits is asked first about a version of the plan that was made and is not chosen.</summary>
    public bool IsSure { get; init; } = true;
}

/// <summary>Something that the clause asks for, and where in what was delivered it stands.</summary>
/// <param name="Key">Of the item in the terms.</param>
/// <param name="Where">In words: <c>avsnitt 3, sidan 12</c>; blank for not said.</param>
public sealed record HeldContent(string Key, string Where);

public sealed record AcceptSubmission(string Obligation, int Number, string? Comment)
    : SubmissionCommand(Act.AcceptSubmission, Obligation, Number);

/// <param name="CompleteBy">The new date, today or later.</param>
public sealed record ReturnSubmission(string Obligation, int Number, string Reason, LocalDate CompleteBy)
    : SubmissionCommand(Act.ReturnSubmission, Obligation, Number);

/// <summary>Says that one's party has read what was delivered to it and needs no approval.</summary>
public sealed record NoteSubmission(string Obligation, int Number) : SubmissionCommand(Act.NoteSubmission, Obligation, Number);

public sealed record WithdrawSubmission(string Obligation, int Number, string Reason)
    : SubmissionCommand(Act.WithdrawSubmission, Obligation, Number);
