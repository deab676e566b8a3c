using System.Text.Json;
using MrAgreement.Local;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Feeds;

/// <summary>What has happened in all agreements since one last asked.</summary>
public class ChangesTests(Azurite azurite)
{
    static readonly string[] roles = ["project-lead", "finance", "approver", "officer", "payer", "auditor", "admin"];

    [Fact]
    public async Task Everybody_is_given_just_what_the_logs_show_them_and_in_order()
    {
        await using var host = await RunningHost.Start();
        var paths = new[] { await Posted.Agreement(host, Posted.Terms2014()), await Posted.Agreement(host) };
        // What a party keeps to itself, and drafts, in turn with what all see.
        await Posted.Submission(host.Lead, paths[0], "mapping-report", "Rapporten");
        (await host.Officer.Post($"{paths[1]}/obligations/report/notes", new { text = "Ett eget ord" })).Is(201);
        (await host.Lead.Post($"{paths[0]}/obligations/action-plan/notes", new { text = "Ett annat" })).Is(201);
        (await host.Finance.Post($"{paths[0]}/grant/requisitions", Posted.Requisition("2014", 4_000_000))).Is(201);
        (await host.Lead.Post($"{paths[1]}/obligations/report/notes", new { text = "Ett tredje" })).Is(201);

        foreach (var role in roles)
        {
            var caller = host.As(role);
            var found = await All(caller);
            foreach (var path in paths)
            {
                var log = await caller.Get($"{path}/events?limit=100");
                var shown = log.Status == 200 ? (await caller.All($"{path}/events?limit=100")).Select(Told).ToList() : [];
                Assert.Equal(shown, found.Where(it => path.EndsWith(it.GetProperty("agreement").GetString()!, StringComparison.Ordinal)).Select(Told));
            }
            Assert.NotEmpty(found);
        }
        Assert.True((await All(host.Admin)).Count > (await All(host.Payer)).Count || (await All(host.Lead)).Count > (await All(host.Payer)).Count);
        Assert.Equal(403, (await host.Reader.Get("changes")).Status);

        static (long, string, string, string) Told(JsonElement it) => (it.GetProperty("sequence").GetInt64(), it.GetProperty("type").GetString()!, it.GetProperty("at").GetString()!, it.GetProperty("actor").GetRawText());
    }

    [Fact]
    public async Task A_cursor_goes_on_where_it_was_and_one_that_was_altered_is_refused()
    {
        await using var host = await RunningHost.Start();
        var begin = (await host.Officer.Get("changes?since=now")).Is(200);
        Assert.Empty(begin.At("items").EnumerateArray());
        var path = await Posted.Agreement(host);
        var first = (await host.Officer.Get($"changes?limit=1&since={begin.Text("next")}")).Is(200);
        Assert.Equal((1L, true), (Assert.Single(first.At("items").EnumerateArray()).GetProperty("sequence").GetInt64(), first.Flag("more")));
        var rest = (await host.Officer.Get($"changes?limit=100&since={first.Text("next")}")).Is(200);
        Assert.Equal(await Posted.LogLength(host, path), 1 + rest.At("items").GetArrayLength());
        Assert.False(rest.Flag("more"));
        var link = rest.At("items")[0].GetProperty("link").GetString()!;
        Assert.StartsWith($"{host.Address}{path}/log?event=2", link, StringComparison.Ordinal);
        Assert.Empty((await host.Officer.Get($"changes?since={rest.Text("next")}")).Is(200).At("items").EnumerateArray());
        // One that somebody else was given leads them to nothing that they may not see.
        Assert.Equal(200, (await host.Lead.Get($"changes?since={rest.Text("next")}")).Status);

        var next = rest.Text("next")!;
        foreach (var altered in new[] { "x", $"{next}A", next[..^4], next[..40] + (next[40] == 'A' ? 'B' : 'A') + next[41..], "%00" })
            Assert.Equal((400, "malformed-cursor"), Problem(await host.Officer.Get($"changes?since={altered}")));
        foreach (var limit in new[] { "0", "101", "-1", "x" })
            Assert.Equal((400, "malformed-parameter"), Problem(await host.Officer.Get($"changes?limit={limit}")));
    }

    [Fact]
    public async Task A_database_that_was_put_back_loses_nothing_of_what_came_since()
    {
        using var folder = new TemporaryFolder();
        string cursor, path;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            path = await Posted.Agreement(host);
            Assert.Equal(0, await Backups.Take(folder["data"], folder["copy"], SystemClock.Instance, TextWriter.Null, TextWriter.Null));
            (await host.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note = "klart" })).Is(200);
            cursor = (await host.Admin.Get("changes?limit=100")).Is(200).Text("next")!;
        }
        Assert.Equal(0, await Backups.Restore(folder["copy"], folder["back"], TextWriter.Null, TextWriter.Null));
        await using var again = await RunningHost.Start(folder: folder["back"]);
        (await again.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note = "på annat sätt" })).Is(200);
        var found = (await again.Admin.Get($"changes?limit=100&since={cursor}")).Is(200).At("items").GetArrayLength();
        Assert.Equal(await Posted.LogLength(again, path), found);
    }

    [Fact]
    public async Task Hosts_on_one_account_give_the_same_and_take_each_others_cursors()
    {
        var storage = azurite.FreshAccount();
        await using var one = await RunningHost.Start(storage: storage);
        await using var other = await RunningHost.Start(storage: storage);
        var path = await Posted.Agreement(one);
        var first = (await one.Officer.Get("changes?limit=2")).Is(200);
        (await other.Officer.Post($"{path}/obligations/information/completion", new { doneOn = "2014-06-13", note = "klart" })).Is(200);
        var rest = (await other.Officer.Get($"changes?limit=100&since={first.Text("next")}")).Is(200);
        Assert.Equal(Enumerable.Range(1, await Posted.LogLength(one, path)).Select(n => (long)n),
            first.At("items").EnumerateArray().Concat(rest.At("items").EnumerateArray()).Select(it => it.GetProperty("sequence").GetInt64()));
        Assert.Equal(await Sequences(one), await Sequences(other));

        static async Task<string> Sequences(RunningHost host) => string.Join('\n', (await All(host.Admin)).Select(it => $"{it.GetProperty("agreement")} {it.GetProperty("sequence")}"));
    }

    // In small portions, as whoever follows them gets them.
    static async Task<IReadOnlyList<JsonElement>> All(Caller caller)
    {
        var found = new List<JsonElement>();
        for (var address = "changes?limit=3"; ;)
        {
            var page = (await caller.Get(address)).Is(200);
            found.AddRange(page.At("items").EnumerateArray());
            if (!page.Flag("more"))
                return found;
            address = $"changes?limit=3&since={page.Text("next")}";
        }
    }

    static (int, string) Problem(WireAnswer answer) => (answer.Status, answer.Json.Text("type")!.Split('/', ':')[^1]);
}
