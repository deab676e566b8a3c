using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Tests.Doubles;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Agreements;

namespace MrAgreement.Functions.Tests.Agreements;

/// <summary>The 2014 agreement over its three years: the real rules and a real store, woken by the engine's timers alone.</summary>
public sealed class ThreeYearsTests : IDisposable
{
    static readonly Instant signed = Some.Utc("2014-06-13T10:00:00Z");
    static readonly AgreementId id = Some.AgreementId();

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly SqliteEventStore store;
    readonly SqliteReadModels models;
    readonly Dossiers people;
    readonly KeptOverviews overviews;
    readonly Engine engine = new(signed.ToDateTimeUtc());

    public ThreeYearsTests()
    {
        database = SqliteDatabase.Open(folder["data"]);
        (store, models) = (new(database), new(database));
        people = new(store, Guid.CreateVersion7);
        overviews = new(models, people, (_, e) => throw e);
        var advance = new AgreementAdvance(new(store), overviews, new EngineClock(engine));
        engine.Orchestrator(AgreementLife.Name, AgreementLife.Run).Activity<string, Sleep>(AgreementAdvance.Name, agreement => advance.Run(agreement, engine, default));
        engine.Orchestrator(Waking.Name, Waking.Run).Activity<IReadOnlyList<Guid>, int>(WakeSome.Name, some => new WakeSome(NullLogger<WakeSome>.Instance).Run(some, engine, default));
    }

    [Fact]
    public async Task Every_reminder_is_sent_at_its_own_hour_and_once()
    {
        await Sign();
        await Hear();

        await engine.RunUntil(signed.Plus(Duration.FromDays(3 * 366)).ToDateTimeUtc());

        var log = await store.ReadSince(id, 0, TestContext.Current.CancellationToken);
        var reminders = log.Select(row => (row.At, Event: EventJson.Read(row.Type, row.Data!))).Where(row => row.Event is ReminderSent).ToList();
        var expected = await Local();
        Assert.NotEmpty(reminders);
        Assert.Equal(expected, reminders.Select(r => Written((ReminderSent)r.Event)).ToList());
        Assert.All(reminders, r => Assert.True(r.At - Instant.Max(((ReminderSent)r.Event).PlannedFor, signed) <= Duration.FromSeconds(10), $"{r.Event} was sent at {r.At}."));
        Assert.True(engine.Replays > reminders.Count, "Every wake-up is a turn.");
    }

    [Fact]
    public async Task A_draft_sleeps_until_somebody_signs_it()
    {
        await Do(Some.Officer, new CreateAgreement(Some.Terms2014));
        await Hear();
        Assert.Equal(new Sleep("draft", null, false), engine[id.ToString()].CustomStatus<Sleep>());

        await Do(Some.Officer, Some.Signature("2014-06-13"));
        await Hear();

        Assert.NotNull(engine[id.ToString()].CustomStatus<Sleep>()!.Until);
    }

    [Fact]
    public async Task It_tells_what_it_sleeps_for()
    {
        await Sign();
        await Hear();
        await engine.RunUntil(Some.Utc("2015-01-18T12:00:00Z").ToDateTimeUtc());

        var sleep = engine[id.ToString()].CustomStatus<Sleep>()!;
        Assert.Equal(Some.Utc("2015-01-25T07:00:00Z").ToDateTimeUtc(), sleep.Until);
        Assert.Equal([new SleptFor("reminder", "2015-02-01", "mapping-report", -7, null)], sleep.For);
    }

    [Fact]
    public async Task When_it_was_last_looked_at_and_whether_it_will_be_again_is_known_from_its_instance()
    {
        var http = new DefaultHttpContext();
        http.Features.Set<DurableTaskClient>(engine);
        var looks = new DurableLooks(new HttpContextAccessor { HttpContext = http }, NullLogger<DurableLooks>.Instance);
        async Task<Look?> Last() => await looks.Last((await people.Read(id, TestContext.Current.CancellationToken))!);
        await Sign();
        Assert.Null(await Last());

        await Hear();
        Assert.Equal(new Look(signed, false), await Last());
        await engine.RunUntil(signed.Plus(Duration.FromHours(1)).ToDateTimeUtc());
        Assert.Null((await people.Execute(id, new WaiveObligation("dissemination", "Behövs inte", "A1"), new(Some.Officer, signed.Plus(Duration.FromHours(1))), cancellation: TestContext.Current.CancellationToken)).Refused);
        Assert.Equal(new Look(signed, true), await Last());
        await Hear();
        Assert.Equal(new Look(signed.Plus(Duration.FromHours(1)), false), await Last());
    }

    [Fact]
    public async Task A_poke_for_what_never_came_to_be_ends_at_once()
    {
        await Hear();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, engine[id.ToString()].Status);
        Assert.Empty(await store.ReadSince(id, 0, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_clawback_after_the_closing_begins_its_life_anew_until_it_is_closed_again()
    {
        await Sign();
        await Do(Some.Payer, Some.Payment("1000", "2014-06-13"));
        await Do(Some.Finance, Some.Adjustment(AdjustmentKind.Correction, "1000"));
        await Do(Some.Approver, new AttestAdjustment(1));
        foreach (var instalment in new[] { "2015", "2016" })
            await Do(Some.Officer, new LapseInstalment(instalment, "Inga medel"));
        foreach (var left in (await people.Read(id, TestContext.Current.CancellationToken))!.Agreement.InOrder.Where(o => !o.IsSettled))
            await Do(Some.Officer, new WaiveObligation(left.Key, "Avslutas", "A1"));
        await Do(Some.Officer, new CloseAgreement());
        await Hear();
        Assert.Equal((OrchestrationRuntimeStatus.Completed, "closed"), (engine[id.ToString()].Status, engine[id.ToString()].CustomStatus<Sleep>()!.State));

        await Do(Some.Officer, new DisallowCosts(Some.Kr("100"), Some.Day("2014-06-13"), "B1", "Privat", Some.Day("2014-09-30"), null));
        await Hear();
        Assert.Equal(("active", Some.Utc("2014-07-02T06:00:00Z").ToDateTimeUtc()), (engine[id.ToString()].CustomStatus<Sleep>()!.State, engine[id.ToString()].CustomStatus<Sleep>()!.Until));
    }

    [Fact]
    public async Task The_overviews_follow_without_anybody_asking()
    {
        await Sign();
        await Hear();

        Assert.Empty(await models.Behind(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_nightly_round_begins_what_is_missing_wakes_what_is_late_and_leaves_the_rest()
    {
        await Sign();
        var round = new NightlyRound(store, overviews, new EngineClock(engine), NullLogger<NightlyRound>.Instance);

        await round.Run(new(), engine, TestContext.Current.CancellationToken);
        await engine.Run();
        Assert.Equal(["wake-some", "advance"], engine.Begun.Select(begun => begun.Split(' ')[0]));
        Assert.Empty(await models.Behind(TestContext.Current.CancellationToken));

        // Alive and in time: nobody disturbs it.
        await round.Run(new(), engine, TestContext.Current.CancellationToken);
        await engine.Run();
        Assert.Equal(2, engine.Begun.Count);
    }

    [Fact]
    public async Task The_nightly_round_wakes_one_that_was_never_told()
    {
        await Do(Some.Officer, new CreateAgreement(Some.Terms2014));
        await Hear();
        await Do(Some.Officer, Some.Signature("2014-06-13"));
        var round = new NightlyRound(store, overviews, new EngineClock(engine), NullLogger<NightlyRound>.Instance);
        await engine.RunUntil(engine.Now.AddYears(1));

        await round.Run(new(), engine, TestContext.Current.CancellationToken);
        await engine.Run();

        Assert.NotNull(engine[id.ToString()].CustomStatus<Sleep>()!.Until);
        Assert.Contains(await store.ReadSince(id, 0, TestContext.Current.CancellationToken), row => EventJson.Read(row.Type, row.Data!) is ReminderSent);
    }

    [Fact]
    public async Task What_is_over_is_cleared_away_after_a_month()
    {
        await Hear();
        var round = new NightlyRound(store, overviews, new EngineClock(engine), NullLogger<NightlyRound>.Instance);

        await engine.RunUntil(engine.Now.AddDays(29));
        await round.Run(new(), engine, TestContext.Current.CancellationToken);
        Assert.NotNull(await engine.GetInstanceAsync(id.ToString(), TestContext.Current.CancellationToken));
        await engine.RunUntil(engine.Now.AddDays(2));
        await round.Run(new(), engine, TestContext.Current.CancellationToken);

        Assert.Null(await engine.GetInstanceAsync(id.ToString(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_trace_of_a_command_goes_on_where_its_poke_leads()
    {
        using var heard = new Heard();
        await Sign();
        const string first = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", second = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        // Begun by a poke, changed by another, and then by its own timer.
        await Hear(new Poke(id, first).ToString());
        await Hear(new Poke(id, second).ToString());
        await engine.RunUntil(engine[id.ToString()].CustomStatus<Sleep>()!.Until!.Value);

        var spans = heard.Spans.ToList();
        var looks = spans.Where(s => s.OperationName == "Advance").ToList();
        Assert.Equal([first, second], spans.Where(s => s.OperationName == "Poke").Select(s => s.ParentId));
        Assert.Equal(["0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736"], looks.Take(2).Select(s => s.TraceId.ToString()));
        Assert.True(looks.Count > 2);
        Assert.All(looks.Skip(2), s => Assert.Null(s.ParentId));
    }

    [Fact]
    public async Task A_poke_that_is_an_id_alone_is_heard_as_before()
    {
        using var heard = new Heard();
        await Sign();

        await Hear();

        Assert.Null(Assert.Single(heard.Spans, s => s.OperationName == "Advance").ParentId);
        Assert.DoesNotContain(heard.Spans, s => s.OperationName == "Poke");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an agreement")]
    public async Task A_poke_that_names_no_agreement_is_left_aside(string poke)
    {
        await new Pokes(NullLogger<Pokes>.Instance).Hear(poke, engine, TestContext.Current.CancellationToken);
        await engine.Run();

        Assert.Empty(engine.Begun);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    async Task Hear(string? poke = null)
    {
        await new Pokes(NullLogger<Pokes>.Instance).Hear(poke ?? id.ToString(), engine, default);
        await engine.Run();
    }

    async Task Sign()
    {
        await Do(Some.Officer, new CreateAgreement(Some.Terms2014));
        await Do(Some.Officer, Some.Signature("2014-06-13"));
    }

    async Task Do(Actor by, Command command) =>
        Assert.Null((await people.Execute(id, command, new(by, Instant.FromDateTimeUtc(engine.Now)))).Refused);

    // The same three years by the clockwork of the local host.
    static async Task<List<string>> Local()
    {
        using var folder = new TemporaryFolder();
        using var database = SqliteDatabase.Open(folder["data"]);
        var store = new SqliteEventStore(database);
        var dossiers = new Dossiers(store, Guid.CreateVersion7);
        await dossiers.Execute(id, new CreateAgreement(Some.Terms2014), new(Some.Officer, signed));
        await dossiers.Execute(id, Some.Signature("2014-06-13"), new(Some.Officer, signed));
        var (clockwork, end) = (new Clockwork(store, dossiers), signed + Duration.FromDays(3 * 366));
        while (await clockwork.Soonest(end, []) is { } wakeUp)
            await dossiers.Advance(id, Instant.Max(wakeUp.At, signed));
        return [.. (await store.ReadSince(id, 0)).Select(row => EventJson.Read(row.Type, row.Data!)).OfType<ReminderSent>().Select(Written)];
    }

    static string Written(ReminderSent it) => System.Text.Encoding.UTF8.GetString(EventJson.Write(it));
}

/// <summary>The engine's clock, for the rules.</summary>
sealed class EngineClock(Engine engine) : IClock
{
    public Instant GetCurrentInstant() => Instant.FromDateTimeUtc(engine.Now);
}
