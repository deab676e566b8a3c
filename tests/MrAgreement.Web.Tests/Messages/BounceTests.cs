using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MrAgreement.Mail;
using MrAgreement.Messages;
using MrAgreement.Running;
using MrAgreement.Web.Messages;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>What a server had taken and could not deliver, read from a real mailbox.</summary>
public sealed class BounceTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_back_stands_in_the_log_once_and_what_is_not_ours_is_left_alone()
    {
        await using var server = MailServer.Start();
        await using var mailbox = await MailboxServer.Start();
        var port = MailServer.FreePort();
        await using var host = await RunningHost.Start(mail: server.Address(), publicAddress: $"http://127.0.0.1:{port}", port: port,
            environment: name => name switch { "MRAGREEMENT_BOUNCES" => mailbox.Address, "MRAGREEMENT_BOUNCES_SECRET" => MailboxServer.Secret, _ => null });
        var (bounces, box, clock) = (host.Services.GetRequiredService<Bounces>(), host.Services.GetRequiredService<IBounceMailbox>(), host.Services.GetRequiredService<IClock>());
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        while (!server.Taken.Any(mail => mail.To.StartsWith("erik", StringComparison.Ordinal) || mail.To.Contains("officer", StringComparison.Ordinal)))
            await Task.Delay(20, Cancellation);
        var (to, sent) = server.Taken.Last(mail => mail.To.Contains("rk.", StringComparison.Ordinal));

        var unknown = new MimeMessage { MessageId = $"{new string('0', 32)}@mragreement" };
        var answer = new MimeMessage { Subject = "svar", Body = new TextPart("plain") { Text = "Tack" } };
        answer.From.Add(MailboxAddress.Parse(to));
        await mailbox.Lay(answer, Report("okänd", unknown, to), Report("förfalskad", sent, "nagon@annan.example.se"), Report("sen", sent, to, "delayed", "4.4.1"), Report("studs", sent, to));
        Assert.Null(await bounces.Read(box, clock.GetCurrentInstant, Cancellation));

        var came = Assert.Single(await Came());
        Assert.Equal(("RK", "officer", "5.1.1", "report"), (came.Text("data.party"), came.Text("data.role"), came.Text("data.status"), came.Text("data.obligation")));
        Assert.Equal(["svar", "okänd", "förfalskad", "sen", "STUDS"], await mailbox.Shown());
        var told = (await host.Officer.Get($"{path}/obligations/report/reminders")).Is(200).At("messages").EnumerateArray().Single(it => it.Text("state") == "bounced");
        Assert.Equal(("5.1.1", came.At("data.to.0").GetString()), (told.Text("status"), told.Text("to.0.id")));
        using (var officer = await PageCaller.SignIn(host, "erik.ek"))
            Assert.Contains("Skickat men kom i retur (5.1.1)", (await officer.Get($"/{path}/obligations/report")).Text, StringComparison.Ordinal);
        using (var admin = await PageCaller.SignIn(host, "adam.berg"))
        {
            var shown = (await admin.Get("/messages")).Text;
            Assert.Contains("Kom i retur", shown, StringComparison.Ordinal);
            Assert.Contains("5.1.1 550 5.1.1 no such user", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("nådde inte fram", shown, StringComparison.Ordinal);
            // Every night, and readiness tells it for a week.
            await host.Services.GetRequiredService<MailWatch>().Look(Cancellation);
            Assert.Contains("nådde inte fram (1)", (await admin.Get("/messages")).Text, StringComparison.Ordinal);
            Assert.Contains("\"untold\":1", (await admin.Get("/health/ready")).Text, StringComparison.Ordinal);
        }

        // Whoever it did not reach can see so; it is nobody else's.
        var held = (await host.Officer.Get("me/export")).Is(200).At("mail").EnumerateArray().Where(it => it.Text("state") == "bounced").ToList();
        Assert.Equal(["5.1.1", "5.1.1 550 5.1.1 no such user"], held.Select(it => it.Text("reply")));
        Assert.DoesNotContain("no such user", (await host.Lead.Get("me/export")).Text, StringComparison.Ordinal);

        // Read again from the beginning, as whoever was broken off does, and once more from where it is.
        await host.Services.GetRequiredService<IKeptRecords>().Set("bounces-read", null, Cancellation);
        Assert.Null(await bounces.Read(box, clock.GetCurrentInstant, Cancellation));
        Assert.Null(await bounces.Read(box, clock.GetCurrentInstant, Cancellation));
        Assert.Single(await Came());

        // A mailbox that is away is nobody's fault.
        await mailbox.Stop();
        Assert.NotNull(await bounces.Read(box, clock.GetCurrentInstant, Cancellation));

        async Task<IReadOnlyList<System.Text.Json.JsonElement>> Came() => [.. (await host.Officer.All($"{path}/events")).Where(it => it.Text("type") == "message-bounced")];
    }

    [Fact]
    public async Task A_message_that_the_server_can_t_give_does_not_stop_those_after_it()
    {
        await using var mailbox = await MailboxServer.Start();
        using var box = new BounceMailbox(BounceSettings.Read(mailbox.Address, MailboxServer.Secret), TimeProvider.System);
        var (heard, about) = (new List<string>(), new MimeMessage { MessageId = $"{new string('1', 32)}@mragreement" });
        await mailbox.Lay(Report("först", about, "a@example.se"), Report("nekas", about, "b@example.se"), Report("sedan", about, "c@example.se"), Report("bryts", about, "d@example.se"), Report("sist", about, "e@example.se"));
        var round = await Read(null);
        Assert.Equal(["a@example.se", "c@example.se", "e@example.se"], heard);
        Assert.Contains("message 4 was passed over", round.Fault, StringComparison.Ordinal);
        Assert.Equal(5u, round.Mark!.Last);
        Assert.Equal(new(round.Mark, null), await Read(round.Mark));
        // One that is the last is asked for again: it may be the server that is ill.
        await mailbox.Lay(Report("nekas", about, "f@example.se"));
        Assert.Equal(5u, (await Read(round.Mark)).Mark!.Last);
        await mailbox.Lay(Report("ny", about, "g@example.se"));
        Assert.Equal(7u, (await Read(round.Mark)).Mark!.Last);
        Assert.Equal("g@example.se", heard[^1]);

        Task<MailboxRound> Read(MailboxMark? since) => box.Read(since, bounce =>
        {
            heard.Add(bounce.Recipients[^1]);
            return Task.FromResult(true);
        }, Cancellation);
    }

    // As Postfix writes it.
    static MimeMessage Report(string subject, MimeMessage about, string recipient, string action = "failed", string status = "5.1.1")
    {
        var told = new MessageDeliveryStatus();
        told.StatusGroups.Add(new HeaderList { { "Reporting-MTA", "dns; mail.example.se" } });
        told.StatusGroups.Add(new HeaderList { { "Final-Recipient", $"rfc822; {recipient}" }, { "Action", action }, { "Status", status }, { "Diagnostic-Code", "smtp; 550 5.1.1 no such user" } });
        var report = new MimeMessage { Subject = subject, Body = new MultipartReport("delivery-status") { new TextPart("plain") { Text = "I'm sorry to have to inform you" }, told, new MessagePart { Message = about } } };
        report.From.Add(MailboxAddress.Parse("MAILER-DAEMON@mail.example.se"));
        return report;
    }

    [Theory]
    [InlineData("mail.example.se", "imaps://")]
    [InlineData("imaps://mail.example.se/INBOX", "imaps://")]
    [InlineData("imaps://avtal:hemligt@mail.example.se", "MRAGREEMENT_BOUNCES_SECRET")]
    [InlineData("imap://avtal@mail.example.se?tls=none", "tls=none")]
    [InlineData("imaps://avtal@mail.example.se?colour=blue", "colour")]
    [InlineData("imaps://avtal@mail.example.se?token=http://login.example.se&client=1", "token=")]
    public void Settings_that_can_t_be_meant_are_refused_with_what_to_write(string written, string tells) =>
        Assert.Contains(tells, Assert.Throws<FormatException>(() => BounceSettings.Read(written, "hemligt")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mailbox_is_read_as_it_is_written()
    {
        var it = BounceSettings.Read("imaps://avtal%40example.se@mail.example.se/Studsar", "hemligt");
        Assert.Equal(("mail.example.se", 993, "avtal@example.se", "Studsar"), (it.Host, it.Port, it.User, it.Folder));
        Assert.Contains("MRAGREEMENT_BOUNCES_SECRET", Assert.Throws<FormatException>(() => BounceSettings.Read("imaps://avtal@mail.example.se", null)).Message, StringComparison.Ordinal);
    }
}
