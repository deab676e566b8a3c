using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>A hub whose tables were deleted under it, on the durable backend that the app has in Azure.</summary>
public sealed class DeletedHubTests(Azurite azurite) : IClock
{
    static readonly Instant signed = Some.Utc("2014-06-13T10:00:00Z");

    readonly AgreementId[] all = [.. Enumerable.Range(1, 3).Select(Some.AgreementId)];
    Instant now = signed;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Instant GetCurrentInstant() => now;

    [Fact(Timeout = 300_000)]
    public async Task The_next_start_makes_it_anew_and_the_nightly_round_begins_every_life_that_is_missing()
    {
        var account = azurite.FreshAccount();
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(account, () => throw new InvalidOperationException("The key is enough.")), folder.Path, cancellation: Cancellation);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        foreach (var id in all)
            foreach (var command in (Command[])[new CreateAgreement(Some.Terms2014), Some.Signature("2014-06-13")])
                Assert.Null((await dossiers.Execute(id, command, new(Some.Officer, signed), cancellation: Cancellation)).Refused);
        var hub = new TableServiceClient(account);

        await using (var engine = await Start(account, stores))
        {
            foreach (var id in all)
                await new Pokes(NullLogger<Pokes>.Instance).Hear($"{id}", engine.Client, Cancellation);
            await AllAsleep(engine.Client);
            foreach (var table in await Tables(hub))
                await hub.DeleteTableAsync(table, Cancellation);
        }
        Assert.Empty(await Tables(hub));

        now = (await stores.Events.DueWakeUps(Instant.MaxValue, 1, Cancellation)).Single().At;
        await using (var engine = await Start(account, stores))
        {
            Assert.Null(await engine.Client.GetInstanceAsync($"{all[0]}", Cancellation));
            await new NightlyRound(stores.Events, Overviews(stores), this, NullLogger<NightlyRound>.Instance).Run(new(), engine.Client, Cancellation);
            await AllAsleep(engine.Client);
        }

        foreach (var id in all)
            Assert.Equal("first-payment-requisition", Assert.Single(await Reminders(stores, id)).Obligation);
    }

    // As the app has them, but that only what it is told wakes an agreement: no test waits for months.
    async Task<RealEngine> Start(string account, AzureStores stores)
    {
        var (engine, advance) = ((RealEngine?)null, new AgreementAdvance(new(stores.Events), Overviews(stores), this));
        return engine = await RealEngine.OnAccount(account, tasks => tasks
            .AddOrchestratorFunc<string?>(AgreementLife.Name, (context, _) => AgreementLife.Run(context))
            .AddActivityFunc<string, Sleep>(AgreementAdvance.Name, async (_, poke) => await advance.Run(poke, default) with { Until = null })
            .AddOrchestratorFunc<IReadOnlyList<Guid>, int>(Waking.Name, (context, _) => Waking.Run(context))
            .AddActivityFunc<IReadOnlyList<Guid>, int>(WakeSome.Name, (_, some) => new WakeSome(NullLogger<WakeSome>.Instance).Run(some, engine!.Client, default)));
    }

    static KeptOverviews Overviews(AzureStores stores) => new(stores.ReadModels, new(stores.Events, Guid.CreateVersion7), (_, e) => throw e);

    static async Task<IReadOnlyList<string>> Tables(TableServiceClient account) =>
        [.. (await account.QueryAsync(cancellationToken: Cancellation).ToListAsync(Cancellation)).Select(table => table.Name).Where(name => name.StartsWith("MrAgreement", StringComparison.Ordinal))];

    async Task AllAsleep(DurableTaskClient client)
    {
        foreach (var id in all)
            while ((await client.GetInstanceAsync($"{id}", getInputsAndOutputs: true, Cancellation))?.SerializedCustomStatus is null)
                await Task.Delay(50, Cancellation);
    }

    static async Task<IReadOnlyList<ReminderSent>> Reminders(AzureStores stores, AgreementId agreement) =>
        [.. (await stores.Events.ReadSince(agreement, 0, Cancellation)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<ReminderSent>()];
}
