using System.Collections.Concurrent;

namespace MrAgreement.Web.Service;

/// <summary>
/// Work that goes on whatever becomes of the request for it, and belongs to no one process: every host tells
/// how far it is and what came of it. The one that is at it says so again and again; what nobody is at any
/// more is taken up by whoever looks, and the same work done twice must come to the same.
/// </summary>
/// <param name="family">What the keys of its records begin with.</param>
/// <param name="most">Parts that may be under way or waiting here: who orders more comes again later.</param>
/// <param name="work">Does it, and tells what came of it. What it throws has broken it.</param>
/// <param name="broken">What is told of one that ended without saying how.</param>
public sealed class KeptRuns<T>(IKeptRecords kept, string family, int most, Func<RunningHere<T>, Task> work, Func<T, T> broken)
    : IAsyncDisposable where T : class, IKeptRun
{
    // As long as a request may be kept waiting for work to stop.
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    static readonly Duration everyDay = Duration.FromDays(1);

    readonly KeptRunRecords<T> records = new(kept, family);
    readonly ConcurrentDictionary<string, RunningHere<T>> here = new();
    readonly CancellationTokenSource leaving = new();
    int waiting;
    bool disposed;
    Instant swept = Instant.MinValue;

    /// <summary>A process that has not said for so long that it is at it, by real time, is gone.</summary>
    public Duration Held { get; init; } = Duration.FromSeconds(15);

    /// <summary>How often it says so, and hears whether somebody wishes the work to stop.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Begins work that is known to every host once this is answered.</summary>
    /// <param name="stands">Whether what is known by the key is what was asked for, and is answered instead.</param>
    /// <exception cref="StoreBusyException">Too much is under way.</exception>
    public async Task<T> Start(string key, T run, Func<T, bool> stands, CancellationToken cancellation = default)
    {
        if (here.GetValueOrDefault(key) is { Now: var known } && stands(known))
            return known;
        if (!Reserve(run))
            throw new StoreBusyException();
        KeptRun<T>? earlier;
        try
        {
            for (var etag = KeptRecord.New; ; etag = earlier?.ETag ?? KeptRecord.New)
            {
                var it = new KeptRun<T>(run, Until);
                if (await records.Put(key, it, etag, cancellation) is { } written)
                {
                    Begin(key, it with { ETag = written });
                    return run;
                }
                earlier = await records.Find(key, cancellation);
                if (earlier is not null && stands(earlier.Run))
                    break;
            }
        }
        catch
        {
            Release(run);
            throw;
        }
        Release(run);
        return await Looked(key, earlier, cancellation);
    }

    /// <summary>How far it is, or what came of it, wherever it goes on; null when nobody knows of it any more.</summary>
    public async Task<T?> Find(string key, CancellationToken cancellation = default) =>
        here.GetValueOrDefault(key) is { Now: var run } ? run
        : await records.Find(key, cancellation) is { } it ? await Looked(key, it, cancellation)
        : null;

    /// <summary>All whose keys begin so, wherever they go on. What nobody is at any more is taken up.</summary>
    public async Task<IReadOnlyList<T>> Range(string prefix, CancellationToken cancellation = default)
    {
        var found = new List<T>();
        foreach (var (key, it) in await records.Range(prefix, cancellation))
            found.Add(here.GetValueOrDefault(key) is { Now: var run } ? run : await Looked(key, it, cancellation));
        return found;
    }

    /// <summary>Takes up what nobody is at any more, and forgets what has been told for long enough.</summary>
    public async Task TakeUp(CancellationToken cancellation = default)
    {
        if (KeptRunRecords<T>.Now is var now && now - swept > everyDay)
        {
            await records.Sweep(cancellation);
            swept = now;
        }
        await Range("", cancellation);
    }

    /// <summary>Asks work to stop, wherever it goes on. What came of it is found a little later.</summary>
    public async Task Stop(string key, CancellationToken cancellation = default)
    {
        if (here.GetValueOrDefault(key) is { } running)
        {
            running.Stop();
            await Task.WhenAny(running.Work, Task.Delay(patience, cancellation));
            return;
        }
        while (await records.Find(key, cancellation) is { Run.IsOver: false, IsStopped: false } it)
            if (await records.Put(key, it with { IsStopped = true }, it.ETag, cancellation) is not null)
                return;
    }

    /// <summary>Leaves all work to whoever takes it up, and waits until it is left; again changes nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        await leaving.CancelAsync();
        await Task.WhenAll(here.Values.Select(it => it.Work));
        leaving.Dispose();
    }

    Instant Until => KeptRunRecords<T>.Now + Held;

    async Task<T> Looked(string key, KeptRun<T> it, CancellationToken cancellation)
    {
        if (it.Run.IsOver || KeptRunRecords<T>.Now < it.HeldUntil || disposed)
            return it.Run;
        if (it.IsHopeless)
        {
            var ended = it with { Run = broken(it.Run) };
            await records.Put(key, ended, it.ETag, cancellation);
            return ended.Run;
        }
        if (!Reserve(it.Run))
            return it.Run;
        string? etag = null;
        var taken = it with { Taken = it.Taken + 1, HeldUntil = Until };
        try
        {
            etag = await records.Put(key, taken, it.ETag, cancellation);
        }
        finally
        {
            // Somebody else was sooner.
            if (etag is null)
                Release(it.Run);
        }
        if (etag is not null)
            Begin(key, taken with { ETag = etag });
        return it.Run;
    }

    void Begin(string key, KeptRun<T> it)
    {
        var running = new RunningHere<T>(it.Run, leaving.Token);
        if (it.IsStopped)
            running.Stop();
        here[key] = running;
        running.Work = Task.Run(() => Go(key, running, it));
    }

    async Task Go(string key, RunningHere<T> running, KeptRun<T> it)
    {
        try
        {
            var going = Task.Run(() => work(running));
            while (await Task.WhenAny(going, Task.Delay(Between)) != going)
                it = await Hold(key, running, it);
            await going.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!running.Now.IsOver && !leaving.IsCancellationRequested)
                running.Tell(broken);
            await Ended(key, running, it);
        }
        finally
        {
            here.TryRemove(new(key, running));
            running.Dispose();
            Release(it.Run);
        }
    }

    // Says how far it is. What has changed meanwhile is somebody's wish to stop it, or another process that has taken it up.
    async Task<KeptRun<T>> Hold(string key, RunningHere<T> running, KeptRun<T> it)
    {
        try
        {
            it = it with { Run = running.Now, HeldUntil = Until };
            if (await records.Put(key, it, it.ETag) is { } written)
                return it with { ETag = written };
            var found = await records.Find(key);
            if (found?.IsStopped == true)
                running.Stop();
            return it with { ETag = found?.ETag, IsStopped = it.IsStopped || found?.IsStopped == true };
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
        {
            return it;
        }
    }

    // What came of it must be known, however long its store is away: until this process ends.
    async Task Ended(string key, RunningHere<T> running, KeptRun<T> it)
    {
        it = it with { Run = running.Now, HeldUntil = KeptRunRecords<T>.Now, Taken = running.Now.IsOver ? it.Taken : it.Taken - 1 };
        while (true)
            try
            {
                // What another process has come to meanwhile is not undone by leaving.
                await records.Put(key, it, running.Now.IsOver ? null : it.ETag);
                return;
            }
            catch (Exception e) when (e is StoreUnavailableException or StoreBusyException)
            {
                if (leaving.IsCancellationRequested)
                    return;
                await Task.WhenAny(Task.Delay(Between, leaving.Token));
            }
    }

    bool Reserve(T run)
    {
        if (Interlocked.Add(ref waiting, run.Parts) <= most)
            return true;
        Release(run);
        return false;
    }

    void Release(T run) => Interlocked.Add(ref waiting, -run.Parts);
}
