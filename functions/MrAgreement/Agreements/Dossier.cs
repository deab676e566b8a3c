using System.Collections.Immutable;
using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Agreements;

/// <summary>Everything about one agreement (akten): its log, folded. One command may touch several of its streams at once.</summary>
public sealed record Dossier(AgreementId Id)
{
    Agreement? agreement;

    /// <summary>Sequence of the log's last event; 0 before the first.</summary>
    public long Sequence { get; init; }

    /// <summary>Sequence of the last event that was neither a reminder, nor
    /// kept by a party to itself, nor a package for an archive.</summary>
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

    /// <summary>The stored bytes that its log names, by address.</summary>
    public ImmutableDictionary<Sha256, StoredBytes> Bytes { get; init; } = ImmutableDictionary<Sha256, StoredBytes>.Empty;

    public bool Exists => agreement is not null;

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
            _ => throw new UnreachableException($"No stream for {happened}.")
        };
        foreach (var named in happened.Bytes())
            after = after with { Bytes = after.Bytes.SetItem(named.Address, named) };
        return happened is ReminderSent or OwnEvent or ArchiveEvent
            ? after with { Sequence = recorded.Sequence, LastAt = recorded.At }
            : after with { Sequence = recorded.Sequence, LastAt = recorded.At, Touched = recorded.Sequence, TouchedAt = recorded.At };
    }
}
