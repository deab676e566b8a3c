using System.Collections.Concurrent;
using MrAgreement.Agreements;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

/// <summary>The portfolio, the due index and what waits for whom, as the logs stand:
/// written some time after the commands, and always before anybody is answered.</summary>
/// <param name="failed">Told once of an agreement whose log can't be
/// projected; its rows stay as they are, and it holds up nobody else.</param>
/// <param name="damaged">Told of rows of the lists that nobody can read; says whether to make all of them anew. Null for never.</param>
public sealed class KeptOverviews(IReadModels models, Dossiers dossiers, Action<AgreementId, Exception> failed,
    Func<Exception, bool>? damaged = null)
{
    // More would be much to hold at once; what commands wait behind is the store's matter.
    const int WrittenAtOnce = 50;

    readonly ConcurrentDictionary<AgreementId, bool> broken = new();
    readonly Lock turn = new();
    Task running = Task.CompletedTask;
    volatile bool renewed;
    Task? next;

    /// <summary>The lists as they stand, for whoever asks for several of them.</summary>
    public async Task<ILists> Now(CancellationToken cancellation = default)
    {
        await CatchUp(cancellation);
        return new CheckedLists(await models.Latest(cancellation), Anew);
    }

    async Task<ILists?> Anew(Exception why, CancellationToken cancellation)
    {
        if (damaged?.Invoke(why) != true)
            return null;
        Renew();
        await CatchUp(cancellation);
        return await models.Latest(cancellation);
    }

    public async Task<RowPage<PortfolioItem>> Portfolio(PortfolioQuery query, CancellationToken cancellation = default) =>
        await (await Now(cancellation)).Portfolio(query, cancellation);

    public async Task<RowPage<DueRow>> Deadlines(DeadlineQuery query, CancellationToken cancellation = default) =>
        await (await Now(cancellation)).Deadlines(query, cancellation);

    public async Task<IReadOnlyList<WorkItem>> WorkItems(WorkItemQuery query, CancellationToken cancellation = default) =>
        await (await Now(cancellation)).WorkItems(query, cancellation);

    public async Task<MoneyList> Money(MoneyQuery query, CancellationToken cancellation = default) =>
        await (await Now(cancellation)).Money(query, cancellation);

    public async Task<AppropriationList> Appropriations(AppropriationQuery query, CancellationToken cancellation = default) =>
        await (await Now(cancellation)).Appropriations(query, cancellation);

    public async Task<RowPage<PublishedRow>> Published(PublishedQuery query, CancellationToken cancellation = default) =>
        await (await Now(cancellation)).Published(query, cancellation);

    public async Task<IReadOnlyList<SearchGroup>> Search(SearchQuery query, CancellationToken cancellation = default)
    {
        await CatchUp(cancellation);
        return await models.Search(query, cancellation);
    }

    /// <summary>Writes the rows of every agreement whose log has moved; once it is
    /// done they show whatever was acknowledged before it was asked for.</summary>
    /// <exception cref="StoreBusyException">Too much is waiting to be written.</exception>
    /// <exception cref="StoreUnavailableException">The store could not read or write.</exception>
    public Task CatchUp(CancellationToken cancellation = default)
    {
        // A pass under way may have looked too early for this caller; all who come during it share the one that follows.
        lock (turn)
            return (next ??= Following(running)).WaitAsync(cancellation);
    }

    /// <summary>Writes the rows of one agreement, if they are behind, as somebody
    /// has just read it; what else has moved is not asked for.</summary>
    /// <exception cref="StoreBusyException">Too much is waiting to be written.</exception>
    /// <exception cref="StoreUnavailableException">The store could not read or write.</exception>
    public async Task Show(Dossier dossier, CancellationToken cancellation = default)
    {
        if (!broken.ContainsKey(dossier.Id) && await models.IsBehind(dossier.Id, cancellation) && Projected(dossier) is { } rows)
            await models.Write([rows], cancellation);
    }

    /// <summary>Has every agreement shown anew, before anybody is answered: its
    /// store was set back, and what is shown may be of what is gone.</summary>
    public void Renew() => renewed = true;

    /// <summary>Projects every log anew, and answers how many there are. It removes nothing but rows of lists.</summary>
    /// <exception cref="UnreadableLogException">The read models are as they were.</exception>
    public static async Task<int> Rebuild(IReadModels models, IEventStore logs, CancellationToken cancellation = default)
    {
        var agreements = 0;
        // Every log is read before anything is forgotten.
        await foreach (var id in logs.ListAgreements(cancellation))
        {
            try
            {
                Projection.Of(new Dossier(id).With(await logs.ReadSince(id, 0, cancellation)));
            }
            catch (Exception e) when (e is not (UnknownEventException or StoreUnavailableException or StoreBusyException
                or OperationCanceledException))
            {
                throw new UnreadableLogException(id, e);
            }
            agreements++;
        }
        await models.Clear(cancellation);
        // Nothing is appended: no append needs an id.
        var dossiers = new Dossiers(logs, () => throw new System.Diagnostics.UnreachableException());
        await new KeptOverviews(models, dossiers, (id, e) => throw new UnreadableLogException(id, e)).CatchUp(cancellation);
        return agreements;
    }

    async Task Following(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (turn)
            (running, next) = (next!, null);
        if (renewed)
        {
            renewed = false;
            try
            {
                await models.Clear();
            }
            catch
            {
                renewed = true;
                throw;
            }
        }
        foreach (var moved in (await models.Behind()).Where(id => !broken.ContainsKey(id)).Chunk(WrittenAtOnce))
        {
            var rows = new List<AgreementRows>(moved.Length);
            foreach (var id in moved)
                if (await Read(id) is { } dossier && Projected(dossier) is { } projected)
                    rows.Add(projected);
            if (rows.Count > 0)
                await models.Write(rows);
        }
    }

    async Task<Dossier?> Read(AgreementId id)
    {
        try
        {
            return await dossiers.Read(id);
        }
        catch (Exception e) when (e is not (StoreBusyException or StoreUnavailableException))
        {
            Broke(id, e);
            return null;
        }
    }

    AgreementRows? Projected(Dossier dossier)
    {
        try
        {
            return Projection.Of(dossier);
        }
        catch (Exception e)
        {
            Broke(dossier.Id, e);
            return null;
        }
    }

    void Broke(AgreementId id, Exception e)
    {
        if (broken.TryAdd(id, true))
            failed(id, e);
    }
}

/// <summary>A log from which nothing can be projected.</summary>
public sealed class UnreadableLogException(AgreementId agreement, Exception why)
    : Exception($"The log of the agreement {agreement} can't be read ({why.Message}); put the database back from a backup.", why)
{
    /// <summary>Whether reading an agreement failed on its log, and not on the store.</summary>
    public static bool Is(Exception e) =>
        e is UnknownEventException or UnreadableLogException or InvalidDataException || UnreadableRowException.Is(e);
}
