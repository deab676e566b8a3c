using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Tests.Messages;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>Agreements' lives on the durable backend that the app has in Azure: the official engine over the emulated account, in processes that are killed.</summary>
public sealed class LifeOnTheRealBackendTests(Azurite azurite)
{
    static readonly Instant signed = Some.Utc("2014-06-13T10:00:00Z");
    static readonly Duration threeYears = Duration.FromDays(3 * 366);
    static readonly AgreementId id = Some.AgreementId();

    // What it waits for may never come; then that is told.
    const int Bound = 300_000;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Bound)]
    public async Task Killed_while_a_timer_is_pending_and_while_an_activity_runs_they_go_on_in_two_others_and_each_reminder_is_sent_once()
    {
        var account = azurite.FreshAccount();
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(account, () => throw new InvalidOperationException("The key is enough.")), folder["stores"], cancellation: TestContext.Current.CancellationToken);
        await using var engine = await RealEngine.OnAccount(account, tasks: null);
        var clock = new MovedClock(folder["clock"]);
        await Sign(stores, id);
        var first = Assert.Single(await stores.Events.DueWakeUps(Instant.MaxValue, 1, Cancellation)).At;

        // A poke begins it; it looks, too early for anything, and sleeps.
        clock.Move(first - Duration.FromHours(1), times: 0);
        using (var one = await DurableWorker.Start(account, folder["clock"]))
        {
            await Hear(engine.Client, id);
            var until = await Asleep(engine.Client, id);
            await one.Kill();
            Assert.True(until > DateTime.UtcNow, $"The timer was due at {until:O}, before the process was killed.");
        }
        Assert.Empty(await Reminders(stores, id));

        clock.Move(first, times: 1);
        // The timer fires in another; what the look has appended, the engine does not hear of.
        using (var two = await DurableWorker.Start(account, folder["clock"], holdsAt: 1))
        {
            Assert.Equal("holds", await two.Heard());
            await two.Kill();
        }
        Assert.NotEmpty(await Reminders(stores, id));

        // Two more, with more to do, for three years.
        clock.Move(clock.GetCurrentInstant(), times: threeYears.TotalSeconds / 10);
        using var three = await DurableWorker.Start(account, folder["clock"]);
        using var four = await DurableWorker.Start(account, folder["clock"]);
        AgreementId[] all = [id, .. Enumerable.Range(2, 3).Select(Some.AgreementId)];
        foreach (var other in all.Skip(1))
        {
            await Sign(stores, other);
            await Hear(engine.Client, other);
        }
        var meant = await Meant();
        foreach (var it in all)
            while ((await Reminders(stores, it)).Count < meant.Count)
                await Task.Delay(50, Cancellation);

        foreach (var it in all)
            Assert.Equal(meant, (await Reminders(stores, it)).Order(StringComparer.Ordinal));
        // One of them may have had it all to itself: what is heard now, the other takes up too.
        var heard = Task.WhenAll(three.Heard(), four.Heard());
        while (!heard.IsCompleted)
            foreach (var it in all)
            {
                await Hear(engine.Client, it);
                await Task.Delay(50, Cancellation);
            }
        Assert.All(await heard, it => Assert.Equal("looked", it));
    }

    [Fact(Timeout = Bound)]
    public async Task Killed_before_and_after_a_mail_is_handed_over_and_recorded_others_go_on_and_each_goes_once_under_its_id()
    {
        var account = azurite.FreshAccount();
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(account, () => throw new InvalidOperationException("The key is enough.")), folder["stores"], cancellation: Cancellation);
        await using var engine = await RealEngine.OnAccount(account, tasks: null);
        var clock = new MovedClock(folder["clock"]);
        await Sign(stores, id);
        // Minutes of a claim are seconds, and no reminder is due.
        clock.Move(signed, times: 60);

        foreach (var step in (string[])["before handing over", "after handing over", "after putting mail-cursors"])
        {
            using var worker = await DurableWorker.Start(account, folder["clock"], mail: folder["mail"], holdsBy: step);
            await Hear(engine.Client, id);
            while (await worker.Heard() != "holds") { }
            await worker.Kill();
        }
        using var last = await DurableWorker.Start(account, folder["clock"], mail: folder["mail"]);
        while (await engine.Client.GetInstanceAsync(MailDelivery.Instance(id), Cancellation) is not { IsCompleted: true })
            await Task.Delay(50, Cancellation);

        var log = await stores.Events.ReadSince(id, 0, Cancellation);
        var told = SomebodyInEach.Told(id, log);
        Assert.NotEmpty(told);
        Assert.Equal(told.Count, Directory.GetFiles(folder["mail"], "*.eml").Length);
        Assert.Equal(told.Order(StringComparer.Ordinal), log.Select(row => EventJson.Read(row.Type, row.Data!)).OfType<MessageHandedOver>()
            .Select(it => $"{it.Of} {it.Reason} {it.Party} {it.Role}").Order(StringComparer.Ordinal));
    }

    // Until when it sleeps, with some of that left.
    static async Task<DateTime> Asleep(DurableTaskClient client, AgreementId agreement)
    {
        while (true)
        {
            if (await client.GetInstanceAsync(agreement.ToString(), getInputsAndOutputs: true, Cancellation) is { SerializedCustomStatus: not null } it
                && it.ReadCustomStatusAs<Sleep>()?.Until is { } until && until - DateTime.UtcNow > MovedClock.Standing.ToTimeSpan() / 2)
                return until;
            await Task.Delay(50, Cancellation);
        }
    }

    static Task Hear(DurableTaskClient client, AgreementId agreement) => new Pokes(NullLogger<Pokes>.Instance).Hear(agreement.ToString(), client, Cancellation);

    static async Task Sign(AzureStores stores, AgreementId agreement)
    {
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        foreach (var command in (Command[])[new CreateAgreement(Some.Terms2014), Some.Signature("2014-06-13")])
            Assert.Null((await dossiers.Execute(agreement, command, new(Some.Officer, signed), cancellation: Cancellation)).Refused);
    }

    static Task<IReadOnlyList<string>> Reminders(AzureStores stores, AgreementId agreement) => Reminders(stores.Events, agreement);

    static async Task<IReadOnlyList<string>> Reminders(IEventStore events, AgreementId agreement) => [.. (await events.ReadSince(agreement, 0, Cancellation))
        .Select(row => EventJson.Read(row.Type, row.Data!)).OfType<ReminderSent>().Select(it => System.Text.Encoding.UTF8.GetString(EventJson.Write(it)))];

    // All of it in one go.
    static async Task<IReadOnlyList<string>> Meant()
    {
        using var folder = new TemporaryFolder();
        using var database = SqliteDatabase.Open(folder["data"]);
        var store = new SqliteEventStore(database);
        var dossiers = new Dossiers(store, Guid.CreateVersion7);
        await dossiers.Execute(id, new CreateAgreement(Some.Terms2014), new(Some.Officer, signed), cancellation: Cancellation);
        await dossiers.Execute(id, Some.Signature("2014-06-13"), new(Some.Officer, signed), cancellation: Cancellation);
        // By then all has been said.
        await dossiers.Advance(id, signed + threeYears * 2, Cancellation);
        return [.. (await Reminders(store, id)).Order(StringComparer.Ordinal)];
    }
}
