using MrAgreement.Agreements;
using MrAgreement.Transparency;

namespace MrAgreement.Running;

/// <summary>Holds logs as their store has them against themselves and the checkpoints (docs/decisions/0054).</summary>
public sealed class LogExamination(IEventStore logs, Checkpoints checkpoints)
{
    static readonly Duration patience = Duration.FromHours(12);

    /// <summary>All of one log.</summary>
    public async Task<ExaminedLog> Whole(AgreementId agreement, CancellationToken cancellation = default)
    {
        // Before the rows: whatever a checkpoint holds by now must be among them.
        var leaves = await checkpoints.Ask(all => all.Of(agreement), cancellation);
        var found = await logs.Examine(agreement, 0, cancellation);
        return new(agreement, found, Faults(agreement, found, leaves, null));
    }

    /// <summary>What of one log is younger than its last leaf; all of it where it has none.</summary>
    public async Task<ExaminedLog> Young(AgreementId agreement, CancellationToken cancellation = default)
    {
        var leaves = await checkpoints.Ask(all => all.Of(agreement), cancellation);
        if (leaves is not [.., var last])
            return await Whole(agreement, cancellation);
        var found = await logs.Examine(agreement, last.Top.Sequence, cancellation);
        // Where the head is gone nothing younger tells whether the older rows are; and an older row that is said to be erased must read so.
        return found.Head is null || ErasedRows.NameOlder([.. found.Rows.Select(row => row.Event).OfType<StoredEvent>()])
            ? await Whole(agreement, cancellation)
            : new(agreement, found, Faults(agreement, found, leaves, last.Top));
    }

    static IReadOnlyList<LogFault> Faults(AgreementId agreement, FoundLog found, IReadOnlyList<Leaf> leaves, LogTop? since) =>
        LogVerification.Faults(agreement, found, leaves, since, ErasableFields.ReadsErased);

    /// <summary>The same log folded, where its chain holds and all of it was looked at. What can't be understood is a fault: whoever can
    /// write there can append a row, and a newer program may have.</summary>
    public static ExaminedLog Understood(ExaminedLog it)
    {
        List<StoredEvent> rows = [.. it.Found.Rows.Select(row => row.Event).OfType<StoredEvent>()];
        if (it.Faults.Count > 0 || rows.Count == 0)
            return it;
        var isWhole = rows[0].Sequence == 1;
        if (isWhole && Tried(() => new Dossier(it.Agreement).With(rows)) is { } folded)
            return it with { Folded = folded };
        return rows.Find(row => Tried(() => EventJson.Read(row.Type, row.Data!)) is null) is { } strange
            ? it with { Faults = [new("row-not-understood", strange.Sequence)] }
            : isWhole ? it with { Faults = [new("log-not-folded", rows[^1].Sequence)] } : it;
    }

    // Whatever stands there, it must not keep anybody from looking at the rest.
    static T? Tried<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Whether something should have happened of itself half a day ago, and nothing will wake the agreement: when that is stands
    /// beside the log, and in no chain.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<bool> IsForgotten(ExaminedLog it, Instant now, CancellationToken cancellation = default) =>
        it.Folded is { } dossier && WakeUpOf(dossier) < now - patience
        && !(await logs.DueWakeUps(now, int.MaxValue, cancellation)).Any(due => due.Agreement == it.Agreement);

    /// <summary>Those whose log says that something happens of itself before their store would wake them.</summary>
    public async Task<IReadOnlyList<AgreementId>> WokenTooLate(IEnumerable<Dossier> all, CancellationToken cancellation = default)
    {
        var stored = (await logs.DueWakeUps(Instant.MaxValue, int.MaxValue, cancellation)).ToLookup(it => it.Agreement, it => it.At);
        return [.. all.Where(it => WakeUpOf(it) is { } due && !stored[it.Id].Any(at => at <= due)).Select(it => it.Id)];
    }

    static Instant? WakeUpOf(Dossier it) => Lifecycle.NextWakeUp(it, settled: true);

    /// <summary>Those whose logs there are, and those of which a checkpoint still knows.</summary>
    /// <param name="surveyed">Whether to look for logs without heads too, which reads more than anything else does.</param>
    public async Task<IReadOnlyList<AgreementId>> All(bool surveyed, CancellationToken cancellation = default)
    {
        var there = surveyed ? logs.Survey(cancellation).Select(trace => trace.Agreement) : logs.ListAgreements(cancellation);
        var held = await checkpoints.Ask(all => all.Agreements.ToList(), cancellation);
        return [.. (await there.ToListAsync(cancellation)).Union(held).OrderBy(id => id.Value)];
    }

    /// <summary>Those of them that have moved since their last leaf, or are not as their heads say.</summary>
    public async Task<IReadOnlyList<AgreementId>> Moved(IReadOnlyList<AgreementId> all, CancellationToken cancellation = default)
    {
        var tops = (await logs.Tops(cancellation).ToListAsync(cancellation)).DistinctBy(top => top.Agreement)
            .ToDictionary(top => top.Agreement);
        return await checkpoints.Ask<IReadOnlyList<AgreementId>>(known => [.. all.Where(id =>
            !tops.TryGetValue(id, out var top) || known.LastOf(id) != top)], cancellation);
    }
}

/// <param name="Faults">None when all of it holds.</param>
public sealed record ExaminedLog(AgreementId Agreement, FoundLog Found, IReadOnlyList<LogFault> Faults)
{
    /// <summary>What the log comes to; null where that was not asked for, or can't be told.</summary>
    public Dossier? Folded { get; init; }
}
