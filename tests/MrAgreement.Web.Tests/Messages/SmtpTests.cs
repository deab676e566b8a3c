using MrAgreement.Mail;
using MrAgreement.Messages;
using SmtpServer.Protocol;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>What a real mail server says, and what it is taken for.</summary>
public sealed class SmtpTests : IAsyncDisposable
{
    static readonly MailMessage mail = new("0123456789abcdef@mragreement", "erik.ek@rk.example.se", "Erik Ek", "sv", "A2014/2289/DISK: Påminnelse om årligt samråd", "Hej Erik Ek!\r\n\r\nÖppna", "<p>Hej Erik Ek!</p>");

    readonly MailServer server = MailServer.Start();
    readonly List<SmtpPostbox> boxes = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var box in boxes)
            await box.DisposeAsync();
        await server.DisposeAsync();
    }

    SmtpPostbox Box(string? address = null, string? secret = null, TimeSpan? longest = null)
    {
        boxes.Add(new(MailSettings.Read(address ?? server.Address(), secret), TimeProvider.System, longest));
        return boxes[^1];
    }

    [Fact]
    public async Task A_mail_comes_as_it_was_written_under_its_own_id_in_both_forms()
    {
        Assert.Equal(HandoverOutcome.Taken, (await Box().HandOver(mail, Cancellation)).Outcome);
        var (to, came) = Assert.Single(server.Taken);
        Assert.Equal(("erik.ek@rk.example.se", mail.Id, mail.Subject), (to, came.MessageId, came.Subject));
        Assert.Equal((mail.Text.ReplaceLineEndings(), mail.Html, "sv", "auto-generated"), (came.TextBody?.TrimEnd().ReplaceLineEndings(), came.HtmlBody?.TrimEnd(), came.Body?.Headers["Content-Language"], came.Headers["Auto-Submitted"]));
    }

    [Theory]
    [InlineData(450, "put-off")]
    [InlineData(550, "refused")]
    public async Task What_is_said_of_a_recipient_or_a_message_is_of_that_one_alone(int code, string expected)
    {
        var box = Box();
        server.SaysOfRecipient = to => to.StartsWith("erik", StringComparison.Ordinal) ? new((SmtpReplyCode)code, "not now") : null;
        var said = await box.HandOver(mail, Cancellation);
        Assert.Equal(expected, Json.NameOf(said.Outcome));
        Assert.Contains($"{code}", said.Reply, StringComparison.Ordinal);
        server.SaysOfMessage = () => new((SmtpReplyCode)code, "not this");
        Assert.Equal(expected, Json.NameOf((await box.HandOver(mail with { To = "lena.lind@skr.example.se" }, Cancellation)).Outcome));
        server.SaysOfMessage = () => null;
        Assert.Equal(HandoverOutcome.Taken, (await box.HandOver(mail with { To = "lena.lind@skr.example.se" }, Cancellation)).Outcome);
    }

    [Theory]
    [InlineData("anna..lena@skr.example.se")]
    [InlineData("anna@")]
    public async Task What_can_t_be_addressed_is_refused_and_the_server_is_well(string to)
    {
        var box = Box();
        Assert.Equal(HandoverOutcome.Refused, (await box.HandOver(mail with { To = to }, Cancellation)).Outcome);
        Assert.Equal(HandoverOutcome.Taken, (await box.HandOver(mail, Cancellation)).Outcome);
    }

    [Fact]
    public async Task What_can_t_be_addressed_is_refused_in_a_folder_too()
    {
        using var folder = new TemporaryFolder();
        var box = new MailFolder(folder["post"]);
        Assert.Equal(HandoverOutcome.Refused, (await box.HandOver(mail with { To = "anna..lena@skr.example.se" }, Cancellation)).Outcome);
        Assert.Equal(HandoverOutcome.Taken, (await box.HandOver(mail, Cancellation)).Outcome);
    }

    [Fact]
    public async Task A_server_that_takes_its_time_before_each_answer_is_not_waited_for_longer_than_all_of_it_may_take()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var slow = Serve();
        var box = Box($"smtp://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}?from=avtal@example.se&tls=none", longest: TimeSpan.FromMilliseconds(700));
        var begun = System.Diagnostics.Stopwatch.StartNew();
        var said = await box.HandOver(mail, Cancellation);
        Assert.Equal(HandoverOutcome.PutOff, said.Outcome);
        Assert.InRange(begun.Elapsed, TimeSpan.FromMilliseconds(600), TimeSpan.FromSeconds(5));
        await slow;

        // Each answer by itself is soon enough.
        async Task Serve()
        {
            using var client = await listener.AcceptTcpClientAsync(Cancellation);
            await using var stream = client.GetStream();
            using var lines = new StreamReader(stream);
            await Say("220 here");
            try
            {
                while (await lines.ReadLineAsync(Cancellation) is { } line)
                    if (line.Split(' ')[0] is "EHLO" or "MAIL" or "RCPT" or "DATA" or ".")
                    {
                        await Task.Delay(line[0] == 'E' ? 50 : 300, Cancellation);
                        await Say(line[0] == 'D' ? "354 go on" : "250 well");
                    }
            }
            catch (IOException)
            {
                // Nobody waits any more.
            }

            Task Say(string text) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{text}\r\n"), Cancellation).AsTask();
        }
    }

    [Fact]
    public async Task A_server_that_is_away_or_goes_away_is_down_and_is_found_again()
    {
        var box = Box();
        await box.HandOver(mail, Cancellation);
        server.SaysOfMessage = () => new(SmtpReplyCode.ServiceUnavailable, "closing");
        Assert.Equal(HandoverOutcome.Down, (await box.HandOver(mail, Cancellation)).Outcome);
        server.SaysOfMessage = () => null;
        Assert.Equal(HandoverOutcome.Taken, (await box.HandOver(mail, Cancellation)).Outcome);
        await server.Stop();
        Assert.Equal(HandoverOutcome.Down, (await box.HandOver(mail, Cancellation)).Outcome);
    }

    [Fact]
    public async Task A_server_that_hangs_up_on_one_mail_has_put_that_one_off_and_is_well()
    {
        var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var rude = Serve();
        var box = Box($"smtp://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}?from=avtal@example.se&tls=none");
        Assert.Equal(HandoverOutcome.PutOff, (await box.HandOver(mail, Cancellation)).Outcome);
        await rude;
        listener.Stop();
        Assert.Equal(HandoverOutcome.Down, (await box.HandOver(mail, Cancellation)).Outcome);

        // All is well until it has the whole mail.
        async Task Serve()
        {
            using var client = await listener.AcceptTcpClientAsync(Cancellation);
            await using var stream = client.GetStream();
            using var lines = new StreamReader(stream);
            await Say("220 here");
            while (await lines.ReadLineAsync(Cancellation) is { } line)
                if (line == ".")
                    return;
                else if (line.StartsWith("DATA", StringComparison.Ordinal))
                    await Say("354 go on");
                else if (line.Split(' ')[0] is "EHLO" or "MAIL" or "RCPT" or "NOOP")
                    await Say("250 well");

            Task Say(string text) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{text}\r\n"), Cancellation).AsTask();
        }
    }

    [Fact]
    public async Task Nothing_is_sent_in_the_clear_unless_the_settings_say_so()
    {
        Assert.Equal(HandoverOutcome.Down, (await Box($"smtp://127.0.0.1:{server.Port}?from=avtal@example.se").HandOver(mail, Cancellation)).Outcome);
        Assert.Equal(HandoverOutcome.Down, (await Box($"smtps://127.0.0.1:{server.Port}?from=avtal@example.se").HandOver(mail, Cancellation)).Outcome);
        Assert.Empty(server.Taken);
    }

    [Fact]
    public async Task Whoever_must_sign_in_does_and_with_a_wrong_password_nothing_is_lost()
    {
        await using var strict = MailServer.Start(asksForUser: true);
        Assert.Equal(HandoverOutcome.Down, (await Box(strict.Address("&user=avtal"), "fel").HandOver(mail, Cancellation)).Outcome);
        Assert.Equal(HandoverOutcome.Down, (await Box(strict.Address()).HandOver(mail, Cancellation)).Outcome);
        Assert.Equal(HandoverOutcome.Taken, (await Box(strict.Address("&user=avtal"), "hemligt").HandOver(mail, Cancellation)).Outcome);
    }

    [Theory]
    [InlineData("mail.example.se", "smtp://mail.example.se")]
    [InlineData("smtp://mail.example.se", "from=")]
    [InlineData("smtp://avtal:hemligt@mail.example.se?from=a@b.se", "MRAGREEMENT_MAIL_SECRET")]
    [InlineData("smtp://mail.example.se?from=a@b.se&tls=none", "tls=none")]
    [InlineData("smtp://mail.example.se?from=a@b.se&user=avtal", "MRAGREEMENT_MAIL_SECRET")]
    [InlineData("smtp://mail.example.se?from=a@b.se&user=avtal&token=http://login.example.se", "token=")]
    [InlineData("smtp://mail.example.se?from=a@b.se&colour=blue", "colour")]
    public void Settings_that_can_t_be_meant_are_refused_with_what_to_write(string written, string tells) =>
        Assert.Contains(tells, Assert.Throws<FormatException>(() => MailSettings.Read(written, written.Contains("token", StringComparison.Ordinal) ? "x" : null)).Message, StringComparison.Ordinal);
}
