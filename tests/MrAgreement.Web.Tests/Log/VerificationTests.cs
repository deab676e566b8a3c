using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Web.Log;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Log;

/// <summary>What verification answers of a log that somebody has changed past the program, with and without a checkpoint.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    readonly KeptLog log = new();
    readonly TemporaryFolder folder = new();
    RunningHost host = null!;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start(folder: folder["data"], log: log);
        path = await Posted.Agreement(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    async Task Again()
    {
        await host.DisposeAsync();
        host = await RunningHost.Start(folder: folder["data"], log: log);
    }

    static IEnumerable<string> Named(JsonElement proof) => proof.At("faults").EnumerateArray().Select(fault => $"{fault.Text("what")} {fault.Text("detail")}");

    [Fact]
    public async Task A_whole_log_is_told_with_the_checkpoints_that_hold_it()
    {
        Assert.Equal(0, (await host.Auditor.Get($"{path}/events/verification")).Is(200).At("checkpoints").GetArrayLength());
        var made = await host.Admin.Post("checkpoints");
        made.Is(201).Has("number:number origin:string size:number root:string at:string faulty:number");
        Assert.Equal(new Uri(host.Address, "/checkpoints/1").ToString(), made.Location);
        (await host.Auditor.Post("checkpoints")).Is(200);

        var proof = (await host.Auditor.Get($"{path}/events/verification")).Is(200);
        proof.Has("valid:boolean count:number head:string firstBreak:null faults:array checkpoints.0.number:number checkpoints.0.size:number checkpoints.0.sequence:number");
        Assert.Equal((true, 3m, 3m), (proof.Flag("valid"), proof.Number("count"), proof.Number("checkpoints.0.sequence")));
    }

    [Theory]
    [InlineData("UPDATE events SET data = CAST('{}' AS BLOB) WHERE sequence = 2", "row-broken 2")]
    [InlineData("UPDATE events SET type = 'from-the-future' WHERE sequence = 2", "row-broken 2")]
    [InlineData("UPDATE events SET data = NULL WHERE sequence = 2", "payload-missing 2")]
    [InlineData("UPDATE events SET hash = x'00' WHERE sequence = 2", "row-unreadable 2")]
    [InlineData("DELETE FROM events WHERE sequence = 2", "row-missing 2")]
    [InlineData("DELETE FROM events WHERE sequence = 3; UPDATE heads SET sequence = 2, hash = (SELECT hash FROM events WHERE sequence = 2), last_at = (SELECT at FROM events WHERE sequence = 2)", "log-cut 3")]
    [InlineData("UPDATE heads SET hash = x'00'", "head-differs 3")]
    [InlineData("DELETE FROM heads", "head-missing 3")]
    [InlineData("DELETE FROM heads; DELETE FROM events", "log-missing 3")]
    public async Task Whatever_is_done_to_a_log_that_a_checkpoint_holds_is_named_and_nothing_fails(string sql, string named)
    {
        (await host.Admin.Post("checkpoints")).Is(201);
        await Execute(sql);

        foreach (var fresh in new[] { false, true })
        {
            if (fresh)
                await Again();
            foreach (var by in new[] { host.Admin, host.Auditor })
            {
                var proof = (await by.Get($"{path}/events/verification")).Is(200);
                Assert.False(proof.Flag("valid"));
                Assert.Contains(named, Named(proof));
            }
            Assert.NotEqual(200, (await host.Lead.Get($"{path}/events/verification")).Status);
        }
        var ready = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal(("incomplete", path["agreements/".Length..]), (ready.Text("status"), ready.Text("faults.0.log")));
        Assert.Equal(named.Split(' ')[0], ready.Text("faults.0.what"));
        Assert.Contains(log.Lines, line => line.Contains($"The log of {path["agreements/".Length..]} is not whole: {named.Split(' ')[0]}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_put_right_is_not_told_any_more()
    {
        await Execute("UPDATE events SET actor = actor || 'x' WHERE sequence = 2");
        Assert.Equal(["row-broken 2"], Named((await host.Admin.Get($"{path}/events/verification")).Is(200)));
        using (var auditor = await PageCaller.SignIn(host, "agnes.asp"))
        {
            var page = (await auditor.Get($"/{path}/log?verify")).Text;
            Assert.Contains("Loggen är inte hel. Antal fel: 1.", page, StringComparison.Ordinal);
            Assert.Contains("Loggen är bruten vid händelse 2", page, StringComparison.Ordinal);
        }
        await Execute("UPDATE events SET actor = substr(actor, 1, length(actor) - 1) WHERE sequence = 2");
        Assert.True((await host.Admin.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        Assert.Equal("ready", (await host.Admin.Get("/health/ready")).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_start_looks_through_what_is_younger_than_the_last_checkpoint()
    {
        await Execute("UPDATE events SET at = at + 1 WHERE sequence = 3");
        await Again();
        WireAnswer ready;
        do
            ready = await host.Admin.Get("/health/ready");
        while (ready.Is(200).Text("status") == "ready");
        Assert.Equal(("row-broken", 3m), (ready.Is(200).Text("faults.0.what"), ready.Is(200).Number("faults.0.sequence")));
    }

    // Whoever can keep anybody from looking must not get away with anything: the row that is altered is told, and nothing else stops.
    [Theory]
    [InlineData("INSERT INTO heads SELECT x'0011', sequence, hash, last_at, append_id, NULL, shown FROM heads LIMIT 1", "key-not-understood")]
    [InlineData("INSERT INTO events SELECT x'0011', 1, at, actor, type, data, digest, hash, salt FROM events WHERE sequence = 1", "key-not-understood")]
    [InlineData("UPDATE kept SET data = x'ff' WHERE kind = 'settings' AND key = 'last-checkpoint'", "checkpoint-lost")]
    public async Task What_no_program_has_written_keeps_nobody_from_looking(string sql, string named)
    {
        (await host.Admin.Post("checkpoints")).Is(201);
        await Posted.Document(host.Lead, path, "Handling");
        await Execute($"UPDATE events SET actor = actor || 'x' WHERE sequence = 4; {sql}");
        await Again();
        System.Text.Json.JsonElement ready;
        do
            ready = (await host.Admin.Get("/health/ready")).Is(200);
        while (ready.Number("faulty") != 2m);
        var faults = ready.At("faults").EnumerateArray().Select(it => it.Text("what")).ToList();
        Assert.Contains("row-broken", faults);
        Assert.Contains(named, faults);
        (await host.Admin.Get($"{path}/events/verification")).Is(200);
        (await host.Nobody.Get("/checkpoints")).Is(200);
        (await host.Admin.Get("changes")).Is(200);
        Assert.Equal(named == "checkpoint-lost" ? 409 : 201, (await host.Admin.Post("checkpoints")).Status);
    }

    [Fact]
    public async Task A_look_that_breaks_off_is_told_until_one_comes_to_its_end()
    {
        var kept = host.Services.GetRequiredService<IKeptRecords>();
        await Execute("UPDATE kept SET data = x'ff' WHERE kind = 'settings' AND key = 'log-watched-night'; ALTER TABLE events RENAME TO gone");
        await Assert.ThrowsAnyAsync<Exception>(() => host.Services.GetRequiredService<LogWatch>().Begin(TestContext.Current.CancellationToken));
        await Execute("ALTER TABLE gone RENAME TO events");
        Assert.Equal("not-looked-through", (await host.Admin.Get("/health/ready")).Is(200).Text("faults.0.what"));
        await host.Services.GetRequiredService<LogWatch>().Begin(TestContext.Current.CancellationToken);
        Assert.Equal("ready", (await host.Admin.Get("/health/ready")).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_head_that_was_put_to_sleep_is_told_and_woken_by_the_night()
    {
        await Execute("UPDATE heads SET wake_at = NULL");
        (await host.Admin.Post("simulation/clock", new { now = "2018-06-01T12:00:00Z" })).Is(200);
        var before = (await host.Lead.Get($"{path}/events")).Is(200).At("items").GetArrayLength();
        await host.Services.GetRequiredService<IKeptRecords>().Set("log-watched-night", "2018-01-01", TestContext.Current.CancellationToken);

        var watch = host.Services.GetRequiredService<LogWatch>();
        await watch.Night(TestContext.Current.CancellationToken);

        var events = (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().ToList();
        Assert.Contains("reminder-sent", events.Skip(before).Select(it => it.Text("type")));
        Assert.Single(log.Lines, line => line.Contains($"What was due in agreement {path["agreements/".Length..]} had not happened", StringComparison.Ordinal));
        // Once it is awake there is nothing to tell.
        await host.Services.GetRequiredService<IKeptRecords>().Set("log-watched-night", "2018-01-01", TestContext.Current.CancellationToken);
        await watch.Night(TestContext.Current.CancellationToken);
        Assert.Single(log.Lines, line => line.Contains("had not happened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_checkpoint_that_is_altered_is_told_and_none_is_made_after_it()
    {
        (await host.Admin.Post("checkpoints")).Is(201);
        var file = folder["data/checkpoints/00000001.txt"];
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace(" 3 ", " 2 ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await Again();
        Assert.Equal(["checkpoint-lost 1"], Named((await host.Admin.Get($"{path}/events/verification")).Is(200)));
        (await host.Admin.Post("checkpoints")).IsProblem(409, "checkpoints-damaged");
    }

    [Fact]
    public async Task Of_a_log_with_a_row_that_nobody_can_read_the_export_holds_the_rest_and_changes_go_on_with_the_others()
    {
        var other = await Posted.Agreement(host);
        var (id, another) = (path["agreements/".Length..], other["agreements/".Length..]);
        await Execute($"UPDATE events SET hash = x'00' WHERE sequence = 2 AND agreement = x'{id.Replace("-", "", StringComparison.Ordinal)}'");
        await Again();
        var export = (await host.Officer.Get("me/export")).Is(200);
        Assert.Equal([id], export.At("unread").EnumerateArray().Select(it => it.GetString()));
        Assert.Equal([id, another], export.At("acts").EnumerateArray().Select(it => it.Text("agreement")).Distinct());
        Assert.Equal([another], (await host.Admin.Get("changes")).Is(200).At("items").EnumerateArray().Select(it => it.Text("agreement")).Distinct());
    }

    [Fact]
    public async Task Lists_that_somebody_has_written_in_are_made_anew_before_anybody_is_answered_and_not_again_and_again()
    {
        var before = (await host.Officer.Get("agreements")).Is(200).ToString();
        await Execute("UPDATE portfolio SET summary = x'00'");
        Assert.Equal(before, (await host.Officer.Get("agreements")).Is(200).ToString());
        Assert.Single(log.Lines, line => line.Contains("they are made anew from the logs", StringComparison.Ordinal));
        await Execute("UPDATE portfolio SET changed_at = -9223372036854775807");
        Assert.Equal(500, (await host.Officer.Get("agreements")).Status);
        Assert.Single(log.Lines, line => line.Contains("they are made anew from the logs", StringComparison.Ordinal));
        Assert.Single(log.Lines, line => line.Contains("a short while ago", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_file_under_a_checkpoint_s_name_is_told_as_a_damaged_one()
    {
        (await host.Admin.Post("checkpoints")).Is(201);
        Directory.CreateDirectory(folder["data/checkpoints/00000002.txt"]);
        await Posted.Agreement(host);
        (await host.Admin.Post("checkpoints")).IsProblem(409, "checkpoints-damaged");
        var ready = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal(("checkpoint-lost", 2m), (ready.Text("faults.0.what"), ready.Number("faults.0.sequence")));
        Directory.Delete(folder["data/checkpoints/00000002.txt"]);
        await Again();
        (await host.Admin.Post("checkpoints")).Is(201);
    }

    [Fact]
    public async Task Checkpoints_are_everybody_s_and_prove_a_log_and_one_another()
    {
        (await host.Nobody.Get("/checkpoints")).Is(200).Has("checkpoints:array");
        (await host.Admin.Get($"{path}/events/inclusion")).IsProblem(404, "no-such-checkpoint");
        (await host.Admin.Post("checkpoints")).Is(201);
        var other = await Posted.Agreement(host);
        (await host.Admin.Post("checkpoints")).Is(201);

        var all = (await host.Nobody.Get("/checkpoints")).Is(200);
        Assert.Equal([1m, 2m], all.At("checkpoints").EnumerateArray().Select(it => it.Number("size")));
        var first = await host.Nobody.Get("/checkpoints/1");
        // When it was made stands in it, and is told from there, also once its file was copied.
        var at = all.Text("checkpoints.0.at");
        Assert.Matches($"^{all.Text("origin")}\n1\n[A-Za-z0-9+/]{{43}}=\nat {at}\n$", first.Text);
        File.SetLastWriteTimeUtc(folder["data/checkpoints/00000001.txt"], new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(at, (await host.Nobody.Get("/checkpoints")).Is(200).Text("checkpoints.0.at"));
        Assert.Equal(all.Text("checkpoints.0.root"), Convert.ToHexStringLower(Convert.FromBase64String(first.Text.Split('\n')[2])));
        Assert.Equal(404, (await host.Nobody.Get("/checkpoints/3")).Status);
        Assert.Equal(404, (await host.Nobody.Get("/checkpoints/consistency?from=1&to=9")).Status);
        Assert.Equal((1m, 2m, 1), ((await host.Nobody.Get("/checkpoints/consistency?from=1&to=2")).Is(200) is var c ? (c.Number("from"), c.Number("to"), c.At("proof").GetArrayLength()) : default));

        var held = (await host.Auditor.Get($"{other}/events/inclusion")).Is(200);
        held.Has("checkpoint:number text:string index:number sequence:number hash:string salt:string proof:array");
        Assert.Equal((2m, 1m, 3m, 1), (held.Number("checkpoint"), held.Number("index"), held.Number("sequence"), held.At("proof").GetArrayLength()));
        (await host.Lead.Get($"{other}/events/inclusion")).IsProblem(403, "forbidden");
        foreach (var by in new[] { host.Lead, host.Officer, host.Reader })
            (await by.Post("checkpoints")).IsProblem(403, "forbidden");
        Assert.Equal(401, (await host.Nobody.Post("checkpoints")).Status);
    }

    [Fact]
    public async Task Hashing_all_bytes_goes_on_by_itself_and_is_followed()
    {
        await Posted.Document(host.Lead, path, "Rapport");
        var begun = await host.Auditor.Post($"{path}/events/verification");
        begun.Is(202).Has("id:string status:string startedAt:string files:number bytesHashed:number bytes:number faults:array");
        var done = await Ended(begun.Location!);
        Assert.Equal(("done", true, 1m), (done.Text("status"), done.Flag("valid"), done.Number("files")));
        Assert.Equal(done.Number("bytes"), done.Number("bytesHashed"));

        var file = Directory.EnumerateFiles(folder["data/documents"], "*", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        done = await Ended((await host.Admin.Post($"{path}/events/verification")).Location!);
        Assert.Equal((false, "bytes-damaged"), (done.Flag("valid"), done.Text("faults.0.what")));
        (await host.Lead.Post($"{path}/events/verification")).IsProblem(403, "forbidden");
        (await host.Admin.Get($"{path}/events/verification/{Posted.Nowhere}")).IsProblem(404, "no-such-verification");
        await Again();
        Assert.Equal(done.ToString(), (await host.Admin.Get(begun.Location!.Split("/api/v1/")[1].Replace(begun.Location![^36..], done.Text("id"), StringComparison.Ordinal))).Is(200).ToString());

        async Task<JsonElement> Ended(string location)
        {
            while (true)
                if ((await host.Admin.Get(location)).Is(200) is var it && it.Text("status") != "running")
                    return it;
        }
    }
}
