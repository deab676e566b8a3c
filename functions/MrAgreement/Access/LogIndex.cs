using System.Collections.Immutable;
using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Erasures;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Work;

namespace MrAgreement.Access;

/// <summary>What of a log decides who sees which of its rows, so that a page of it can be read alone.</summary>
/// <param name="Sequence">Of the last row that it is of; 0 for none.</param>
/// <param name="Hash">Of that row.</param>
public sealed record LogIndex(long Sequence, Sha256 Hash)
{
    ImmutableList<Guarded> Rows { get; init; } = [];

    public static LogIndex Of(AgreementId agreement, IReadOnlyList<StoredEvent> log) =>
        new LogIndex(0, HashChain.Start(agreement)).With(log);

    /// <param name="news">The rows that follow.</param>
    public LogIndex With(IReadOnlyList<StoredEvent> news) => news is [.., var last]
        ? new(last.Sequence, last.Hash) { Rows = Rows.AddRange(news.Where(MayBeGuarded).Select(Guard)) }
        : this;

    /// <summary>The first row of a dossier's log that a person does not see whole; null when they see every one so.</summary>
    /// <param name="unsaltedOnly">Whether to pass over rows at whose content nobody can guess from their hashes.</param>
    public long? FirstNotWhole(Dossier it, Actor actor, bool unsaltedOnly = false)
    {
        foreach (var row in Rows)
            if (row.Sequence <= it.Sequence && !(unsaltedOnly && row.IsSalted)
                && !(row.Happened is { } happened && LogSight.IsWhole(it, actor, happened)))
                return row.Sequence;
        return null;
    }

    /// <summary>The rows of a dossier's log that are left out for a person, in order.</summary>
    public IReadOnlyList<long> Hidden(Dossier it, Actor actor) =>
        [.. Rows.Where(row => row.Sequence <= it.Sequence && row.IsOwn && Sight.Hides(it, actor, row.Happened))
            .Select(row => row.Sequence)];

    static bool MayBeGuarded(StoredEvent row) => row.Data is null || EventJson.Types[row.Type] is var type
        && (type.IsSubclassOf(typeof(OwnEvent)) || type.IsSubclassOf(typeof(GrantEvent)) || type.IsSubclassOf(typeof(DocumentEvent))
            || type.IsSubclassOf(typeof(WorkEvent)) || type.IsSubclassOf(typeof(ArchiveEvent)) || type.IsSubclassOf(typeof(ErasureEvent)));

    static Guarded Guard(StoredEvent row) =>
        new(row.Sequence, Sight.IsOwn(row.Type), row.Salt is not null, row.Data is { } data ? Light(EventJson.Read(row.Type, data)) : null);

    // Who sees an import does not depend on what is in it, and that may be large.
    static Event Light(Event happened) => happened switch
    {
        LedgerImported it => it with { Accounts = [], Changes = [], Differences = [], Closing = [], Warnings = [] },
        LedgerImportWithdrawn it => it with { Changes = [], Reckoned = [] },
        PlanVersionMade it => it with { Content = PlanContent.Empty },
        ReportFrozen it => it with { Content = it.Content with { Sections = [], Figures = [], Missing = [] } },
        _ => happened
    };

    /// <param name="IsOwn">Whether it is of what a party keeps to itself.</param>
    /// <param name="Happened">Null when it is erased.</param>
    readonly record struct Guarded(long Sequence, bool IsOwn, bool IsSalted, Event? Happened);
}
