using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>What a host holds at once has an end, whoever asks.</summary>
public class BoundsTests(Azurite azurite)
{
    const int Connections = 1000, Uploads = 16;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_connections_than_the_host_holds_are_closed_until_others_have_gone_and_fill_no_log()
    {
        using var log = new KeptLog();
        await using var host = await RunningHost.Start(log: log);
        var held = new List<TcpClient>();
        try
        {
            for (var i = 0; i < Connections; i++)
                Assert.True(await Answers(Connected(host, held)));
            Assert.False(await Answers(Connected(host, held)));

            held[0].Dispose();
            var isAnswered = false;
            for (var tries = 0; !isAnswered && tries < 2000; tries++)
                isAnswered = await Answers(Connected(host, held));
            Assert.True(isAnswered);
            Assert.DoesNotContain(log.Lines, line => line.Contains("onnection", StringComparison.Ordinal));
        }
        finally
        {
            held.ForEach(it => it.Dispose());
        }
        Assert.Equal(0, host.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxConcurrentUpgradedConnections);
    }

    [Fact]
    public async Task No_more_uploads_stand_on_the_disk_at_once_than_it_holds()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        using var page = await PageCaller.SignIn(host, "lena.lind");
        var begun = new List<TcpClient>();
        foreach (var _ in Enumerable.Range(0, Uploads))
            await Begin();

        // They come in when they come in, and one that stands still is given up: others begin until there is no turn left.
        var answer = await Upload(100_000);
        for (var tries = 0; answer.Status != 503 && tries < 500; tries++)
        {
            await Begin();
            answer = await Upload(100_000);
        }
        answer.IsProblem(503, "busy");
        Assert.Equal("1", answer["Retry-After"]);
        var status = 0;
        for (var tries = 0; status != 503 && tries < 500; tries++)
        {
            await Begin();
            status = (await page.Send($"/{path}", $"/{path}/documents", ("stor.txt", new byte[100_000]), ("title", "Stor"), ("kind", "report"))).Status;
        }
        Assert.Equal(503, status);
        // What is held in memory needs no turn.
        (await Upload(1000)).Is(201);

        begun.ForEach(it => it.Dispose());
        for (var tries = 0; answer.Status == 503 && tries < 2000; tries++)
            answer = await Upload(100_000);
        Assert.InRange(answer.Status, 200, 201);

        async Task Begin() => await Connected(host, begun).GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/{path}/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-project-lead\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            + "Content-Length: 1000000\r\n\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"), Cancellation);

        Task<WireAnswer> Upload(int size) => host.Lead.Post($"{path}/documents", Posted.Form(Encoding.ASCII.GetBytes(new string('x', size)), "rapport.txt", ("title", "Rapport"), ("kind", "report")));
    }

    [Fact]
    public async Task A_sign_in_that_was_ended_at_one_host_sends_no_more_than_a_stranger_at_another()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start(storage: storage);
        await using var other = await RunningHost.Start(storage: storage);
        var form = $"/{await Posted.Agreement(one)}/obligations/report/submissions";
        using var lead = await PageCaller.SignIn(one, "lena.lind");
        var cookie = lead.Cookie("mragreement");
        // It is read, and lacks what our own forms bring.
        Assert.Equal(400, await Post(200_000));

        await lead.Send("/", "/sign-out");

        Assert.Equal(413, await Post(200_000));
        Assert.Equal(413, await Post(200_000, isChunked: true));
        Assert.Equal(401, await Post(40_000));

        async Task<int> Post(int length, bool isChunked = false)
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(20) }) { BaseAddress = other.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, form) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes($"summary={new string('x', length)}")) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
            request.Headers.ExpectContinue = true;
            request.Headers.TransferEncodingChunked = isChunked;
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
            using var answer = await client.SendAsync(request, Cancellation);
            return (int)answer.StatusCode;
        }
    }

    static TcpClient Connected(RunningHost host, List<TcpClient> held)
    {
        var client = new TcpClient(host.Address.Host, host.Address.Port);
        held.Add(client);
        return client;
    }

    static async Task<bool> Answers(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Cancellation);
            return await client.GetStream().ReadAsync(new byte[4096], Cancellation) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
