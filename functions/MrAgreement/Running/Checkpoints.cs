using System.Globalization;
using MrAgreement.Transparency;

namespace MrAgreement.Running;

/// <summary>Makes checkpoints of all logs, and answers what they prove (docs/decisions/0053).</summary>
/// <param name="freshId">Names the tree when its first checkpoint is made.</param>
/// <param name="freshSalt">Draws the salt of every leaf.</param>
public sealed class Checkpoints(IEventStore logs, ICheckpointStore store, IKeptRecords kept, Func<Guid> freshId, Func<Salt> freshSalt)
    : IDisposable
{
    // With the logs, so that the loss of checkpoints is noticed.
    const string LastSetting = "last-checkpoint";

    /// <summary>Kept records of logs in which something is wrong, by the agreement's id, and of what else is.</summary>
    public const string FaultsKind = "log-faults";

    readonly SemaphoreSlim turn = new(1);
    readonly TransparencyLog known = new();
    bool looked;
    int? damaged;

    /// <summary>Asks the checkpoints as they stand.</summary>
    public async Task<T> Ask<T>(Func<TransparencyLog, T> ask, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await CatchUp(cancellation);
            return ask(known);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Makes a checkpoint with a leaf for every log that has moved since the last. Answers the last one, which is a new one
    /// unless nothing moved; null when there is none and nothing to make one of.</summary>
    /// <exception cref="CheckpointsDamagedException">One is lost or altered: nothing can go on from it.</exception>
    public async Task<KeptCheckpoint?> Make(Instant now, CancellationToken cancellation = default)
    {
        var tops = await logs.Tops(cancellation).ToListAsync(cancellation);
        // Whoever keeps it must not take for whole what is known not to be.
        var broken = (await kept.Range(FaultsKind, "", Instant.MinValue, cancellation))
            .Select(it => AgreementId.TryParse(it.Key, null, out var id) ? id : (AgreementId?)null).OfType<AgreementId>().ToHashSet();
        var faulty = broken.Count;
        await turn.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                await CatchUp(cancellation);
                if (damaged is { } number)
                    throw new CheckpointsDamagedException(number);
                var news = new List<Leaf>();
                foreach (var top in tops.Where(top => !(known.LastOf(top.Agreement)?.Sequence >= top.Sequence)))
                    if (!broken.Contains(top.Agreement) || await GoesOn(top.Agreement, cancellation))
                        news.Add(new(top, freshSalt()));
                if (news.Count == 0)
                    return known.Last is null ? null : new(known.Checkpoints.Count, now);
                var next = known.After(known.Last?.Origin ?? $"mragreement/{freshId()}", news) with
                {
                    At = Instant.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()), Faulty = faulty
                };
                // Another process may have been faster; then what moved is seen anew.
                if (!await store.Add(known.Checkpoints.Count + 1, CheckpointFile.Write(next, news), cancellation))
                    continue;
                known.Add(next, news);
                await kept.Set(LastSetting, $"{known.Checkpoints.Count}\n{next.Text}", cancellation);
                return new(known.Checkpoints.Count, now);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    // What no longer is the log that the last one held is not vouched for.
    async Task<bool> GoesOn(AgreementId agreement, CancellationToken cancellation) => known.LastOf(agreement) is not { } held
        || (await logs.ReadSince(agreement, held.Sequence - 1, 1, cancellation)) is [var row, ..] && row.Sequence == held.Sequence
            && row.Hash == held.Hash;

    /// <summary>Those that are kept, with their times.</summary>
    public Task<IReadOnlyList<KeptCheckpoint>> List(CancellationToken cancellation = default) => store.List(cancellation);

    /// <summary>The number of the first that is lost, altered, or does not go on from the one before; null when all do.</summary>
    public async Task<int?> FirstDamaged(CancellationToken cancellation = default)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await CatchUp(cancellation);
            if (damaged is null && await store.List(cancellation) is var there
                && Enumerable.Range(1, known.Checkpoints.Count).Except(there.Select(it => it.Number)).ToList() is [var gone, ..])
                return gone;
            return damaged;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task CatchUp(CancellationToken cancellation)
    {
        while (damaged is null && await store.Read(known.Checkpoints.Count + 1, cancellation) is { } file)
            if (CheckpointFile.Read(file) is not var (checkpoint, leaves) || !known.Add(checkpoint, leaves))
                damaged = known.Checkpoints.Count + 1;
        if (looked || damaged is not null)
            return;
        // Once: whether any stands beyond a gap, or was made and is not there.
        var furthest = (await store.List(cancellation)).Select(it => it.Number).DefaultIfEmpty().Max();
        var last = await kept.Setting(LastSetting, cancellation) is { } told ? told.Split('\n', 2) : ["0", ""];
        var count = known.Checkpoints.Count;
        // Somebody has written over what remembers the last: nothing tells that it is the last.
        if (last is not [var number, var text]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var made))
            damaged = Math.Max(count, 1);
        else if (furthest > count || made > count)
            damaged = count + 1;
        else if (made > 0 && known.Checkpoints[made - 1].Text != text)
            damaged = made;
        looked = true;
    }
}

/// <summary>A checkpoint is lost, altered, or does not go on from the one before.</summary>
public sealed class CheckpointsDamagedException(int number)
    : Exception($"The checkpoint {number} is lost or altered; put the checkpoints back from a copy.")
{
    public int Number { get; } = number;
}
