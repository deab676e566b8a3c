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
    public async Task An_account_that_is_gone_takes_readiness_with_it_and_refuses_commands_until_it_is_back()
    {
        await using var tables = new FaultyProxy(azurite.TablePort);
        await using var host = await RunningHost.Start(storage: azurite.Connection(azurite.NextName(), azurite.BlobPort, tables.Port));
        var path = await Posted.Agreement(host);

        tables.Faults = _ => WireFault.ThrottledForLong;
        Assert.Equal(503, (await host.Nobody.Get("/health/ready")).Status);
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
        Assert.Equal(503, (await host.Nobody.Get("/health/ready")).Status);

        blobs.Faults = _ => WireFault.None;
        Assert.Equal(200, (await host.Nobody.Get("/health/ready")).Status);
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

    [Fact]
    public async Task Three_hosts_and_a_thousand_commands_leave_every_log_whole_also_when_one_is_killed()
    {
        const int hosts = 3, clients = 4, each = 84;
        using var folder = new TemporaryFolder();
        var storage = azurite.FreshAccount();
        var running = await Task.WhenAll(Enumerable.Range(0, hosts).Select(n => HostProcess.Serving(folder[$"host-{n}"], environment: ("MRAGREEMENT_STORAGE", storage))));
        try
        {
            var paths = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Signed(running[n % hosts], $"S2014/{n}")));
            var answered = 0;
            var sent = await Task.WhenAll(Enumerable.Range(0, hosts * clients).Select(client => Task.Run(async () =>
            {
                var notes = new List<(string Path, string Note, bool Acknowledged)>();
                for (var i = 0; i < each; i++)
                {
                    var (path, note) = (paths[(client + i) % paths.Length], $"note-{client}-{i}");
                    notes.Add((path, note, await Noted(running[client % hosts], path, note)));
                    // In the middle of it all.
                    if (Interlocked.Increment(ref answered) == hosts * clients * each / 2)
                        await running[^1].Kill();
                }
                return notes;
            })));

            var all = sent.SelectMany(notes => notes).ToList();
            Assert.True(all.Count(s => s.Acknowledged) > all.Count / 2);
            foreach (var path in paths)
            {
                var log = string.Join('\n', (await running[0].As("admin").All($"{path}/events?limit=100")).Select(e => e.GetRawText()));
                foreach (var (_, note, acknowledged) in all.Where(s => s.Path == path))
                    Assert.True(log.Split($"\"{note}\"").Length - 1 is var found && (found == 1 || found == 0 && !acknowledged), $"{note} stands {found} times, acknowledged {acknowledged}");
                Assert.True((await running[1].As("admin").Get($"{path}/events/verification")).Is(200).Flag("valid"));
            }
            // What was not acknowledged is sent again, elsewhere, with the same key: it stands once.
            var unknown = all.First(s => !s.Acknowledged);
            Assert.True(await Noted(running[0], unknown.Path, unknown.Note));
            var whole = string.Join('\n', (await running[1].As("admin").All($"{unknown.Path}/events?limit=100")).Select(e => e.GetRawText()));
            Assert.Equal(2, whole.Split($"\"{unknown.Note}\"").Length);
            Assert.Equal(paths.Length, (await running[1].As("admin").All("agreements")).Count);
        }
        finally
        {
            foreach (var host in running)
                host.Dispose();
        }
    }

    static async Task<string> Signed(HostProcess host, string number)
    {
        var terms = Posted.Terms();
        terms["diaryNumber"] = number;
        var path = $"agreements/{(await host.As("officer").Post("agreements", terms, ("Idempotency-Key", $"create-{number}"))).Is(201).Text("id")}";
        (await host.As("officer").Post($"{path}/signature", Posted.Signature())).Is(200);
        return path;
    }

    // False when nobody knows what became of it.
    static async Task<bool> Noted(HostProcess host, string path, string note)
    {
        try
        {
            var answer = await host.As("officer").Post($"{path}/{Completion}", new { doneOn = "2014-06-13", note }, ("Idempotency-Key", note));
            Assert.True(answer.Status is 200 or 201 or 503, answer.Text);
            return answer.Status != 503;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
