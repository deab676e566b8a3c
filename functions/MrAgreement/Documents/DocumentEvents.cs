using MrAgreement.Parties;

namespace MrAgreement.Documents;

/// <summary>What happens to an agreement's documents.</summary>
public abstract record DocumentEvent : Event;

/// <param name="Number">Running number within the agreement.</param>
/// <param name="Kind">As in <c>report</c> or <c>statement</c>; file name and media type say nothing of it.</param>
/// <param name="ReceivedOn">The day it came in, when that is another than the day it was registered. Of a document from before there
/// was <paramref name="From"/>, the day it came in or was drawn up, which nobody told apart: it is held to have come in.</param>
/// <param name="LegalGround">The section of law by which it is confidential.</param>
/// <param name="CopyOf">The document of which it is the masked copy; null for what is none.</param>
/// <param name="From">From whom it came in, as people wrote it; null for what the party has drawn up.</param>
/// <param name="DrawnUpOn">The day the party drew it up, when that is another than the day it was registered.</param>
public sealed record DocumentRegistered(
    Guid Document, int Number, string Title, string Kind, DocumentFile File, LocalDate? ReceivedOn, bool Confidential, string? LegalGround,
    string Party, Guid? CopyOf = null, string? From = null, LocalDate? DrawnUpOn = null) : DocumentEvent
{
    public override IEnumerable<StoredBytes> Bytes() => [new(File.Sha256, File.Size, StoredBytesKind.Document, Document)];
}

public sealed record DocumentVersionAdded(Guid Document, int Version, DocumentFile File) : DocumentEvent
{
    public override IEnumerable<StoredBytes> Bytes() => [new(File.Sha256, File.Size, StoredBytesKind.Document, Document)];
}

/// <summary>A party has taken back a document that had gone to nobody; it stays on record.</summary>
public sealed record DocumentWithdrawn(Guid Document, string Reason) : DocumentEvent;

/// <summary>The bytes of one version, as they were uploaded.</summary>
/// <param name="Size">In bytes.</param>
public sealed record DocumentFile(string Name, string MediaType, Sha256 Sha256, long Size);

/// <summary>Registers bytes that are already stored.</summary>
/// <param name="On">The day it came in, when it came from somebody, or else was drawn up; null for today.</param>
/// <param name="From">From whom it came in; null for what one's own party has drawn up.</param>
public sealed record RegisterDocument(
    Guid Document, string Title, string Kind, DocumentFile File, LocalDate? On, bool Confidential, string? LegalGround,
    Guid? CopyOf = null, string? From = null) : Command(Act.RegisterDocument)
{
    // What can't be seen says nothing.
    internal string PlainTitle => HiddenLetters.Without(Title).Trim();

    internal string? PlainGround => HiddenLetters.WithoutOrNull(LegalGround);

    internal string? PlainFrom => HiddenLetters.WithoutOrNull(From);
}

/// <summary>Adds a newer version; older ones stay.</summary>
public sealed record AddDocumentVersion(Guid Document, DocumentFile File) : Command(Act.AddDocumentVersion)
{
    public override Subject Subject => Document;
}

/// <summary>Registers several at once: all of them, or none.</summary>
public sealed record RegisterDocuments(IReadOnlyList<RegisterDocument> Documents) : Command(Act.RegisterDocuments)
{
    public const int Most = 5;
}

/// <summary>Takes back a document of one's own party that was registered by mistake, as long as it has gone to nobody.</summary>
public sealed record WithdrawDocument(Guid Document, string Reason) : Command(Act.WithdrawDocument)
{
    public override Subject Subject => Document;
}
