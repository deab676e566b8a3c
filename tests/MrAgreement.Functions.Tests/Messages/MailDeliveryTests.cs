using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Tests.Agreements;
using MrAgreement.Functions.Tests.Doubles;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Running;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Functions.Tests.Messages;

/// <summary>An agreement's mail as an orchestration beside its life: real rules, a real store, an engine whose clock is moved.</summary>
public sealed class MailDeliveryTests
{
    static readonly Instant signed = Some.Utc("2014-06-13T10:00:00Z");
    static readonly AgreementId id = Some.AgreementId();
    static readonly string mail = MailDelivery.Instance(id);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    sealed class Office : IDisposable
    {
        readonly TemporaryFolder folder = new();
        readonly SqliteDatabase database;
        readonly NightlyRound night;

        public Office(Func<string, Task>? step = null)
        {
            database = SqliteDatabase.Open(folder["data"]);
            (Store, Clock) = (new(database), new EngineClock(Engine));
            People = new(Store, Guid.CreateVersion7);
            var post = new SteppedPost(Server, new SqliteKeptRecords(database), step ?? (_ => Task.CompletedTask));
            Postman = new(Store, new Dossiers(Store, Guid.CreateVersion7), post, post, new SomebodyInEach(), SomebodyInEach.Write, SomebodyInEach.Together, Clock);
            var overviews = new KeptOverviews(new SqliteReadModels(database), People, (_, e) => throw e);
            var advance = new AgreementAdvance(new(Store), overviews, Clock, new(Postman, Clock, NullLogger<MailRounds>.Instance));
            night = new(Store, overviews, Clock, NullLogger<NightlyRound>.Instance, Postman);
            Engine.Orchestrator(AgreementLife.Name, AgreementLife.Run).Activity<string, Sleep>(AgreementAdvance.Name, poke => advance.Run(poke, Engine, default))
                .Orchestrator(Waking.Name, Waking.Run).Activity<IReadOnlyList<Guid>, int>(WakeSome.Name, some => new WakeSome(NullLogger<WakeSome>.Instance).Run(some, Engine, default))
                .Orchestrator(MailDelivery.Name, MailDelivery.Run).Activity<string, Round>(DeliverMail.Name, async agreement =>
                {
                    await Delivering();
                    return await new DeliverMail(Clock, Postman).Run(agreement, default);
                });
        }

        public Engine Engine { get; } = new(signed.ToDateTimeUtc());
        public SqliteEventStore Store { get; }
        public Dossiers People { get; }
        public Postman Postman { get; }
        public IClock Clock { get; }
        public Taker Server { get; } = new();

        /// <summary>When a round begins.</summary>
        public Func<Task> Delivering { get; set; } = () => Task.CompletedTask;

        public async Task Sign()
        {
            await Do(Some.Officer, new CreateAgreement(Some.Terms2014));
            await Do(Some.Officer, Some.Signature("2014-06-13"));
        }

        public async Task Do(Parties.Actor by, Command command) =>
            Assert.Null((await People.Execute(id, command, new(by, Clock.GetCurrentInstant()), cancellation: Cancellation)).Refused);

        public async Task Hear()
        {
            await new Pokes(NullLogger<Pokes>.Instance).Hear($"{id}", Engine, Cancellation);
            await Engine.Run();
        }

        public Task Night() => night.Run(new(), Engine, Cancellation);

        public Task Until(string utc) => Engine.RunUntil(Some.Utc(utc).ToDateTimeUtc());

        public async Task AllIsTold()
        {
            var log = await Store.ReadSince(id, 0, Cancellation);
            Assert.NotEmpty(Server.Taken);
            Assert.Equal(SomebodyInEach.Told(id, log).Order(), Server.Taken.Select(it => it.Subject).Distinct().Order());
            Assert.Empty(await Postman.Behind(null, Cancellation));
            var outcomes = log.Select(row => EventJson.Read(row.Type, row.Data!)).OfType<MessageHandedOver>().ToList();
            Assert.Equal(outcomes.Count, outcomes.Select(it => it.ToKey()).Distinct().Count());
        }

        public void Dispose()
        {
            database.Dispose();
            folder.Dispose();
        }
    }

    sealed class Taker : IPostbox
    {
        public List<MailMessage> Taken { get; } = [];
        public Func<Handover> Says { get; set; } = () => new(HandoverOutcome.Taken, "250");

        public string Server => "mail.example.se";

        public Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            var said = Says();
            if (said.Outcome == HandoverOutcome.Taken)
                Taken.Add(mail);
            return Task.FromResult(said);
        }
    }

    sealed class Died : Exception;

    [Fact]
    public async Task What_the_log_gives_to_tell_is_told_within_seconds_of_the_look_and_then_it_ends()
    {
        using var office = new Office();
        await office.Sign();
        await office.Hear();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, office.Engine[mail].Status);
        await office.AllIsTold();

        await office.Until("2015-03-02T12:00:00Z");
        await office.AllIsTold();
        Assert.Equal(office.Server.Taken.Count, office.Server.Taken.Select(it => it.Id).Distinct().Count());
        Assert.Contains(office.Server.Taken, it => it.Subject.Contains("Late", StringComparison.Ordinal));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, office.Engine[mail].Status);
        // Nothing but reminders has come of itself, and what became of the mail wakes nobody.
        Assert.InRange(office.Engine.Begun.Count(it => it.StartsWith(AgreementAdvance.Name, StringComparison.Ordinal)), 2, 60);
    }

    [Fact]
    public async Task A_server_that_puts_off_is_asked_again_and_one_that_runs_is_not_begun_twice()
    {
        using var office = new Office();
        office.Server.Says = () => office.Clock.GetCurrentInstant() < signed + Duration.FromHours(5) ? new(HandoverOutcome.PutOff, "451") : new(HandoverOutcome.Taken, "250");
        await office.Sign();
        await office.Hear();
        Assert.Equal(OrchestrationRuntimeStatus.Running, office.Engine[mail].Status);
        Assert.NotNull(office.Engine[mail].CustomStatus<Round>()!.Until);
        await office.Hear();
        await office.Hear();
        await office.Until("2014-06-14T12:00:00Z");
        await office.AllIsTold();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, office.Engine[mail].Status);
        // Ever more seldom: it is not looked every minute for what takes hours.
        Assert.InRange(office.Engine.Begun.Count(it => it.StartsWith(AgreementAdvance.Name, StringComparison.Ordinal)), 4, 30);
    }

    [Fact]
    public async Task What_comes_while_mail_is_delivered_is_told_by_the_next_round()
    {
        using var office = new Office();
        var rounds = 0;
        office.Delivering = async () =>
        {
            if (++rounds != 1)
                return;
            await office.Postman.Deliver(id, office.Clock.GetCurrentInstant(), Cancellation);
            await office.Do(Some.Officer, new WaiveObligation("dissemination", "Behövs inte", "A1"));
            await office.Engine.RaiseEventAsync(mail, Rounds.Moved, true, Cancellation);
        };
        await office.Sign();
        await office.Hear();
        await office.AllIsTold();
        Assert.Equal(2, rounds);
    }

    [Fact]
    public async Task One_that_ends_before_it_hears_is_begun_by_a_look_that_follows_within_a_minute()
    {
        using var office = new Office();
        office.Server.Says = () => new(HandoverOutcome.Down, "Connection refused");
        await office.Sign();
        await office.Hear();
        office.Server.Says = () => new(HandoverOutcome.Taken, "250");
        await office.Do(Some.Officer, new WaiveObligation("dissemination", "Behövs inte", "A1"));
        // It is there when it is looked for, and over when it is told.
        office.Engine.Shown = () =>
        {
            office.Engine[mail].Terminate();
            office.Engine.Shown = () => Task.CompletedTask;
            return Task.CompletedTask;
        };
        office.Engine.Shown = Twice(office.Engine.Shown);
        await office.Hear();
        Assert.Empty(office.Server.Taken);

        await office.Until("2014-06-13T10:02:00Z");
        await office.AllIsTold();

        // The first question is that of the poke.
        Func<Task> Twice(Func<Task> then)
        {
            var asked = 0;
            return () => ++asked < 2 ? Task.CompletedTask : then();
        }
    }

    [Fact]
    public async Task Broken_off_between_any_two_steps_it_goes_on_and_nobody_is_told_twice_under_two_ids()
    {
        var deaths = 0;
        for (var (step, died) = (1, true); died; step++)
        {
            var (steps, at) = (0, "");
            died = false;
            using var office = new Office(name =>
            {
                if (++steps != step)
                    return Task.CompletedTask;
                (died, at) = (true, name);
                throw new Died();
            });
            await office.Sign();
            await office.Hear();
            await office.Until("2014-06-13T11:00:00Z");
            await office.AllIsTold();
            // Only what the server had taken when nobody could say so any more goes again, as the same mail.
            Assert.InRange(office.Server.Taken.Count - office.Server.Taken.Select(it => it.Id).Distinct().Count(), 0, at == "after handing over" ? 1 : 0);
            deaths += died ? 1 : 0;
        }
        Assert.InRange(deaths, 8, 200);
    }

    [Fact]
    public async Task What_waits_for_somebody_s_morning_sleeps_until_then_and_nobody_looks_for_it_meanwhile()
    {
        using var office = new Office();
        foreach (var person in new[] { "project-lead.SKR", "officer.RK" })
            await office.Postman.Choose(new(person), new(MailTiming.EachMorning), Cancellation);
        await office.Sign();
        await office.Hear();
        // Signed on a Friday.
        Assert.Equal(OrchestrationRuntimeStatus.Running, office.Engine[mail].Status);
        var begun = office.Engine.Begun.Count;
        await office.Night();
        await office.Until("2014-06-16T04:59:00Z");
        Assert.Equal(begun, office.Engine.Begun.Count);
        Assert.DoesNotContain(office.Server.Taken, it => it.To.StartsWith("project-lead.SKR", StringComparison.Ordinal));
        await office.Until("2014-06-16T05:00:30Z");
        Assert.Contains(office.Server.Taken, it => it.To.StartsWith("project-lead.SKR", StringComparison.Ordinal));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, office.Engine[mail].Status);
        Assert.Empty(await office.Postman.Behind(null, Cancellation));
    }

    [Fact]
    public async Task The_nightly_round_mends_what_nobody_told_of_and_begins_with_what_is_there_once()
    {
        using var office = new Office();
        await office.Sign();
        await office.Night();
        await office.Engine.Run();
        Assert.Empty(office.Server.Taken);
        await office.Do(Some.Finance, Some.Requisition("2014", "100", "MR 2014"));
        var told = (await office.Postman.ToldOf(id, Cancellation)).To;
        await office.Night();
        await office.Engine.Run();
        Assert.NotEmpty(office.Server.Taken);
        Assert.All(office.Server.Taken, it => Assert.True(long.Parse(it.Subject.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) > told));
        Assert.Empty(await office.Postman.Behind(null, Cancellation));
    }

    [Fact]
    public async Task Where_mail_is_switched_off_what_waits_ends()
    {
        Assert.Null((await new DeliverMail(SystemClock.Instance).Run($"{id}", Cancellation)).Until);
    }
}
