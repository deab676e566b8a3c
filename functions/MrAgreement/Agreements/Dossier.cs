using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Work;

namespace MrAgreement.Agreements;

/// <summary>Everything about one agreement (akten): its log, folded. One command may touch several of its streams at once.</summary>
public sealed record Dossier(AgreementId Id)
{
    Agreement? agreement;

    /// <summary>Sequence of the log's last event; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Sequence of the last event that was neither a reminder, nor kept by
    /// a party to itself, nor a package for an archive, nor of an erasure or a message.</summary>
    public long Touched { get; init; }

    /// <summary>Recorded time of that event.</summary>
    public Instant TouchedAt { get; init; } = Instant.MinValue;

    /// <summary>Hash of the log's last row.</summary>
    public Sha256 Hash { get; init; } = HashChain.Start(Id);

    /// <summary>Recorded time of the log's last event.</summary>
    public Instant LastAt { get; init; } = Instant.MinValue;

    public Agreement Agreement { get => agreement
        ?? throw new InvalidOperationException($"There is no agreement {Id}."); init => agreement = value; }
    public Grant Grant { get; init; } = Grant.None;
    public Register Documents { get; init; } = Register.Empty;
    public ArchivePackages Packages { get; init; } = ArchivePackages.None;

    /// <summary>What the work rests on.</summary>
    public Grounds Grounds { get; init; } = Grounds.None;

    /// <summary>What the parties have drawn up and received as acts in the system, in order.</summary>
    public ImmutableList<RegisteredAct> Acts { get; init; } = [];

    /// <summary>What has become of the messages that were sent of it.</summary>
    public Correspondence Messages { get; init; } = Correspondence.None;

    public Erasures.Erasures Erasures { get; init; } = MrAgreement.Erasures.Erasures.None;

    /// <summary>The stored bytes that its log names, by address; those of erased documents left aside.</summary>
    public ImmutableDictionary<Sha256, StoredBytes> Bytes { get; init; } = ImmutableDictionary<Sha256, StoredBytes>.Empty;

    public bool Exists => agreement is not null;

    /// <summary>With its parties called as they were on a day.</summary>
    public Dossier NamedOn(LocalDate day) => !Exists ? this : this with { Agreement = Agreement.NamedOn(day) };

    /// <summary>The days on which a cost is the agreement's: those that the terms
    /// let count, or else its own, from the signature to its end.</summary>
    public DateSpan CostDays => Grant.Terms?.Eligible ?? new(
        LocalDate.Max(Agreement.Terms.Period.From, Agreement.Signed?.SignedOn ?? LocalDate.MinIsoValue),
        LocalDate.Min(Agreement.Terms.Period.To, Agreement.Terminated?.On ?? LocalDate.MaxIsoValue));

    /// <exception cref="UnknownEventException">The row was written by a newer version of the program.</exception>
    public Dossier With(StoredEvent row) =>
        Evolve(EventJson.Read(row.Type, row.Data ?? throw new InvalidDataException($"Row {row.Sequence} of {Id} has been erased.")),
            new(row.Sequence, row.At, row.Actor)) with
        {
            Hash = row.Hash
        };

    public Dossier With(IEnumerable<StoredEvent> rows) => rows.Aggregate(this, (it, row) => it.With(row));

    public Dossier Evolve(Event happened, Recorded recorded)
    {
        var after = happened switch
        {
            AgreementEvent or ObligationEvent or ObligationAdded =>
                this with { Agreement = Agreement.Evolve(agreement, happened, recorded) },
            GrantEvent e => this with { Grant = Grant.Evolve(Grant, e, recorded) },
            DocumentEvent e => this with { Documents = Register.Evolve(Documents, e, recorded) },
            ArchiveEvent e => this with { Packages = ArchivePackages.Evolve(Packages, e, recorded) },
            ErasureEvent e => Erased(e, recorded),
            WorkEvent e => this with { Grounds = Grounds.Evolve(Grounds, e, recorded) },
            MessageEvent e => this with { Messages = Correspondence.Evolve(Messages, e, recorded) },
            _ => throw new UnreachableException($"No stream for {happened}.")
        };
        foreach (var named in happened.Bytes())
            after = after with { Bytes = after.Bytes.SetItem(named.Address, named) };
        if (ErasureDecisions.RowOf(after, happened) is { } row)
            after = after with { Erasures = after.Erasures with { Rows = after.Erasures.Rows.SetItem(recorded.Sequence, row) } };
        if (RegisteredAct.Of(after, happened, recorded) is { } act)
            after = after with { Acts = after.Acts.Add(act) };
        return happened is ReminderEvent or OwnEvent or ArchiveEvent or ErasureEvent or MessageEvent
            ? after with { Sequence = recorded.Sequence, LastAt = recorded.At }
            : after with { Sequence = recorded.Sequence, LastAt = recorded.At, Touched = recorded.Sequence, TouchedAt = recorded.At };
    }

    // The same bytes stay for another document that has them too.
    Dossier Erased(ErasureEvent happened, Recorded recorded)
    {
        var after = this with { Erasures = MrAgreement.Erasures.Erasures.Evolve(Erasures, happened, recorded) };
        if (happened is not ContentErased { Document: { } document } || Documents[document] is not { } erased)
            return after;
        after = after with { Documents = Documents with { ById = Documents.ById.SetItem(document, erased with { IsErased = true }) } };
        foreach (var (address, size) in erased.Versions.Select(version => (version.File.Sha256, version.File.Size)))
            after = after with
            {
                Bytes = after.Documents.InOrder.FirstOrDefault(other => !other.IsErased
                    && other.Versions.Exists(it => it.File.Sha256 == address)) is { } keeps
                    ? after.Bytes.SetItem(address, new(address, size, StoredBytesKind.Document, keeps.Id))
                    : after.Bytes.GetValueOrDefault(address)?.Kind == StoredBytesKind.Document ? after.Bytes.Remove(address) : after.Bytes
            };
        return after;
    }
}
