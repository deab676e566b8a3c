using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MrAgreement.Local;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Webhooks;

namespace MrAgreement.Web.Tests.Webhooks;

/// <summary>Systems that are told of changes, however they answer.</summary>
public class WebhookTests(Azurite azurite)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receiver_is_told_once_in_order_and_finds_the_signature_right()
    {
        await using var host = await Start();
        await using var receiver = await Receiver.Start();
        var path = await Posted.Agreement(host);
        var made = await Made(host.Officer, receiver);
        var secret = made.Text("secret")!;
        await Note(host.Lead, path, "Det egna");
        (await host.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note = "klart" })).Is(200);
        (await host.Officer.Post($"{path}/obligations/report/waiver", new { reason = "Behövs inte", reference = "A1" })).Is(200);
        await receiver.Until(() => receiver.Taken.Count == 3);

        var heard = receiver.Taken[0];
        Assert.All(receiver.Taken, it => Assert.True(it.IsSignedWith(secret)));
        Assert.False(heard.IsSignedWith(WebhookSender.NewSecret()));
        Assert.Equal(heard.Signatures, ReckonedAsInTheManual(secret, heard));
        Assert.StartsWith("application/cloudevents+json", heard.ContentType, StringComparison.Ordinal);
        var (it, id) = (heard.Event, path.Split('/')[1]);
        Assert.Equal(["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data"], it.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("1.0", heard.Id, "application/json"), (it.GetProperty("specversion").GetString(), it.GetProperty("id").GetString(), it.GetProperty("datacontenttype").GetString()));
        Assert.Equal(id, it.GetProperty("data").GetProperty("agreement").GetString());
        Assert.StartsWith($"{id}:", heard.Id, StringComparison.Ordinal);
        Assert.DoesNotContain("klart", heard.ToString(), StringComparison.Ordinal);
        // What the other party keeps to itself is not told of.
        Assert.DoesNotContain(receiver.Sent, sent => sent.Type.Contains("note", StringComparison.Ordinal));
        Assert.True(receiver.Taken[0].Event.GetProperty("data").GetProperty("sequence").GetInt64() < receiver.Taken[1].Event.GetProperty("data").GetProperty("sequence").GetInt64());

        var shown = (await host.Officer.Get($"webhooks/{made.Text("id")}")).Is(200);
        Assert.Equal("active", shown.Text("status"));
        Assert.DoesNotContain("whsec", (await host.Officer.Get("webhooks")).Text, StringComparison.Ordinal);
        // It is nobody else's.
        Assert.Equal(404, (await host.Lead.Get($"webhooks/{made.Text("id")}")).Status);

        // With a new secret the former one holds for a while.
        var renewed = (await host.Officer.Post($"webhooks/{made.Text("id")}/secret")).Is(200).Text("secret")!;
        (await host.Officer.Post($"webhooks/{made.Text("id")}/replay", new { from = (await host.Officer.Get("changes?limit=1")).Is(200).Text("next") })).Is(200);
        await receiver.Until(() => receiver.Taken.Count >= 4);
        Assert.True(receiver.Taken[^1].IsSignedWith(secret) && receiver.Taken[^1].IsSignedWith(renewed));

        Assert.Equal(204, (await host.Officer.Send(HttpMethod.Delete, $"webhooks/{made.Text("id")}", null)).Status);
        Assert.Equal(404, (await host.Officer.Get($"webhooks/{made.Text("id")}")).Status);
        var told = (await host.Services.GetRequiredService<Running.SecurityLog>().On(MrAgreement.Calendars.StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()), Cancellation)).Reverse().ToList();
        Assert.Equal(["webhook-made", "webhook-secret-renewed", "webhook-revoked"], told.Select(entry => Json.NameOf(entry.Event)));
        Assert.All(told, entry => Assert.Equal((new PersonId("erik.ek"), $"/webhooks/{made.Text("id")}", true), (entry.By!.Value, entry.About, entry.From is not null)));
    }

    [Fact]
    public async Task One_that_hangs_or_fails_holds_up_neither_commands_nor_others_and_loses_nothing()
    {
        await using var host = await Start();
        await using var hanging = await Receiver.Start();
        await using var failing = await Receiver.Start();
        await using var good = await Receiver.Start();
        await using var moved = await Receiver.Start();
        await using var gone = await Receiver.Start();
        var path = await Posted.Agreement(host);
        hanging.Answer = _ => hanging.Sent.Count < 3 ? 0 : 200;
        failing.Answer = _ => failing.Sent.Count < 4 ? 500 : 200;
        moved.Answer = _ => 307;
        gone.Answer = _ => 410;
        var ids = new Dictionary<Receiver, string>();
        foreach (var receiver in new[] { hanging, failing, good, moved, gone })
            ids[receiver] = (await Made(host.Officer, receiver)).Text("id")!;

        for (var i = 0; i < 3; i++)
            await Note(host.Officer, path, $"Ord {i}");
        await good.Until(() => good.Taken.Count == 3);
        await failing.Until(() => failing.Taken.Count == 3);
        await hanging.Until(() => hanging.Taken.Count == 3);
        // In order, and each taken once.
        foreach (var receiver in new[] { hanging, failing, good })
            Assert.Equal(good.Taken.Select(it => it.Id), receiver.Taken.Select(it => it.Id));
        Assert.Equal(3, good.Sent.Count);
        await gone.Until(() => !gone.Sent.IsEmpty);
        await Until(async () => (await View(gone)).Text("ended") == "gone");
        Assert.Equal((409, 1), ((await host.Officer.Post($"webhooks/{ids[gone]}/replay", new { })).Status, gone.Sent.Count));
        // Where it says to go is not gone to; it is put off, and given up in the end.
        await Until(async () => (await View(moved)).Text("ended") == "given-up");
        Assert.Equal("refused", (await View(moved)).Text("failure"));
        Assert.Single(moved.Sent.Select(it => it.Id).Distinct());
        // Whoever looks after the host is told so, and where; others that there is something.
        var ready = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal(("incomplete", 1, "erik.ek", "RK", "127.0.0.1", "given-up"), (ready.Text("status"), ready.Number("unheard"), ready.Text("receivers.0.owner"), ready.Text("receivers.0.party"), ready.Text("receivers.0.host"), ready.Text("receivers.0.why")));
        Assert.DoesNotContain("/hear", ready.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", (await host.Nobody.Get("/health/ready")).Text, StringComparison.Ordinal);
        using (var admin = await Pages.PageCaller.SignIn(host, "adam.berg"))
        {
            var page = (await admin.Get("/messages")).Text;
            Assert.Contains("127.0.0.1, Erik Ek (RK): mottagaren gick inte att nå på tre dygn", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/hear", page, StringComparison.Ordinal);
        }
        moved.Answer = _ => 200;
        (await host.Officer.Post($"webhooks/{ids[moved]}/replay", new { })).Is(200);
        await moved.Until(() => moved.Taken.Count == 3);
        Assert.Equal("ready", (await host.Admin.Get("/health/ready")).Is(200).Text("status"));

        async Task<System.Text.Json.JsonElement> View(Receiver of) => (await host.Officer.Get($"webhooks/{ids[of]}")).Is(200);
    }

    [Fact]
    public async Task A_host_that_is_killed_goes_on_where_it_was_and_two_tell_nothing_twice()
    {
        var storage = azurite.FreshAccount();
        await using var receiver = await Receiver.Start();
        await using var one = await Start(storage);
        await using var other = await Start(storage);
        var path = await Posted.Agreement(one);
        await Made(one.Officer, receiver);
        for (var i = 0; i < 6; i++)
            await Note((i % 2 == 0 ? one : other).Officer, path, $"Ord {i}");
        await receiver.Until(() => receiver.Taken.Count >= 6);
        Assert.Equal(receiver.Sent.Select(it => it.Id).Distinct(), receiver.Sent.Select(it => it.Id));

        // As if a process had been killed after the receiver took something, and before that was written down.
        var kept = one.Services.GetRequiredService<KeptWebhooks>();
        var hook = Assert.Single(await kept.All(cancellation: Cancellation));
        var (progress, _) = (await kept.ProgressOf(hook.Id, Cancellation))!.Value;
        await kept.Put(hook.Id, progress with { LeasedUntil = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(1) }, null, Cancellation);
        await Note(other.Officer, path, "Sist");
        await receiver.Until(() => receiver.Taken.Count >= 7);
        Assert.Equal(7, receiver.Taken.Select(it => it.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_is_left_when_a_host_stops_is_told_when_it_begins_again()
    {
        await using var host = await Start();
        await using var receiver = await Receiver.Start();
        var path = await Posted.Agreement(host);
        var from = (await host.Officer.Get("changes?since=now")).Is(200).Text("next");
        for (var i = 0; i < 3; i++)
            await Note(host.Officer, path, $"Ord {i}");
        var keeping = host.Services.GetServices<IHostedService>().Single(it => it.GetType().Name == "WebhookKeeping");
        Task? stopping = null;
        receiver.Answer = _ =>
        {
            stopping ??= keeping.StopAsync(Cancellation);
            return 204;
        };
        (await host.Officer.Post("webhooks", new { address = receiver.Address, from })).Is(201);
        await receiver.Until(() => stopping is not null);
        await stopping!;
        Assert.Single(receiver.Taken);
        await keeping.StartAsync(Cancellation);
        await receiver.Until(() => receiver.Taken.Count >= 3);
        Assert.Equal(3, receiver.Sent.Select(it => it.Id).Distinct().Count());
    }

    [Fact]
    public async Task Only_public_addresses_over_tls_and_only_whoever_may()
    {
        await using var host = await RunningHost.Start();
        foreach (var address in new[] { "http://example.org/", "ftp://example.org/", "https://a:b@example.org/", "https://example.org/#x", "example.org", "https://", $"https://example.org/{new string('x', 500)}" })
            Assert.Equal((422, "webhook-address"), Problem(await host.Officer.Post("webhooks", new { address })));
        foreach (var address in new[] { "https://127.0.0.1/", "https://localhost/", "https://10.1.2.3/", "https://169.254.169.254/", "https://[::1]/", "https://[::ffff:192.168.1.1]/", "https://[fd00::1]/", "https://2130706433/", "https://0x7f.1/" })
            Assert.Equal((422, "webhook-private"), Problem(await host.Officer.Post("webhooks", new { address })));
        foreach (var role in new[] { "reader", "auditor", "finance", "approver" })
            Assert.Equal(403, (await host.As(role).Post("webhooks", new { address = "https://198.41.0.4/" })).Status);
        Assert.Equal((400, "malformed-cursor"), Problem(await host.Officer.Post("webhooks", new { address = "https://198.41.0.4/", from = "x" })));
        (await host.Officer.Post("webhooks", new { address = "https://198.41.0.4/" })).Is(201);
        // A name may lead elsewhere by the time it is connected to.
        await Assert.ThrowsAsync<PrivateAddressException>(async () => await PublicNetwork.Connect("localhost", 80, false, Cancellation));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2a00:1450::1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.255.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd12::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:a00:1::1", false)]
    public void What_is_public_is_known_by_its_address(string address, bool isPublic) => Assert.Equal(isPublic, PublicNetwork.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Links_lead_to_where_people_reach_the_host_and_this_machine_is_closed_unless_it_is_opened()
    {
        await using var host = await RunningHost.Start(publicAddress: "https://avtal.example.se");
        var settings = host.Services.GetRequiredService<WebhookSettings>();
        Assert.Equal((new("https://avtal.example.se"), false), (settings.Root, settings.Loopback));
        var opened = LocalHost.Begin(HostSettings.Read(["--demo", "--webhooks", "loopback", "--urls", "http://127.0.0.1:5081"], _ => null));
        using var services = opened.Services.BuildServiceProvider();
        Assert.Equal((new("http://127.0.0.1:5081"), true), services.GetRequiredService<WebhookSettings>() is var own ? (own.Root, own.Loopback) : default);
    }

    // As docs/running.md tells whoever receives.
    static string ReckonedAsInTheManual(string secret, Heard it)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{it.Id}.{it.At}.").Concat(it.Body).ToArray();
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }

    static Task<RunningHost> Start(string? storage = null) => RunningHost.Start(storage: storage, services: services => services.AddSingleton(
        new WebhookSettings(new("http://localhost/"))
        {
            Loopback = true, Timeout = TimeSpan.FromMilliseconds(500), Pause = TimeSpan.FromMilliseconds(20), FirstWait = Duration.FromMilliseconds(100),
            LongestWait = Duration.FromMilliseconds(200), Patience = Duration.FromSeconds(3), Lease = Duration.FromSeconds(5)
        }));

    static async Task<System.Text.Json.JsonElement> Made(Caller by, Receiver receiver) => (await by.Post("webhooks", new { address = receiver.Address })).Is(201);

    static async Task Note(Caller by, string path, string text) => (await by.Post($"{path}/obligations/report/notes", new { text })).Is(201);

    static async Task Until(Func<Task<bool>> met)
    {
        for (var waited = 0; !await met(); waited++)
        {
            Assert.True(waited < 300);
            await Task.Delay(100);
        }
    }

    static (int, string) Problem(WireAnswer answer) => (answer.Status, answer.Json.Text("type")!.Split('/', ':')[^1]);
}
