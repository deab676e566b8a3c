using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
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
    Guid? CopyOf = null, string? From = null) : Command(Act.RegisterDocument);

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

/// <summary>A document and its versions.</summary>
/// <param name="Party">Key of the party whose it is.</param>
/// <param name="RegisteredOn">The day in Stockholm.</param>
public sealed record Document(
    Guid Id, int Number, string Title, string Kind, string Party, LocalDate RegisteredOn, LocalDate? ReceivedOn, bool Confidential,
    string? LegalGround,
    ImmutableList<RegisteredVersion> Versions, long Touched)
{
    /// <summary>Null while it stands.</summary>
    public DocumentWithdrawn? Withdrawn { get; init; }

    /// <summary>Whether it was erased with its bytes: nothing can be done with it any more.</summary>
    public bool IsErased { get; init; }

    public PersonId? WithdrawnBy { get; init; }

    public Instant? WithdrawnAt { get; init; }

    /// <summary>The document of which it is the masked copy; null for what is none.</summary>
    public Guid? CopyOf { get; init; }

    /// <summary>From whom it came in, as people wrote it; null for what the party has drawn up, and for what nobody has said it of.
    /// </summary>
    public string? From { get; init; }

    /// <summary>The day the party drew it up, when that is another than the day it was registered.</summary>
    public LocalDate? DrawnUpOn { get; init; }

    /// <summary>Whether it came in from outside the agreement.</summary>
    public bool IsIncoming => From is not null || ReceivedOn is not null;

    /// <summary>The day it came in or was drawn up.</summary>
    public LocalDate On => ReceivedOn ?? DrawnUpOn ?? RegisteredOn;

    public Instant RegisteredAt => Versions[0].At;

    /// <summary>Every marking of secrecy that was ever made on it, by number.</summary>
    public ImmutableList<SecrecyMarking> Markings { get; init; } = [];

    /// <summary>A party's marking as it stands; null when there is none.</summary>
    public SecrecyMarking? MarkingOf(string party) => Markings.Find(it => it.Marked.Party == party && it.Removed is null);
}

public sealed record RegisteredVersion(int Number, DocumentFile File, PersonId By, Instant At);

/// <summary>An agreement's documents as its events have left them.</summary>
public sealed record Register
{
    public static readonly Register Empty = new();

    public ImmutableDictionary<Guid, Document> ById { get; init; } = ImmutableDictionary<Guid, Document>.Empty;

    public Document? this[Guid id] => ById.GetValueOrDefault(id);

    public IEnumerable<Document> InOrder => ById.Values.OrderBy(d => d.Number);

    /// <summary>What was asked for and given out, or not, by all parties, in order.</summary>
    public ImmutableList<Disclosure> Disclosures { get; init; } = [];

    /// <summary>A party's own masked copies of a document that can be given out, newest last.</summary>
    public IEnumerable<Document> MaskedCopies(Guid of, string party) =>
        InOrder.Where(it => it is { Withdrawn: null, IsErased: false } && it.Party == party && it.CopyOf == of);

    /// <summary>The newest versions of a party's own documents, or the refusal when one is not there for that party.</summary>
    public (IReadOnlyList<DocumentVersion> Documents, Refused? Refused) Own(IReadOnlyList<Guid> ids, string party)
    {
        var missing = ids.Select((id, i) => (id, i))
            .Where(d => this[d.id] is not { Withdrawn: null, IsErased: false } it || it.Party != party)
            .Select(d => this[d.id] is { Withdrawn: not null } gone && gone.Party == party
                ? new Fault($"/documents/{d.i}", "document-withdrawn", ("number", gone.Number))
                : new Fault($"/documents/{d.i}", "unknown-document", ("document", d.id))).ToList();
        return missing.Count > 0
            ? ([], new Refused("unknown-document", RefusalKind.Invalid) { Faults = missing })
            : ([.. ids.Distinct().Select(id => new DocumentVersion(id, this[id]!.Versions.Count))], null);
    }

    /// <summary>The newest versions of the named documents of one's own that a record shows, null for none; or what stands against them.
    /// </summary>
    /// <param name="kind">What each must be, as a PDF; null where it may be of any kind.</param>
    internal static (IReadOnlyList<DocumentVersion>? Documents, Refused? Refused) Named(Register it, IReadOnlyList<Guid> ids, string? kind,
        string party)
    {
        var (documents, refused) = it.Own(ids, party);
        if (refused is not null || ids.Count == 0)
            return (null, refused);
        var unfit = kind is null ? [] : ids.Select((id, i) => (Found: it[id]!, i))
            .Where(named => named.Found.Kind != kind || !FileFormat.IsPdf(named.Found.Versions[^1].File))
            .Select(named => new Fault($"/documents/{named.i}", "document-not-signed-agreement", ("number", named.Found.Number))).ToList();
        return unfit.Count > 0 ? (null, Refused.Invalid(unfit)) : (documents, null);
    }

    public static Register Evolve(Register it, DocumentEvent happened, Recorded recorded) => happened switch
    {
        DocumentRegistered e => it with
        {
            ById = it.ById.Add(e.Document,
                new(e.Document, e.Number, e.Title, e.Kind, e.Party, StockholmTime.DateOf(recorded.At), e.ReceivedOn,
                e.Confidential, e.LegalGround, [new(1, e.File, recorded.By, recorded.At)], recorded.Sequence)
                {
                    CopyOf = e.CopyOf, From = e.From, DrawnUpOn = e.DrawnUpOn
                })
        },
        DocumentVersionAdded e => it with
        {
            ById = it.ById.SetItem(e.Document, it.ById[e.Document] with
            {
                Versions = it.ById[e.Document].Versions.Add(new(e.Version, e.File, recorded.By, recorded.At)),
                Touched = recorded.Sequence
            })
        },
        DocumentWithdrawn e => it with
        {
            ById = it.ById.SetItem(e.Document, it.ById[e.Document] with
            {
                Withdrawn = e, WithdrawnBy = recorded.By, WithdrawnAt = recorded.At, Touched = recorded.Sequence
            })
        },
        SecrecyMarked e => it with
        {
            ById = it.ById.SetItem(e.Document, it.ById[e.Document] with
            {
                Markings = it.ById[e.Document].Markings.Add(new(e, recorded.By, recorded.At)), Touched = recorded.Sequence
            })
        },
        SecrecyMarkingRemoved e => it with
        {
            ById = it.ById.SetItem(e.Document, it.ById[e.Document] with
            {
                Markings = it.ById[e.Document].Markings.SetItem(e.Number - 1, it.ById[e.Document].Markings[e.Number - 1] with
                {
                    Removed = e, RemovedBy = recorded.By, RemovedAt = recorded.At
                }),
                Touched = recorded.Sequence
            })
        },
        DisclosureRecorded e => it with { Disclosures = it.Disclosures.Add(new(e, recorded.By, recorded.At)) },
        DisclosureWithdrawn e => it with
        {
            Disclosures = it.Disclosures.SetItem(e.Number - 1, it.Disclosures[e.Number - 1] with
            {
                Withdrawn = e, WithdrawnBy = recorded.By, WithdrawnAt = recorded.At
            })
        },
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>A party's document of a kind that has these bytes now. Of another kind they are another document: a report may hold
    /// the accounts, too.</summary>
    public Document? Same(Sha256 content, string kind, string party) =>
        InOrder.FirstOrDefault(d => d is { Withdrawn: null, IsErased: false } && (d.Party, d.Kind) == (party, kind)
            && d.Versions[^1].File.Sha256 == content);

    /// <summary>The same bytes again are the same document where all that is said of them is the same; null where it is not.</summary>
    public Document? Same(RegisterDocument command, string party) =>
        InOrder.FirstOrDefault(d => d is { Withdrawn: null, IsErased: false } && (d.Party, d.Kind) == (party, command.Kind)
            && d.Versions[^1].File.Sha256 == command.File.Sha256 && d.Title == TitleOf(command)
            && (d.Confidential, d.LegalGround, d.CopyOf) == (command.Confidential, GroundOf(command), command.CopyOf)
            && d.From == FromOf(command) && (command.On ?? d.RegisteredOn) == d.On);

    static string TitleOf(RegisterDocument it) => HiddenLetters.Without(it.Title).Trim();

    static string? GroundOf(RegisterDocument it) => HiddenLetters.WithoutOrNull(it.LegalGround);

    static string? FromOf(RegisterDocument it) => HiddenLetters.WithoutOrNull(it.From);

    /// <summary>What stands against a masked copy: the bytes of what it is the copy of, in which nothing is masked.</summary>
    Fault? AgainstMasked(Guid? of, DocumentFile file) =>
        of is { } original && this[original] is { } it && it.Versions.Exists(version => version.File.Sha256 == file.Sha256)
            ? new("/file", "masked-copy-same", ("number", it.Number))
            : null;

    /// <summary>What stands against a file as a document, or null.</summary>
    public static Fault? Against(DocumentFile file) =>
        file.Size == 0 ? new("/file", "file-empty")
        : FileFormat.MediaTypeOf(file.Name) is null ? new("/file", "file-format", ("name", file.Name), ("formats", FileFormat.Endings))
        : null;

    /// <summary>What stands against the provisions on which secrecy rests: there always are some. Source: OSL (2009:400) 5 kap. 5 §.
    /// </summary>
    public static Fault? AgainstGround(string? ground)
    {
        if (string.IsNullOrWhiteSpace(ground))
            return new("/legalGround", "legal-ground-missing");
        var faults = new List<Fault>();
        faults.AddOptionalText("/legalGround", ground, LongestGround);
        return faults.FirstOrDefault();
    }

    const int LongestGround = 300, LongestFrom = 200;

    /// <summary>Whether a kind of document can be called so: at most 60 lower-case letters a–z, digits and hyphens.</summary>
    public static bool IsKind(string kind) =>
        kind.Length is > 0 and <= 60 && kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <param name="holds">Whether the party has a document; one's own only when absent.</param>
    public static Decision Decide(Register it, RegisterDocument command, Occasion on, Func<Document, bool>? holds = null)
    {
        var faults = new List<Fault>();
        faults.AddText("/title", TitleOf(command), 300);
        if (!IsKind(command.Kind))
            faults.Add(new("/kind", "document-kind", ("kind", command.Kind)));
        faults.AddRange(DateRange.FaultsOfPast("/receivedOn", command.On, on.Today));
        var (ground, from) = (GroundOf(command), FromOf(command));
        faults.AddOptionalText("/from", from, LongestFrom);
        if (command.Confidential && AgainstGround(ground) is { } fault)
            faults.Add(fault);
        else
            faults.AddOptionalText("/legalGround", ground, LongestGround);
        if (command.CopyOf is null != command.Kind is not DocumentKind.MaskedCopy)
            faults.Add(new("/copyOf", command.CopyOf is null ? "masked-copy-of-what" : "copy-not-masked"));
        else if (command.CopyOf is { } original && (it[original] is not { IsErased: false } of
            || of.Id == command.Document || !(holds?.Invoke(of) ?? of.Party == on.By.Party)))
            faults.Add(new("/copyOf", "document-not-held", ("document", original)));
        if ((Against(command.File) ?? it.AgainstMasked(command.CopyOf, command.File)) is { } wrong)
            faults.Add(wrong);
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        // The id stands for one request: it has been dealt with, whatever comes under it now.
        if (it[command.Document] is not null || it.Same(command, on.By.Party) is not null)
            return new Nothing();
        // What is said of it this time must not be dropped in silence.
        if (it.Same(command.File.Sha256, command.Kind, on.By.Party) is { } other)
            return new Refused("document-exists", RefusalKind.NotSo, ("number", other.Number));
        return new DocumentRegistered(command.Document, it.ById.Count + 1, TitleOf(command), command.Kind, command.File,
            from is null ? null : command.On, command.Confidential, ground, on.By.Party, command.CopyOf, from,
            from is null ? command.On : null);
    }

    /// <summary>What stands against an act on a document as things are; null for nothing.</summary>
    public static Refused? Against(Register it, Act act, Subject of, Occasion on) =>
        act is Act.RegisterDocument or Act.RegisterDocuments ? null
        : it[of.Id] is not { } document || document.Party != on.By.Party
            ? new("unknown-document", RefusalKind.NotFound, ("document", of.Id))
        : document.IsErased ? new("document-erased", ("number", document.Number))
        : document.Withdrawn is not null ? new("document-withdrawn", ("number", document.Number))
        : null;

    /// <summary>Several as one: their faults stand with the number of each, but for the first.</summary>
    /// <param name="holds">As of one.</param>
    public static Decision Decide(Register it, RegisterDocuments command, Occasion on, Func<Document, bool>? holds = null)
    {
        if (command.Documents.Count > RegisterDocuments.Most)
            return Refused.Invalid(new Fault("/file", "too-many-files", ("max", RegisterDocuments.Most)));
        var (events, faults, before) = (new List<Event>(), new List<Fault>(), it);
        foreach (var (document, i) in command.Documents.Select((document, i) => (document, i)))
            switch (Decide(it, document, on, holds))
            {
                case Refused refused:
                    faults.AddRange((refused.Faults.Count > 0 ? refused.Faults
                        : before.Same(document.File.Sha256, document.Kind, on.By.Party) is null ? [new("/file", "file-twice")]
                        : [new("/file", refused.Slug, refused.Values)])
                        .Select(fault => i == 0 ? fault : fault with { Pointer = $"{fault.Pointer}/{i}" }));
                    break;
                case Accepted { Events: [DocumentRegistered happened] }:
                    events.Add(happened);
                    it = Evolve(it, happened, new(0, on.Now, on.By.Id));
                    break;
            }
        return faults.Count > 0 ? Refused.Invalid([.. faults]) : events.Count > 0 ? new Accepted(events) : new Nothing();
    }

    public static Decision Decide(Register it, AddDocumentVersion command, Occasion on)
    {
        if (Against(it, command.Act, command.Document, on) is { } refused)
            return refused;
        var document = it[command.Document]!;
        if ((Against(command.File) ?? it.AgainstMasked(document.CopyOf, command.File)) is { } fault)
            return Refused.Invalid(fault);
        return document.Versions[^1].File.Sha256 == command.File.Sha256
            ? new Nothing()
            : new DocumentVersionAdded(command.Document, document.Versions.Count + 1, command.File);
    }
}
