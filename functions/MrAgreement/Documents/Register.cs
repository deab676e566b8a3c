using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;

namespace MrAgreement.Documents;

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
            && d.Versions[^1].File.Sha256 == command.File.Sha256 && d.Title == command.PlainTitle
            && (d.Confidential, d.LegalGround, d.CopyOf) == (command.Confidential, command.PlainGround, command.CopyOf)
            && d.From == command.PlainFrom && (command.On ?? d.RegisteredOn) == d.On);
}
