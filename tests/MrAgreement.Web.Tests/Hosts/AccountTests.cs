using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>Hosts on a storage account: what they ask it for, what they share, and what they say when it fails them.</summary>
public class AccountTests(Azurite azurite)
{
    const string Completion = "obligations/information/completion";

    [Fact]
    public async Task A_command_is_a_read_and_an_append_and_a_look_at_an_agreement_is_one_read()
    {
        await using var tables = new FaultyProxy(azurite.TablePort);
        var storage = azurite.Connection(azurite.NextName(), azurite.BlobPort, tables.Port);
        string path;
        await using (var first = await RunningHost.Start(storage: storage))
            path = await Posted.Agreement(first);
        // One that has nothing in memory.
        await using var host = await RunningHost.Start(storage: storage);
        using var page = await PageCaller.SignIn(host, "farid.falk");
        var id = path.Split('/')[^1].Replace("-", "", StringComparison.Ordinal);
        // The host itself looks every now and then for what lists must show; that is not this request's.
        int Asked() => tables.Passed().Count(request => request.Contains(id, StringComparison.Ordinal) && !request.Contains("RowKey='m", StringComparison.Ordinal));
        Asked();

        (await host.Officer.Post($"{path}/{Completion}", new { doneOn = "2014-06-13", note = "klart" }, ("Idempotency-Key", "klart"))).Is(200);
        Assert.InRange(Asked(), 1, 2);
        (await host.Officer.Get(path)).Is(200);
        Assert.InRange(Asked(), 1, 2);
        var shown = await page.Get($"/{path}");
        Assert.Equal((200, $"/{path}"), (shown.Status, shown.Path));
        Assert.InRange(Asked(), 1, 2);
    }

    [Fact]
    public async Task A_ledger_that_one_host_imported_is_looked_into_and_compared_with_on_another()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start("2016-02-16", storage: storage);
        await using var other = await RunningHost.Start("2016-02-16", storage: storage);
        var path = await Fixtures.Fixture.Agreement(one);

        (await one.Finance.ImportLedger(path, Fixtures.Fixture.Ledger)).Is(201);
        var rows = await one.Finance.All($"{path}/grant/vouchers");
        Assert.NotEmpty(rows);
        // Several at once: they must not take from each other what they have brought back.
        foreach (var seen in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => other.Finance.All($"{path}/grant/vouchers"))))
            Assert.Equal(rows.Select(r => r.GetRawText()), seen.Select(r => r.GetRawText()));

        // The same vouchers in another file, on the host that did not import them: they count once.
        (await other.Finance.ImportLedger(path, "skr_example_4E_utf8.se")).Is(201);
        Assert.Equal(rows.Count, (await one.Finance.All($"{path}/grant/vouchers")).Count);
    }

    [Fact]
    public async Task A_plan_that_was_drafted_on_one_host_is_made_a_version_on_another()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start(storage: storage);
        await using var other = await RunningHost.Start(storage: storage);
        var plan = $"{await Posted.Agreement(one, Posted.Terms2014())}/plan";
        var drafted = await one.Lead.Send(HttpMethod.Put, $"{plan}/draft", new { period = new { from = "2015-06-01", to = "2017-06-30" }, analysis = "Bristerna" });
        drafted.Is(200);
        Assert.Equal("Bristerna", (await other.Lead.Get($"{plan}/draft")).Is(200).Text("plan.analysis"));
        (await other.Lead.Send(HttpMethod.Put, $"{plan}/draft", new { analysis = "Annat" }, ("If-Match", drafted.ETag!))).Is(200);
        (await one.Lead.Send(HttpMethod.Put, $"{plan}/draft", new { analysis = "Tredje" }, ("If-Match", drafted.ETag!))).IsProblem(412, "stale-if-match");
        (await one.Lead.Send(HttpMethod.Put, $"{plan}/draft", new { period = new { from = "2015-06-01", to = "2017-06-30" }, analysis = "Ihop" })).Is(200);
        var sha256 = (await other.Lead.Post($"{plan}/versions", new { reason = "first", summary = "Första" })).Is(201).Text("sha256");
        Assert.Equal(sha256, $"{Sha256.Of((await one.Lead.Get($"{plan}/versions/1/content")).Bytes)}");
        Assert.Equal("Ihop", (await one.Lead.Get(plan)).Is(200).Text("analysis"));
    }

    [Fact]
    public async Task A_package_that_one_host_made_is_fetched_from_another()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start(storage: storage);
        await using var other = await RunningHost.Start(storage: storage);
        var path = await Posted.Agreement(one);
        await Posted.Document(one.Lead, path, "Rapporten");

        var ordered = await one.Lead.Post($"{path}/archive-packages", "{}");
        ordered.Is(202);
        var place = new Uri(ordered.Location!).AbsolutePath;
        for (var tries = 0; (await one.Lead.Get(place)).Is(200).Text("status") == "making"; tries++)
        {
            Assert.True(tries < 600, "It was never made.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var fetched = await other.Lead.Get($"{place}/content");
        fetched.Ok();
        Assert.Equal((await other.Lead.Get(place)).Is(200).Text("sha256"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(fetched.Bytes)));
    }

    [Fact]
    public async Task What_one_host_was_asked_to_do_by_itself_every_host_tells_of_and_another_goes_on_with()
    {
        var storage = azurite.FreshAccount();
        await using var other = await RunningHost.Start("2016-02-16", storage: storage);
        var one = await RunningHost.Start("2016-02-16", storage: storage);
        string path;
        (WireAnswer Import, WireAnswer Refused, WireAnswer Package, WireAnswer Order) begun;
        await using (one)
        {
            path = await Fixtures.Fixture.Agreement(one);
            begun = (await Import(one, path, Money2014.Project), await Import(one, path, "P 9999"), await one.Lead.Post($"{path}/archive-packages", "{}"),
                await one.Officer.Post("archive-orders", new { agreements = new[] { path.Split('/')[1] } }));
            foreach (var answer in (WireAnswer[])[begun.Import, begun.Refused, begun.Package, begun.Order])
                answer.Is(202);
            // At once, whatever has become of it by then.
            Assert.True((await other.Finance.Get(Place(begun.Import))).Status is 200 or 303);
            Assert.True((await other.Finance.Get(Place(begun.Refused))).Status is 200 or 422);
            (await other.Lead.Get(Place(begun.Package))).Is(200);
            (await other.Officer.Get(Place(begun.Order))).Is(200);
        }

        Assert.Equal(303, (await Until(() => other.Finance.Get(Place(begun.Import)), it => it.Status != 200)).Status);
        (await Until(() => other.Finance.Get(Place(begun.Refused)), it => it.Status != 200)).IsProblem(422, "project-not-in-ledger");
        Assert.Equal("made", (await Until(() => other.Lead.Get(Place(begun.Package)), it => it.Is(200).Text("status") != "making")).Json.Text("status"));
        Assert.Equal((1, 0), await Until(() => other.Officer.Get(Place(begun.Order)), it => it.Is(200).Flag("done")) is { Json: var order }
            ? ((int)order.Number("made"), (int)order.Number("failed")) : default);
        Assert.Single(await other.Finance.All($"{path}/grant/ledger-imports"));
        Assert.Empty((await other.Finance.Get($"{path}/grant/ledger-imports/in-progress")).Is(200).EnumerateArray());

        static Task<WireAnswer> Import(RunningHost host, string path, string project) => host.Finance.Post($"{path}/grant/ledger-imports",
            Posted.Form(Fixtures.Fixture.Bytes(Fixtures.Fixture.Ledger), Fixtures.Fixture.Ledger, ("project", project)), ("Prefer", "respond-async"));
    }

    static string Place(WireAnswer begun) => new Uri(begun.Location!).AbsolutePath;

    static async Task<WireAnswer> Until(Func<Task<WireAnswer>> ask, Func<WireAnswer, bool> enough)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var answer = await ask();
            if (enough(answer))
                return answer;
            await Task.Delay(50, limit.Token);
        }
    }

    [Fact]
    public async Task An_account_that_is_gone_takes_readiness_with_it_and_refuses_commands_until_it_is_back()
    {
        await using var tables = new FaultyProxy(azurite.TablePort);
        await using var host = await RunningHost.Start(storage: azurite.Connection(azurite.NextName(), azurite.BlobPort, tables.Port));
        var path = await Posted.Agreement(host);

        tables.Faults = _ => WireFault.ThrottledForLong;
        await NotReady(host);
        var refused = await host.Officer.Post($"{path}/{Completion}", new { doneOn = "2014-06-13", note = "klart" }, ("Idempotency-Key", "klart"));
        refused.IsProblem(503, "busy");
        Assert.Equal("1", refused["Retry-After"]);
        Assert.Equal(200, (await host.Nobody.Get("/health/live")).Status);

        tables.Faults = _ => WireFault.None;
        Assert.Equal(200, (await host.Nobody.Get("/health/ready")).Status);
        (await host.Officer.Post($"{path}/{Completion}", new { doneOn = "2014-06-13", note = "klart" }, ("Idempotency-Key", "klart"))).Is(200);
    }

    [Fact]
    public async Task An_account_that_never_answers_is_given_up_and_callers_are_spread()
    {
        await using var tables = new FaultyProxy(azurite.TablePort);
        await using var host = await RunningHost.Start(storage: azurite.Connection(azurite.NextName(), azurite.BlobPort, tables.Port));
        var path = await Posted.Agreement(host);

        tables.Faults = _ => WireFault.Silent;
        tables.Passed();
        var told = new List<int>();
        for (var call = 0; call < 8; call++)
        {
            var refused = await host.Officer.Post($"{path}/{Completion}", new { doneOn = "2014-06-13", note = "klart" });
            refused.IsProblem(503, "storage-unavailable");
            told.Add(int.Parse(refused["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.All(told, seconds => Assert.InRange(seconds, 5, 15));
        Assert.True(told.Distinct().Count() > 1, string.Join(", ", told));
    }

    [Fact]
    public async Task Documents_that_can_not_be_reached_take_readiness_with_them()
    {
        await using var blobs = new FaultyProxy(azurite.BlobPort);
        await using var host = await RunningHost.Start(storage: azurite.Connection(azurite.NextName(), blobs.Port, azurite.TablePort));
        Assert.Equal(200, (await host.Nobody.Get("/health/ready")).Status);

        blobs.Faults = _ => WireFault.ThrottledForLong;
        await NotReady(host);

        blobs.Faults = _ => WireFault.None;
        Assert.Equal(200, (await host.Nobody.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task Readiness_costs_one_request_and_lists_three_of_them_together()
    {
        await using var tables = new FaultyProxy(azurite.TablePort);
        await using var blobs = new FaultyProxy(azurite.BlobPort);
        // By the real clock, since hosts that share a simulated one look where it stands.
        await using var host = await RunningHost.Start(clock: null, storage: azurite.Connection(azurite.NextName(), blobs.Port, tables.Port));
        await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        await officer.Get("/");
        // What is due is looked for by the host itself, and whom to tell of what has moved, within half a second.
        IReadOnlyList<string> Asked() => [.. tables.Passed().Concat(blobs.Passed()).Where(request => !request.Contains("%27w", StringComparison.Ordinal) && !request.Contains("webhooks", StringComparison.Ordinal))];
        Asked();

        foreach (var page in (string[])["/", "/deadlines", "/deadlines?view=month"])
        {
            Assert.Equal(200, (await officer.Get(page)).Status);
            AssertAsked(3);
        }
        // What was found in the logs is asked for once in a while, by the first.
        Assert.Equal(200, (await host.Nobody.Get("/health/ready")).Status);
        Asked();
        for (var probe = 0; probe < 4; probe++)
        {
            Assert.Equal(200, (await host.Nobody.Get("/health/ready")).Status);
            AssertAsked(1);
        }

        void AssertAsked(int expected)
        {
            var asked = Asked();
            Assert.True(asked.Count == expected, string.Join('\n', asked));
        }
    }

    [Fact]
    public async Task A_simulated_clock_is_one_for_all_hosts_of_an_account_and_never_goes_backwards()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start(storage: storage);
        await using var other = await RunningHost.Start(storage: storage);
        await using var later = await RunningHost.Start("2014-06-20", storage: storage);
        static async Task<string?> Now(RunningHost host) => (await host.Reader.Get("simulation/clock")).Is(200).Text("now");
        static Task<WireAnswer> Move(RunningHost host, string to) => host.Reader.Post("simulation/clock", new { now = to });

        Assert.Equal(("2014-06-20T10:00:00Z", "2014-06-20T10:00:00Z"), (await Now(one), await Now(other)));
        (await Move(one, "2014-07-01")).Is(200);
        Assert.Equal(("2014-07-01T10:00:00Z", "2014-07-01T10:00:00Z"), (await Now(other), await Now(later)));
        (await Move(other, "2014-06-25")).IsProblem(409, "clock-backwards");
        var path = await Posted.Agreement(later);
        Assert.Equal("2014-07-01T10:00:00Z", (await other.Admin.All($"{path}/events"))[0].Text("at"));

        // Moved on all at once, it stands where it was moved farthest; on the way each reminder was sent once.
        var moves = await Task.WhenAll(Enumerable.Range(1, 12).Select(month => Move(new[] { one, other, later }[month % 3], $"2015-{month:00}-01")));
        Assert.All(moves, move => Assert.True(move.Status is 200 or 409, move.Text));
        foreach (var host in (RunningHost[])[one, other, later])
            Assert.Equal("2015-12-01T11:00:00Z", await Now(host));
        var sent = (await one.Admin.All($"{path}/events")).Where(e => e.Text("type") == "reminder-sent").ToList();
        Assert.Equal(sent.Count, sent.DistinctBy(e => (e.Text("data.obligation"), e.Number("data.rung"), e.Text("data.dueOn"))).Count());
        Assert.NotEmpty(sent);
        Assert.True((await one.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        await using var again = await RunningHost.Start(storage: storage);
        Assert.Equal("2015-12-01T11:00:00Z", await Now(again));
    }

    // Tables and documents are asked in turn, one at each probe; what did not answer is asked until it does.
    static async Task NotReady(RunningHost host)
    {
        int[] probes = [(await host.Nobody.Get("/health/ready")).Status, (await host.Nobody.Get("/health/ready")).Status, (await host.Nobody.Get("/health/ready")).Status];
        Assert.Equal((503, 503), (probes[1], probes[2]));
    }

    [Fact]
    public async Task Who_is_signed_in_at_one_host_is_signed_in_at_another()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start(storage: storage);
        using var page = await PageCaller.SignIn(one, "farid.falk");
        await using var other = await RunningHost.Start(storage: storage);

        using var there = page.At(other);
        Assert.DoesNotContain("/sign-in", (await there.Get("/")).Path, StringComparison.Ordinal);
    }
}
