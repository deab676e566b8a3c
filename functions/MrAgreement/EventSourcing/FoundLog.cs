namespace MrAgreement.EventSourcing;

/// <summary>Where a log ends.</summary>
/// <param name="Hash">Of its last row.</param>
public readonly record struct LogTop(AgreementId Agreement, long Sequence, Sha256 Hash);

/// <summary>A log as it lies in its store, whole or not: for whoever must say what is wrong with it.</summary>
/// <param name="Head">Null when there is none.</param>
/// <param name="Rows">In order of their sequence.</param>
public sealed record FoundLog(FoundHead? Head, IReadOnlyList<FoundRow> Rows);

/// <summary>Where the head says that the log ends.</summary>
/// <param name="Hash">Null where it does not say, as in an account's heads of earlier versions.</param>
/// <param name="LastAt">Null where it does not say.</param>
public readonly record struct FoundHead(long Sequence, Sha256? Hash, Instant? LastAt);

/// <param name="Event">Null for a row that is no row of a log any more.</param>
public readonly record struct FoundRow(long Sequence, StoredEvent? Event);
