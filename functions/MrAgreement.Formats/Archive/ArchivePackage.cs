using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Formats.Archive;

/// <summary>A case as it is handed to an archive: its documents, and what else tells of it.</summary>
/// <param name="Id">The package's own name and that of its root folder: letters A–Z, digits and hyphens.</param>
/// <param name="SoftwareVersion">Of the program that makes the package.</param>
public sealed record ArchivePackage(
    string Id, ArchivedCase Case, IReadOnlyList<ArchivedRecord> Records, IReadOnlyList<ArchivedFile> Files, string SoftwareVersion,
    Instant MadeAt);

/// <summary>The case itself.</summary>
/// <param name="OpenedAt">When it was registered first.</param>
/// <param name="Closed">Whether nothing more comes to it.</param>
/// <param name="Creator">Whose archive it belongs to; that party also hands the package over.</param>
public sealed record ArchivedCase(
    AgreementId Id, DiaryNumber DiaryNumber, string Title, Instant OpenedAt, LocalDate From, LocalDate To, bool Closed, LocalDate? ClosedOn,
    ArchivedParty Creator,
    IReadOnlyList<ArchivedParty> Parties);

/// <summary>A party to the case.</summary>
/// <param name="Key">As in <c>SKR</c>; the records name their party by it.</param>
public sealed record ArchivedParty(string Key, string Name, OrganisationNumber? OrganisationNumber, PartyRole Role);

/// <summary>How a record came to the party whose archive it is in.</summary>
public enum ArchivedDirection
{
    Incoming,
    Outgoing,
    Internal
}

/// <summary>A registered document.</summary>
/// <param name="Kind">As in <c>report</c>: lower-case letters and hyphens.</param>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="LegalGround">The section of law by which it is confidential.</param>
public sealed record ArchivedRecord(
    Guid Id, int Number, string Title, string Kind, string Party, LocalDate RegisteredOn, LocalDate? ReceivedOn,
    ArchivedDirection Direction,
    bool Confidential, string? LegalGround, IReadOnlyList<ArchivedVersion> Versions)
{
    /// <summary>Markings of secrecy that stand.</summary>
    public IReadOnlyList<ArchivedMarking> Markings { get; init; } = [];

    /// <summary>The record of which it is the masked copy; null for what is none.</summary>
    public Guid? CopyOf { get; init; }
}

/// <summary>A marking of secrecy.</summary>
/// <param name="Authority">Name of the party that has marked it.</param>
public sealed record ArchivedMarking(string LegalGround, LocalDate On, string Authority);

/// <summary>One version of a registered document, as it was uploaded.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="By">Who registered it, by name.</param>
public sealed record ArchivedVersion(int Number, string Name, string MediaType, Sha256 Sha256, long Size, Instant At, string By);

/// <summary>A file that is no registered document but belongs to the case: the log, the terms, a statement, an imported ledger.</summary>
/// <param name="Path">Where it lies within the data folder, as in <c>log/events.jsonl</c>.</param>
/// <param name="Description">What it is, for the archivist.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Content">The bytes; null when they are stored under <paramref name="Sha256"/>.</param>
public sealed record ArchivedFile(string Path, string MediaType, string Description, Instant At, Sha256 Sha256, long Size, byte[]? Content);

/// <summary>A file's bytes are gone, or are not those that were registered; what was written so far is no package.</summary>
public sealed class ArchiveDamagedException(string path, Sha256 registered, bool gone)
    : Exception($"{path} ({registered}) {(gone ? "is gone" : "is not what was registered")}.")
{
    /// <summary>Within the data folder.</summary>
    public string Path { get; } = path;

    public Sha256 Registered { get; } = registered;

    /// <summary>Whether there are no bytes at all, rather than others.</summary>
    public bool Gone { get; } = gone;
}
