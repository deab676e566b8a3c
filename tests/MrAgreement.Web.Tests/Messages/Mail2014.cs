using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Mail;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.People;
using MrAgreement.Web.Tests.Agreements;
using MrAgreement.Web.Tests.Hosts;
using SmtpServer.Protocol;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>The mail of the whole life of the 2014 agreement, through a real server that fails at random.</summary>
static class Mail2014
{
    public static async Task Reaches_each_mailbox_once_though_the_server_fails(RunningHost host, Walk2014 walk)
    {
        var (seed, cancellation) = (Environment.TickCount, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var id = AgreementId.Parse(walk.Path.Split('/')[^1], null);
        await using var server = MailServer.Start();
        // 450 passes, 421 ends the connection.
        server.SaysOfRecipient = _ => random.Next(10) < 2 ? new((SmtpReplyCode)450, "greylisted") : null;
        server.SaysOfMessage = () => random.Next(12) switch { 0 => new(SmtpReplyCode.ServiceUnavailable, "closing"), 1 => new((SmtpReplyCode)451, "try later"), _ => null };
        await using var box = new SmtpPostbox(MailSettings.Read(server.Address(), null), TimeProvider.System);
        var (services, machine) = (host.Services, new ManualMoment());
        var texts = new MailTexts(new(new("https://avtal.example.se")), services.GetRequiredService<IPeople>());
        var checkpoints = services.GetRequiredService<Checkpoints>();
        _ = await checkpoints.Make(services.GetRequiredService<IClock>().GetCurrentInstant(), cancellation);
        var postman = new Postman(services.GetRequiredService<IEventStore>(), services.GetRequiredService<Dossiers>(), services.GetRequiredService<IKeptRecords>(), new CheckpointedPostbox(box, checkpoints),
            new DemoRecipients(services.GetRequiredService<DemoPeople>()), texts.Write, texts.Together, machine);
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        // As if each went on its day: afterwards most of it is no longer so.
        for (var rounds = 0; await postman.Deliver(id, Instant.FromUtc(2014, 6, 13, 8, 0), cancellation) is { } again; rounds++)
        {
            Assert.True(rounds < 1000, $"It never ends; seed {seed}.");
            machine.Now = Instant.Max(machine.Now, again);
        }

        var taken = server.Taken.ToList();
        Assert.Equal(taken.Count, taken.Select(mail => (mail.To, mail.Message.MessageId)).Distinct().Count());
        var outcomes = (await walk.Officer.All($"{walk.Path}/events")).Where(it => it.Text("type") == "message-handed-over").ToList();
        Assert.Equal(taken.Count, outcomes.Sum(it => it.At("data.to").GetArrayLength()));
        Assert.DoesNotContain(await walk.Officer.All($"{walk.Path}/events"), it => it.Text("type") == "message-given-up");
        // In the order of what happened, to each mailbox about each obligation.
        foreach (var about in outcomes.SelectMany(it => it.At("data.to").EnumerateArray().Select(to => (To: to.GetString(), About: it.At("data").TryGetProperty("obligation", out var o) ? o.GetString() : "", Of: it.Number("data.of")))).GroupBy(it => (it.To, it.About)))
            Assert.Equal(about.Select(it => it.Of).Order(), about.Select(it => it.Of));
        Assert.Empty(await postman.Missing(id, now, cancellation));
        var reminded = (await walk.Lead.Get($"{walk.Path}/obligations/annual-consultation-2017/reminders")).Is(200);
        reminded.Has("reminders.0.rung:number messages.0.of:number messages.0.reason:string messages.0.to.0.name:string messages.0.server:string messages.0.at:string");
        Assert.Equal(7, reminded.At("messages").EnumerateArray().Count(it => it.Text("party") == "SKR" && it.Text("role") == "project-lead" && it.Text("reason") is "reminder" or "late"));
        // Both parties hold what nobody can change in their stead.
        var checkpoint = (await checkpoints.Ask(log => log.Last, cancellation))!.Text;
        Assert.All(taken, mail => Assert.Contains(checkpoint, mail.Message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.All(taken, mail => Assert.Contains(checkpoint.Split('\n')[0], mail.Message.HtmlBody, StringComparison.Ordinal));
        // Nothing that may be secret goes by mail.
        Assert.All(taken, mail => Assert.DoesNotContain(" kr", mail.Message.TextBody ?? "", StringComparison.Ordinal));
    }

    sealed class ManualMoment : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 1, 5, 7, 0);

        public Instant GetCurrentInstant() => Now;
    }
}
