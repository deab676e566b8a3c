using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>A hub whose tables were deleted under it, on the durable backend that the app has in Azure.</summary>
public sealed class DeletedHubTests(Azurite azurite)
{
    static readonly Instant signed = Some.Utc("2014-06-13T10:00:00Z");
    static readonly AgreementId[] all = [.. Enumerable.Range(1, 3).Select(Some.AgreementId)];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 300_000)]
    public async Task The_next_start_makes_it_anew_and_the_nightly_round_begins_every_life_that_is_missing()
    {
        var account = azurite.FreshAccount();
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(account, () => throw new InvalidOperationException("The key is enough.")), folder["stores"], cancellation: Cancellation);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        foreach (var id in all)
            foreach (var command in (Command[])[new CreateAgreement(Some.Terms2014), Some.Signature("2014-06-13")])
                Assert.Null((await dossiers.Execute(id, command, new(Some.Officer, signed), cancellation: Cancellation)).Refused);
        var (hub, clock) = (new TableServiceClient(account), new MovedClock(folder["clock"]));
        clock.Move(signed, times: 0);

        using (var worker = await DurableWorker.Start(account, folder["clock"]))
        await using (var engine = await RealEngine.OnAccount(account, tasks: null))
        {
            foreach (var id in all)
                await new Pokes(NullLogger<Pokes>.Instance).Hear($"{id}", engine.Client, Cancellation);
            foreach (var id in all)
                while ((await engine.Client.GetInstanceAsync($"{id}", getInputsAndOutputs: true, Cancellation))?.SerializedCustomStatus is null)
                    await Task.Delay(50, Cancellation);
            foreach (var table in await Tables(hub))
                await hub.DeleteTableAsync(table, Cancellation);
            await worker.Kill();
        }
        Assert.Empty(await Tables(hub));

        clock.Move((await stores.Events.DueWakeUps(Instant.MaxValue, 1, Cancellation)).Single().At, times: 0);
        using (await DurableWorker.Start(account, folder["clock"]))
        await using (var engine = await RealEngine.OnAccount(account, tasks: null))
        {
            Assert.Null(await engine.Client.GetInstanceAsync($"{all[0]}", Cancellation));
            var overviews = new KeptOverviews(stores.ReadModels, dossiers, (_, e) => throw e);
            await new NightlyRound(stores.Events, overviews, clock, NullLogger<NightlyRound>.Instance).Run(new(), engine.Client, Cancellation);
            foreach (var id in all)
                while ((await Reminders(stores, id)).Count == 0)
                    await Task.Delay(50, Cancellation);
            // All that is due on that day is in the one look.
            foreach (var id in all)
                Assert.Equal("requisition-2014", Assert.Single(await Reminders(stores, id)).Obligation);
        }
    }

    static async Task<IReadOnlyList<string>> Tables(TableServiceClient account) =>
        [.. (await account.QueryAsync(cancellationToken: Cancellation).ToListAsync(Cancellation)).Select(table => table.Name).Where(name => name.StartsWith("MrAgreement", StringComparison.Ordinal))];

    static async Task<IReadOnlyList<ReminderSent>> Reminders(AzureStores stores, AgreementId agreement) =>
        [.. (await stores.Events.ReadSince(agreement, 0, Cancellation)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<ReminderSent>()];
}
