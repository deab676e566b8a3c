using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;
using SmtpServer.Protocol;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>What whoever runs the host sees of mail that does not go.</summary>
public sealed class WaitingMailTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_waits_is_counted_with_what_the_server_answers_and_what_is_given_up_is_logged_at_once_without_an_address()
    {
        await using var server = MailServer.Start();
        var (log, port) = (new KeptLog(), MailServer.FreePort());
        await using var host = await RunningHost.Start(mail: server.Address(), publicAddress: $"http://127.0.0.1:{port}", port: port, log: log);
        var postman = host.Services.GetRequiredService<Postman>();
        server.SaysOfSender = () => new(SmtpReplyCode.MailboxUnavailable, "5.7.1 sender not known");
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        while (postman.DownSaid is null)
            await Task.Delay(20, Cancellation);

        var waiting = await postman.CountUnsent(Cancellation);
        Assert.InRange(waiting, 2, 20);
        using (var admin = await PageCaller.SignIn(host, "adam.berg"))
        {
            var shown = (await admin.Get("/messages")).Text;
            Assert.Contains($"Väntar på att skickas: {waiting}.", shown, StringComparison.Ordinal);
            Assert.Contains("Den svarar: <q lang=\"en\">550 5.7.1 sender not known", shown, StringComparison.Ordinal);
            Assert.DoesNotContain("svarar inte", shown, StringComparison.Ordinal);
        }
        // Of the obligation what waits behind another too.
        var underway = (await host.Officer.Get($"{path}/obligations/report/reminders")).Is(200).At("messages").EnumerateArray().Where(it => it.Text("state") == "trying").ToList();
        Assert.NotEmpty(underway);
        Assert.All(underway, it => Assert.Equal(0, it.Number("tries")));
        using (var officer = await PageCaller.SignIn(host, "erik.ek"))
            Assert.Contains("Väntar på att skickas", (await officer.Get($"/{path}/obligations/report")).Text, StringComparison.Ordinal);

        server.SaysOfSender = () => null;
        server.SaysOfRecipient = _ => new(SmtpReplyCode.MailboxUnavailable, "5.1.1 no such user");
        while (await postman.CountUnsent(Cancellation) > 0)
            await Task.Delay(50, Cancellation);
        while (!log.Lines.Any(IsGivenUp))
            await Task.Delay(20, Cancellation);
        Assert.All(log.Lines.Where(IsGivenUp), it => Assert.DoesNotContain("@", it, StringComparison.Ordinal));

        static bool IsGivenUp(string line) => line.StartsWith("Error: ", StringComparison.Ordinal) && line.Contains("given up (refused)", StringComparison.Ordinal);
    }
}
