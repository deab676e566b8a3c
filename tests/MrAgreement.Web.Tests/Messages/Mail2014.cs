using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Mail;
using MrAgreement.Messages;
using MrAgreement.Parties;
using MrAgreement.People;
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
    public static async Task Reaches_each_mailbox_though_the_server_fails(RunningHost host, Walk2014 walk)
    {
        var (seed, cancellation) = (Environment.TickCount, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var id = AgreementId.Parse(walk.Path.Split('/')[^1], null);
        await using var server = MailServer.Start();
        // 450 passes, 421 ends the connection.
        server.SaysOfRecipient = _ => random.Next(10) < 2 ? new((SmtpReplyCode)450, "greylisted") : null;
        server.SaysOfMessage = () => random.Next(12) switch { 0 => new(SmtpReplyCode.ServiceUnavailable, "closing"), 1 => new((SmtpReplyCode)451, "try later"), _ => null };
        // It hangs up when it has a mail, taken or not: certainly once, and then as it comes.
        var hungUp = 0;
        server.HangsUpOnMessage = () => hungUp++ == 0 || random.Next(12) is 0 ? true : random.Next(12) is 0 ? false : null;
        await using var box = new SmtpPostbox(MailSettings.Read(server.Address(), null), TimeProvider.System);
        var (services, machine) = (host.Services, new ManualMoment());
        var texts = new MailTexts(new(new("https://avtal.example.se")), services.GetRequiredService<IPeople>());
        var checkpoints = services.GetRequiredService<Checkpoints>();
        _ = await checkpoints.Make(services.GetRequiredService<IClock>().GetCurrentInstant(), cancellation);
        var noting = new Noting(new CheckpointedPostbox(box, checkpoints));
        var postman = new Postman(services.GetRequiredService<IEventStore>(), services.GetRequiredService<Dossiers>(), services.GetRequiredService<IKeptRecords>(), noting,
            new RegisteredRecipients(await Registered(services.GetRequiredService<KeptRegister>()), machine), texts.Write, texts.Together, machine);
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        // As if each went on its day: afterwards most of it is no longer so.
        for (var rounds = 0; await postman.Deliver(id, Instant.FromUtc(2014, 6, 13, 8, 0), cancellation) is { } again; rounds++)
        {
            Assert.True(rounds < 1000, $"It never ends; seed {seed}.");
            machine.Now = Instant.Max(machine.Now, again);
        }

        var taken = server.Taken.ToList();
        // What had been taken when the server hung up comes again, and is known by its id: the same mail in the same mailbox.
        var mails = taken.GroupBy(mail => mail.Message.MessageId).ToList();
        Assert.True(mails.Count < taken.Count, $"Nothing came twice; seed {seed}.");
        Assert.All(mails, same => Assert.Single(same.Select(mail => (mail.To, mail.Message.Subject, mail.Message.TextBody)).Distinct()));
        Assert.Equal(server.Got.Distinct().Order(), taken.Select(mail => (mail.To, mail.Message.MessageId)).Distinct().Order());
        // Each message is one mail in each mailbox, and each mail one message.
        var outcomes = (await walk.Officer.All($"{walk.Path}/events")).Where(it => it.Text("type") == "message-handed-over").ToList();
        Assert.Equal(outcomes.Sum(it => it.At("data.to").GetArrayLength()), mails.Count);
        Assert.Equal(mails.Count, noting.Noted.Select(it => (it.About.Message, it.About.Person)).Distinct().Count());
        Assert.Equal(mails.Count, noting.Noted.Select(it => (it.Id, it.About.Message, it.About.Person)).Distinct().Count());
        // Each in their own language; a deputy while it is said so, and no longer.
        Assert.All(taken, mail => Assert.Equal(mail.To == "erik.ek@example.se" ? "en" : "sv", mail.Message.Body!.Headers["Content-Language"]));
        // What one did oneself the other is told all the same.
        Assert.InRange(mails.Count(same => same.First().To == "dora.dal@example.se"), mails.Count(same => same.First().To == "lena.lind@example.se"), mails.Count);
        Assert.All(taken.Where(mail => mail.To == "dora.dal@example.se"), mail => Assert.Contains("som ersättare för Lena Lind, projektledare för", mail.Message.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain(taken, mail => mail.To == "olle.orr@example.se");
        Assert.DoesNotContain(await walk.Officer.All($"{walk.Path}/events"), it => it.Text("type") == "message-given-up");
        // In the order of what happened, in each mailbox about each obligation.
        var about = noting.Noted.DistinctBy(it => it.Id).ToDictionary(it => it.Id, it => it.About);
        foreach (var mailbox in mails.Select(same => about[same.Key!]).GroupBy(it => (it.Person, it.Obligation)))
            Assert.Equal(mailbox.Select(it => it.Message.Of).Order(), mailbox.Select(it => it.Message.Of));
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

    // The people of the demo, one of them English, with a deputy of today and one of yesterday.
    static async Task<KeptRegister> Registered(KeptRegister register)
    {
        var from = new LocalDate(2014, 6, 1);
        foreach (var (id, name, party, role) in new[]
        {
            ("lena.lind", "Lena Lind", "SKR", Role.ProjectLead), ("farid.falk", "Farid Falk", "SKR", Role.Finance), ("astrid.alm", "Astrid Alm", "SKR", Role.Approver),
            ("erik.ek", "Erik Ek", "RK", Role.Officer), ("petra.palm", "Petra Palm", "KAMK", Role.Payer)
        })
            await Put(new(new(id), name, $"{id}@example.se", id == "erik.ek" ? "en" : "sv", [new(party, role, from)], [], []));
        foreach (var (id, name, last) in new[] { ("dora.dal", "Dora Dal", new LocalDate(2026, 12, 31)), ("olle.orr", "Olle Orr", new LocalDate(2026, 1, 4)) })
            await Put(new(new(id), name, $"{id}@example.se", "sv", [], [new(new("lena.lind"), new(2026, 1, 1), last)], []));
        return register;

        async Task Put(RegisteredPerson person) => Assert.True(await register.Put(person, KeptRecord.New));
    }

    // What each mail that is tried is about.
    sealed class Noting(IPostbox postbox) : IPostbox
    {
        public ConcurrentQueue<(string Id, MailedMessage About)> Noted { get; } = new();

        public string Server => postbox.Server;

        public Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation)
        {
            Noted.Enqueue((mail.Id, Assert.Single(mail.About)));
            return postbox.HandOver(mail, cancellation);
        }
    }

    sealed class ManualMoment : IClock
    {
        public Instant Now { get; set; } = Instant.FromUtc(2026, 1, 5, 7, 0);

        public Instant GetCurrentInstant() => Now;
    }
}
