using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Local;
using MrAgreement.Mail;
using MrAgreement.Messages;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.People;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MrAgreement.Benchmarks;

/// <summary>Ten thousand reminders of the same morning through a mail server that takes its time, in two lots, and commands beside it in turn with commands where nothing is sent.</summary>
sealed record MailCost() : Benchmark("mail", TimeSpan.FromMinutes(10 + 6 * Agreements / 10_000))
{
    /// <summary>Another number of messages; where there are more of them, the commands are left out, and the first lot is as many as usually are in both.</summary>
    const string Messages = "MRAGREEMENT_MAIL_MESSAGES";

    const int Usual = 10_000;
    const int Commands = 3_000;
    const int Clients = 32;
    const int Turns = 5;

    // More than go while the commands do.
    const int BesideThem = 1_000;

    static int Agreements => int.TryParse(Environment.GetEnvironmentVariable(Messages), NumberStyles.None, CultureInfo.InvariantCulture, out var messages) ? Math.Max(messages, (Turns + 1) * BesideThem) : Usual;

    static int FirstLot => Agreements > Usual ? Usual : Usual / 4;

    static readonly LocalDate morning = new(2014, 8, 2), next = new(2014, 8, 18);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder["data"]);
        Mailing? mailing = null;
        var sends = true;
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7, moved: id =>
        {
            if (Volatile.Read(ref sends))
                mailing?.Moved(id);
        });
        var ids = Enumerable.Range(0, Agreements).Select(_ => new AgreementId(Guid.NewGuid())).ToArray();
        await Each(ids.Index(), async it =>
        {
            await dossiers.Do(it.Item, Role.Officer, new CreateAgreement(Trial.Terms2014(it.Index)), Trial.Signed, bound);
            await dossiers.Sign(it.Item, bound);
        }, bound);
        await using var server = new SlowServer();
        await using var smtp = new SmtpPostbox(MailSettings.Read($"smtp://127.0.0.1:{server.Port}?from=avtal@example.se&tls=none", null), TimeProvider.System);
        var box = new Counted(smtp);
        var texts = new MailTexts(new(new("https://avtal.example.se")), new DemoPeople());
        var postman = new Postman(stores.Events, dossiers, stores.Kept, box, new DemoRecipients(new DemoPeople()), texts.Write, texts.Together, SystemClock.Instance);
        await postman.BeginWithWhatIsThere(bound);
        mailing = new(postman, SystemClock.Instance);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(bound);
        var (number, failed) = (0, 0);
        var running = mailing.Run(() => Trial.Signed, (_, _) => Interlocked.Increment(ref failed), stop.Token);

        var takingUp = TakeUp();

        // With the first hundred everything is compiled.
        await Remind(ids[..100], morning);
        await Taken(100);
        var (first, second) = (await Lot(100, FirstLot), await Lot(FirstLot, Agreements));
        var seconds = first + second;

        var delivery = new Measure($"mail: {Agreements:N0} messages of one morning", "s", [seconds], new(300.0 * Agreements / Usual, AtMost: true), $"a server that answers in {SlowServer.Answer.TotalMilliseconds:0} ms; {(Agreements - 100) / seconds:0} a second; {box.Refused} refused{box.FirstRefusal}, {failed} failed");
        var line = new Measure("mail: time for a message in a large lot by that in a small one", "", [second / (Agreements - FirstLot) / (first / (FirstLot - 100))], new(1.25, AtMost: true), $"{Agreements - FirstLot:N0} after {FirstLot:N0}");
        if (Agreements > Usual)
        {
            await Stop();
            return [delivery, line];
        }
        // Both once for nothing: what is measured first would be cold. Then in turn, with other agreements reminded each time.
        var (alone, beside, least) = (new double[Turns], new double[Turns], BesideThem);
        for (var turn = -1; turn < Turns; turn++)
        {
            // Whatever the turn before left would go beside those without.
            await AllTold();
            Volatile.Write(ref sends, false);
            var bare = await Rate();
            Volatile.Write(ref sends, true);
            var before = box.Settled;
            await Remind(ids[((turn + 1) * BesideThem)..((turn + 2) * BesideThem)], next);
            var ours = await Rate();
            var meanwhile = box.Settled - before;
            await Taken(before + BesideThem);
            if (turn >= 0)
                (alone[turn], beside[turn], least) = (bare, ours, Math.Min(least, meanwhile));
        }
        await Stop();
        return
        [
            delivery,
            line,
            new("mail: commands beside it by those without", "", Rounds.Ratio(beside, alone), new(0.97, AtMost: false), $"{Rounds.Median(beside):0} by {Rounds.Median(alone):0} a second; both warm, in turn; at least {least} messages went beside them")
        ];

        async Task Stop()
        {
            await stop.CancelAsync();
            await Task.WhenAll(running, takingUp).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        // As a host does.
        async Task TakeUp()
        {
            while (!stop.Token.IsCancellationRequested)
            {
                mailing.TakeUp();
                await Task.Delay(20, stop.Token);
            }
        }

        async Task<double> Lot(int from, int to)
        {
            var begun = Stopwatch.StartNew();
            await Remind(ids[from..to], morning);
            await Taken(to);
            return begun.Elapsed.TotalSeconds;
        }

        Task Remind(IEnumerable<AgreementId> of, LocalDate on) => Each(of, id => dossiers.Advance(id, StockholmTime.ReminderTime(on), bound), bound);

        async Task Taken(int count)
        {
            while (box.Settled < count)
                await Task.Delay(20, bound);
        }

        async Task AllTold()
        {
            while ((await postman.Behind(null, bound)).Count > 0)
                await Task.Delay(100, bound);
        }

        async Task<double> Rate()
        {
            var started = Stopwatch.StartNew();
            await Parallel.ForAsync(0, Commands, new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = bound }, async (i, cancellation) =>
                await dossiers.Do(ids[i], Role.ProjectLead, new WriteInternalNote("mapping-report", null, $"Anteckning {Interlocked.Increment(ref number)}"), Trial.Signed, cancellation));
            return Commands / started.Elapsed.TotalSeconds;
        }
    }

    static Task Each<T>(IEnumerable<T> all, Func<T, Task> act, CancellationToken bound) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = bound }, async (it, _) => await act(it));

    sealed class Counted(IPostbox it) : IPostbox
    {
        int settled;
        int refused;

        public int Settled => Volatile.Read(ref settled);
        public int Refused => Volatile.Read(ref refused);
        public string? FirstRefusal { get; private set; }
        public string Server => it.Server;

        public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
        {
            var said = await it.HandOver(mail, cancellation);
            if (said.Outcome == HandoverOutcome.Refused)
            {
                Interlocked.Increment(ref refused);
                FirstRefusal ??= $" ({said.Reply})";
            }
            if (said.Outcome is HandoverOutcome.Refused or HandoverOutcome.Taken)
                Interlocked.Increment(ref settled);
            return said;
        }
    }

    /// <summary>Takes everything, and thinks before each answer.</summary>
    sealed class SlowServer : MessageStore, IMailboxFilter, IMailboxFilterFactory, IAsyncDisposable
    {
        public static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(20);

        readonly CancellationTokenSource stopping = new();
        public SlowServer()
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
            free.Stop();
            var services = new ServiceProvider();
            services.Add((IMessageStore)this);
            services.Add((IMailboxFilterFactory)this);
            var options = new SmtpServerOptionsBuilder().ServerName("mail.example.se").Endpoint(it => it.Endpoint(new IPEndPoint(IPAddress.Loopback, Port))).Build();
            _ = new SmtpServer.SmtpServer(options, services).StartAsync(stopping.Token);
        }

        public int Port { get; }

        public IMailboxFilter CreateInstance(ISessionContext context) => this;

        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            await Task.Delay(Answer, cancellationToken);
            return SmtpResponse.Ok;
        }

        public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox @from, int size, CancellationToken cancellationToken) => Slowly(cancellationToken);

        public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox @from, CancellationToken cancellationToken) => Slowly(cancellationToken);

        static async Task<bool> Slowly(CancellationToken cancellation)
        {
            await Task.Delay(Answer, cancellation);
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            stopping.Dispose();
        }
    }
}
