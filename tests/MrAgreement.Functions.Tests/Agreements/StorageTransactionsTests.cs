using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Tests.Doubles;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Web.Grants;
using MrAgreement.Web.Packaging;
using MrAgreement.Web.People;
using MrAgreement.Web.Service;

namespace MrAgreement.Functions.Tests.Agreements;

/// <summary>What an agreement's life asks of the tables, counted at a proxy: each request is paid for (infra/cost.md).</summary>
public sealed class StorageTransactionsTests(Azurite azurite) : IAsyncLifetime
{
    static readonly Instant signed = Some.Utc("2014-06-13T10:00:00Z");
    static readonly AgreementId id = Some.AgreementId();

    readonly AccountInUse account = new(azurite);
    readonly Engine engine = new(signed.ToDateTimeUtc());
    AzureStores people = null!;
    KeptOverviews overviews = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await account.Open();
        people = await account.Another();
        overviews = new(account.Stores.ReadModels, new(account.Stores.Events, Guid.CreateVersion7), (_, e) => throw e);
        var advance = new AgreementAdvance(new(account.Stores.Events), overviews, new EngineClock(engine));
        engine.Orchestrator(AgreementLife.Name, AgreementLife.Run).Activity<string, Sleep>(AgreementAdvance.Name, poke => advance.Run(poke, engine, default));
        engine.Orchestrator(Waking.Name, Waking.Run).Activity<IReadOnlyList<Guid>, int>(WakeSome.Name, some => new WakeSome(NullLogger<WakeSome>.Instance).Run(some, engine, default));
        await Do(id, new CreateAgreement(Some.Terms2014));
        await Do(id, Some.Signature("2014-06-13"));
    }

    public ValueTask DisposeAsync() => account.DisposeAsync();

    [Fact]
    public async Task The_look_after_a_command_takes_five_and_one_for_nothing_takes_two()
    {
        account.Tables.Passed();

        // The log; whether its rows are behind, the feed as it stands, the row written, the mark removed.
        await Hear();
        Assert.Equal(5, account.Tables.Passed().Count);
        Assert.Empty(await people.ReadModels.Behind(Cancellation));

        await Hear();
        Assert.Equal(2, account.Tables.Passed().Count);
    }

    [Fact]
    public async Task Each_wake_up_that_reminds_takes_two_however_many_reminders_it_sends()
    {
        await Hear();
        var (sent, looks) = (await Reminders(), engine.Begun.Count);
        account.Tables.Passed();

        await engine.RunUntil(engine.Now.AddYears(3));

        looks = engine.Begun.Count - looks;
        // Those of one morning go together.
        Assert.Equal((52, 95), (looks, await Reminders() - sent));
        Assert.Equal(2 * looks, account.Tables.Passed().Count);
        Assert.Empty(await people.ReadModels.Behind(Cancellation));
    }

    [Fact]
    public async Task A_sleeping_agreement_takes_nothing_and_the_nightly_round_the_same_for_many_as_for_one()
    {
        await Hear();
        // By then all has been said.
        await engine.RunUntil(engine.Now.AddYears(5));
        account.Tables.Passed();

        await engine.RunUntil(engine.Now.AddYears(1));
        Assert.Empty(account.Tables.Passed());

        // A process that has shown nobody a list yet follows them once, to find rows that an older program has written.
        Assert.Equal(5, await Night());
        for (var more = 2; more <= 20; more++)
        {
            await Do(Some.AgreementId(more), new CreateAgreement(Some.Terms2014));
            await Do(Some.AgreementId(more), Some.Signature("2014-06-13"));
            await Hear(Some.AgreementId(more));
        }
        // Late by now, all of them look once.
        await Night();
        Assert.Equal(4, await Night());
    }

    [Fact]
    public async Task A_package_takes_eleven_of_the_tables_and_of_the_blobs_the_checkpoint_s_and_the_shelf_s_list_each_document_and_itself()
    {
        var file = await people.Documents.Put(new MemoryStream("Rapporten"u8.ToArray()), 100, Cancellation);
        await Do(id, Some.Document(1) with { File = new("rapport.pdf", "application/pdf", file.Address, file.Size) });
        var dossiers = new Dossiers(account.Stores.Events, Guid.CreateVersion7);
        using var checkpoints = new Checkpoints(account.Stores.Events, account.Stores.Checkpoints, account.Stores.Kept, Guid.CreateVersion7, () => default);
        var maker = new PackageMaker(dossiers, checkpoints, new(account.Stores.Events, checkpoints, new DemoPeople(), RequisitionTemplates.In()), account.Stores.Documents, new(account.Stores.Packages),
            new(account.Stores.Events, dossiers, account.Stores.Documents, new(false), NullLogger<LostBytes>.Instance));
        account.Tables.Passed();
        account.Blobs.Passed();

        Assert.Null(await maker.Make(new(id, Some.Id(100), "RK"), new(Some.Officer, signed), Cancellation));

        // The log; for the checkpoint the two lists of logs, what is known to be wrong with any, each log's head, what the last one was (also as it was kept formerly), and that this is; the log's news; all of it once more, for its rows; the append.
        Assert.Equal(11, account.Tables.Passed().Count);
        // Whether there is another checkpoint, for making one, for its proof and for what is wrong with the log, and once which there are.
        Assert.Equal(["GET archive-packages", "GET checkpoints", "GET checkpoints", "GET checkpoints", "GET checkpoints", "GET documents", "PUT archive-packages", "PUT checkpoints"], account.Blobs.Passed().Select(ContainerOf).Order());
    }

    static string ContainerOf(string request) => $"{request.Split(' ')[0]} {request.Split('/', '?')[2]}";

    async Task<int> Night()
    {
        account.Tables.Passed();
        await new NightlyRound(account.Stores.Events, overviews, new EngineClock(engine), NullLogger<NightlyRound>.Instance).Run(new(), engine, Cancellation);
        var asked = account.Tables.Passed().Count;
        await engine.Run();
        return asked;
    }

    async Task Hear(AgreementId? agreement = null)
    {
        await new Pokes(NullLogger<Pokes>.Instance).Hear((agreement ?? id).ToString(), engine, Cancellation);
        await engine.Run();
    }

    async Task<int> Reminders() => (await people.Events.ReadSince(id, 0, Cancellation)).Count(row => row.Type == "reminder-sent");

    async Task Do(AgreementId agreement, Command command) =>
        Assert.Null((await new Dossiers(people.Events, Guid.CreateVersion7).Execute(agreement, command, new(Some.Officer, signed), cancellation: Cancellation)).Refused);
}
