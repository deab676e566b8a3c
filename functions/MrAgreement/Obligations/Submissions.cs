using MrAgreement.EventSourcing;
using NodaTime;

namespace MrAgreement.Obligations;

/// <summary>A command about one obligation.</summary>
/// <param name="Obligation">Its key.</param>
public abstract record ObligationCommand(string Obligation) : Command;

/// <summary>Delivers a version.</summary>
/// <param name="Documents">Ids of documents of one's own party; their newest versions are what is submitted.</param>
/// <param name="Statement">Number of the attested statement that it delivers; null when it delivers none.</param>
/// <param name="CoverLetter">Words to the recipient (missiv); null when there are none.</param>
public sealed record Submit(string Obligation, string Summary, IReadOnlyList<Guid> Documents, int? Statement = null,
    string? CoverLetter = null) : ActWithDocuments(Obligation, Documents);

public sealed record AcceptSubmission(string Obligation, int Number, string? Comment) : ObligationCommand(Obligation);

/// <param name="CompleteBy">The new date, today or later.</param>
public sealed record ReturnSubmission(string Obligation, int Number, string Reason, LocalDate CompleteBy) : ObligationCommand(Obligation);

public sealed record WithdrawSubmission(string Obligation, int Number, string Reason) : ObligationCommand(Obligation);
