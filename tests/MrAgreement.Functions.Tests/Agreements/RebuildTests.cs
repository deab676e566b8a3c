using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Functions.Tests.Agreements;

/// <summary>The read models made anew, whichever host's stores they are in.</summary>
public sealed class RebuildTests : IDisposable
{
    static readonly Occasion signed = new(Some.Officer, Some.Utc("2014-06-13T10:00:00Z"));

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly SqliteEventStore store;
    readonly SqliteReadModels models;

    public RebuildTests()
    {
        database = SqliteDatabase.Open(folder["data"]);
        (store, models) = (new(database), new(database));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_log_is_shown_again()
    {
        await Two();
        await models.Clear(Cancellation);
        Assert.Equal(0, await Shown());

        Assert.Equal(2, await KeptOverviews.Rebuild(models, store, Cancellation));

        Assert.Equal(2, await Shown());
    }

    [Fact]
    public async Task A_log_that_can_not_be_read_is_named_and_leaves_what_is_shown_as_it_is()
    {
        await Two();
        await KeptOverviews.Rebuild(models, store, Cancellation);
        var broken = Some.AgreementId(3);
        await store.Append(new(Some.Id(9), broken, 0,
            [HashChain.Next(HashChain.Start(broken), 1, signed.Now, Some.Officer.Id, "agreement-created", "{}"u8.ToArray())], null), Cancellation);

        var e = await Assert.ThrowsAsync<UnreadableLogException>(() => KeptOverviews.Rebuild(models, store, Cancellation));

        Assert.StartsWith($"The log of the agreement {broken} can't be read (", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, await Shown());
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    async Task Two()
    {
        var dossiers = new Dossiers(store, Guid.CreateVersion7);
        foreach (var n in new[] { 1, 2 })
        {
            await dossiers.Execute(Some.AgreementId(n), new CreateAgreement(Some.Terms2014), signed, cancellation: Cancellation);
            await dossiers.Execute(Some.AgreementId(n), Some.Signature("2014-06-13"), signed, cancellation: Cancellation);
        }
    }

    async Task<int> Shown() =>
        (await models.Portfolio(new(new LocalDate(2014, 7, 1), null, true, null, null, null, 1, 10), Cancellation)).Total;
}
