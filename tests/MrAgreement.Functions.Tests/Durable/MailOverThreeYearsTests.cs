using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Functions.Agreements;
using MrAgreement.Functions.Messages;
using MrAgreement.Functions.Tests.Messages;
using MrAgreement.Mail;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Tests.Messages;
using SmtpServer.Protocol;

namespace MrAgreement.Functions.Tests.Durable;

/// <summary>The 2014 agreement's three years with its mail, on the durable backend that the app has in Azure, while the mail server fails at random. The clock
/// is moved, and each move pokes the agreement; what the mail waits for itself, the clock is moved to.</summary>
public sealed class MailOverThreeYearsTests(Azurite azurite)
{
    static readonly AgreementId id = Some.AgreementId();

    // What it waits for may never come; then that is told.
    const int Bound = 300_000;

    readonly Moved clock = new() { Now = Some.Utc("2014-06-13T10:00:00Z") };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static readonly (string Day, Actor By, Command[] Commands)[] story =
    [
        ("2014-06-13", Some.Officer, [new CreateAgreement(Some.Terms2014), Some.Signature("2014-06-13")]),
        ("2014-08-20", Some.Finance, [Some.Requisition("2014", "1000000", "MR 2014")]),
        ("2015-02-03", Some.ProjectLead, [Some.Document(1001), new Submit("mapping-report", "Härmed", [Some.Document(1001).Document])]),
        ("2015-02-10", Some.Officer, [new ReturnSubmission("mapping-report", 1, "Komplettera", Some.Day("2015-02-24"))]),
        ("2015-02-20", Some.ProjectLead, [new Submit("mapping-report", "Nu", [Some.Document(1001).Document])]),
        ("2015-02-27", Some.Officer, [new AcceptSubmission("mapping-report", 2, null)]),
        ("2015-04-15", Some.ProjectLead, [Some.Document(1002, "plan"), new Submit("action-plan", "Härmed", [Some.Document(1002).Document]), new ScheduleObligation("annual-consultation-2015", Some.Day("2015-05-21"))]),
        ("2015-04-24", Some.Officer, [new AcceptSubmission("action-plan", 1, null)]),
        ("2016-04-20", Some.Officer, [new ScheduleObligation("annual-consultation-2016", Some.Day("2016-05-20"))]),
        ("2017-09-15", Some.Officer, [new WaiveObligation("annual-consultation-2017", "Parterna har setts ändå", "A2017/1")])
    ];

    [Fact(Timeout = Bound)]
    public async Task Each_message_reaches_each_mailbox_once_and_in_order_though_the_server_fails()
    {
        var seed = Environment.GetEnvironmentVariable("MRAGREEMENT_MAIL_SEED") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"MRAGREEMENT_MAIL_SEED={seed}");
        await using var server = MailServer.Start();
        FailsAtRandom(server, new(seed));
        var account = azurite.FreshAccount();
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(account, () => throw new InvalidOperationException("The key is enough.")), folder.Path, cancellation: Cancellation);
        await using var box = new SmtpPostbox(MailSettings.Read(server.Address(), null), TimeProvider.System);
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        var postman = new Postman(stores.Events, dossiers, stores.Kept, box, new SomebodyInEach(), SomebodyInEach.Write, SomebodyInEach.Together, clock);
        var advance = new AgreementAdvance(new(stores.Events), new(stores.ReadModels, new(stores.Events, Guid.CreateVersion7), (_, e) => throw e), clock, new(postman, clock, NullLogger<MailRounds>.Instance));
        var rounds = 0;
        RealEngine? working = null;
        await using var engine = working = await RealEngine.OnAccount(account, tasks => tasks
            .AddOrchestratorFunc<string>(MailDelivery.Name, (context, _) => MailDelivery.Run(context))
            .AddActivityFunc<string, Round>(DeliverMail.Name, async (_, agreement) =>
            {
                Interlocked.Increment(ref rounds);
                return clock.Reach(await new DeliverMail(clock, postman).Run(agreement, default));
            })
            .AddOrchestratorFunc<string?>(AgreementLife.Name, (context, _) => AgreementLife.Run(context))
            .AddActivityFunc<string, Sleep>(AgreementAdvance.Name, async (_, poke) => await advance.Run(poke, working!.Client, default) with { Until = Moved.Far }),
            polling: TimeSpan.FromMilliseconds(50));

        foreach (var (day, by, commands) in story)
        {
            // What is to be told before a last day is told by the day before it; and all that is due before somebody acts.
            var then = Some.Utc($"{day}T10:00:00Z");
            while (await LastDayBefore(dossiers, then) is { } dayBefore)
                await Look(dayBefore);
            await Look(then);
            foreach (var command in commands)
                Assert.Null((await dossiers.Execute(id, command, new(by, clock.Now), cancellation: Cancellation)).Refused);
            await Look(clock.Now);
        }

        var log = await stores.Events.ReadSince(id, 0, Cancellation);
        var (telling, told) = (new Telling(new(id)), new List<Message>());
        foreach (var row in log)
            told.AddRange(telling.Of(row));
        var outcomes = log.Select(row => EventJson.Read(row.Type, row.Data!)).OfType<MessageEvent>().ToLookup(it => it.ToKey());
        Assert.True(told.Count > 50 && server.Taken.Count < server.Got.Count && rounds > story.Length, $"{told.Count} messages, {server.Got.Count} tries, {rounds} rounds; seed {seed}.");
        Assert.All(told, message => Assert.IsType<MessageHandedOver>(Assert.Single(outcomes[message.Key])));
        // What had been taken when the server hung up comes again under its id; what a mail says is whose it is.
        var mails = server.Taken.DistinctBy(mail => mail.Message.MessageId).Select(mail => (mail.To, Said: mail.Message.Subject!)).ToList();
        Assert.Equal(SomebodyInEach.Told(id, log).Order(StringComparer.Ordinal), mails.Select(mail => mail.Said).Order(StringComparer.Ordinal));
        var about = told.ToDictionary(message => SomebodyInEach.Key(message.Key));
        Assert.All(mails, mail => Assert.Equal(SomebodyInEach.MailOf(about[mail.Said].Key.Party, about[mail.Said].Key.Role), mail.To));
        foreach (var mailbox in mails.GroupBy(mail => (mail.To, about[mail.Said].About)))
            Assert.Equal(mailbox.Select(mail => about[mail.Said].Key.Of).Order(), mailbox.Select(mail => about[mail.Said].Key.Of));
        var watch = new MailWatch(postman, stores.Events, stores.Kept, clock, new Openings(stores.Kept, clock), NullLogger<MailWatch>.Instance);
        await watch.Look(Cancellation);
        Assert.Empty(await watch.Known(Cancellation));
        Assert.Empty(await postman.Behind(null, Cancellation));

        // Moves the clock and pokes, until all has been looked at and told.
        async Task Look(Instant at)
        {
            clock.Now = Instant.Max(clock.Now, at);
            while (await IsDue() || await IsBehind())
            {
                await new Pokes(NullLogger<Pokes>.Instance).Hear($"{id}", engine.Client, Cancellation);
                // One poke may come as the last round ends; the next one is heard.
                for (var looked = 0; looked < 20 && (await IsDue() || await IsBehind()); looked++)
                    await Task.Delay(50, Cancellation);
            }
        }

        async Task<bool> IsDue() => await Next(stores.Events) is { } due && due <= clock.Now;

        async Task<bool> IsBehind() => (await postman.Behind(null, Cancellation)).Count > 0;
    }

    async Task<Instant?> LastDayBefore(Dossiers dossiers, Instant then) => await dossiers.Read(id, Cancellation) is { } it
        ? it.Agreement.InOrder.Where(each => !each.IsSettled).Select(each => each.EffectiveDueOn).OfType<LocalDate>().Select(due => (Instant?)StockholmTime.Noon(due.PlusDays(-1)))
            .Where(at => at > clock.Now && at < then).Min() : null;

    static async Task<Instant?> Next(IEventStore logs) => await logs.DueWakeUps(Instant.MaxValue, 1, Cancellation) is [var first, ..] ? first.At : null;

    // 450 passes, 421 ends the connection; or it hangs up when it has a mail, taken or not: certainly once.
    static void FailsAtRandom(MailServer server, Random random)
    {
        var (turn, hungUp) = (new Lock(), false);
        server.SaysOfRecipient = _ => Drawn(10) < 1 ? new((SmtpReplyCode)450, "greylisted") : null;
        server.SaysOfMessage = () => Drawn(20) switch { 0 => new(SmtpReplyCode.ServiceUnavailable, "closing"), 1 => new((SmtpReplyCode)451, "try later"), _ => null };
        server.HangsUpOnMessage = () =>
        {
            var first = !hungUp;
            hungUp = true;
            return first || Drawn(20) is 0 ? true : Drawn(20) is 0 ? false : null;
        };

        int Drawn(int of)
        {
            lock (turn)
                return random.Next(of);
        }
    }

    // The domain's and the machine's.
    sealed class Moved : IClock
    {
        // No timer of the engine's fires by itself: by the real clock all of this takes a minute.
        public static readonly DateTime Far = DateTime.UtcNow.AddDays(1);

        readonly Lock turn = new();
        Instant now;

        public Instant Now
        {
            get { lock (turn) return now; }
            set { lock (turn) now = value; }
        }

        public Instant GetCurrentInstant() => Now;

        // The time comes that the mail waits for, and its timer fires.
        public Round Reach(Round it)
        {
            if (it.Until is not { } until)
                return it;
            lock (turn)
                now = Instant.Max(now, Instant.FromDateTimeUtc(until));
            return new(DateTime.UtcNow);
        }
    }
}
