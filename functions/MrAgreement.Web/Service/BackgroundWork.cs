using System.Collections.Concurrent;

namespace MrAgreement.Web.Service;

/// <summary>What goes on in this process whatever becomes of the request for it; what came of it is known for a while.</summary>
/// <typeparam name="T">How far one is, and what came of it.</typeparam>
/// <param name="most">Parts that may be under way or waiting: who orders more comes again later.</param>
public sealed class BackgroundWork<T>(int most) : IAsyncDisposable where T : class
{
    // What came of the oldest makes room; by then nobody waits for it.
    const int MostKept = 200;

    readonly ConcurrentDictionary<Guid, Entry> known = new();
    readonly ConcurrentQueue<(Guid Id, Entry It)> over = new();
    readonly CancellationTokenSource stopping = new();
    readonly Lock turn = new();
    int waiting;
    bool disposed;

    public IEnumerable<T> All => known.Values.Select(it => it.Run);

    public T? Find(Guid id) => known.GetValueOrDefault(id)?.Run;

    /// <summary>Is over when the work is; at once for what is not known, or goes on within a request.</summary>
    public Task End(Guid id) => known.GetValueOrDefault(id)?.Work ?? Task.CompletedTask;

    /// <summary>Shows what goes on within a request, until that is answered.</summary>
    public IDisposable Show(Guid id, T run)
    {
        var it = new Entry(run);
        known[id] = it;
        return new Shown(() => known.TryRemove(new(id, it)));
    }

    /// <summary>Begins work in parts, each at once: what they throw, they see to themselves.</summary>
    /// <param name="stands">Whether what is known by the id is what was asked for, and is answered instead.</param>
    /// <exception cref="StoreBusyException">Too much is under way.</exception>
    public T Start(Guid id, T run, Func<T, bool> stands, params IReadOnlyList<Func<CancellationToken, Task>> parts)
    {
        lock (turn)
        {
            if (Find(id) is { } earlier && stands(earlier))
                return earlier;
            if (Interlocked.Add(ref waiting, parts.Count) > most)
            {
                Interlocked.Add(ref waiting, -parts.Count);
                throw new StoreBusyException();
            }
            var it = new Entry(run);
            known[id] = it;
            it.Work = Whole(id, it, [.. parts.Select(part => Task.Run(() => Part(part)))]);
            return run;
        }
    }

    /// <summary>Stops whatever goes on by itself, and waits for it; again changes nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await stopping.CancelAsync();
        await Task.WhenAll(known.Values.Select(it => it.Work));
        stopping.Dispose();
    }

    async Task Part(Func<CancellationToken, Task> part)
    {
        try
        {
            await part(stopping.Token);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    async Task Whole(Guid id, Entry it, IReadOnlyList<Task> parts)
    {
        await Task.WhenAll(parts);
        over.Enqueue((id, it));
        while (over.Count > MostKept && over.TryDequeue(out var oldest))
            known.TryRemove(new(oldest.Id, oldest.It));
    }

    sealed class Entry(T run)
    {
        public T Run => run;
        public Task Work { get; set; } = Task.CompletedTask;
    }

    sealed class Shown(Action over) : IDisposable
    {
        public void Dispose() => over();
    }
}
