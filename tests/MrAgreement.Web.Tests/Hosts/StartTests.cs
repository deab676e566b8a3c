using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>The host as a process: what it refuses to start on, in one clear line, and where it goes on.</summary>
public class StartTests
{
    static async Task Refuses(string workingDirectory, string says, params string[] args)
    {
        using var host = HostProcess.Start(workingDirectory, args);
        var (code, errors) = await host.End();
        Assert.Equal(1, code);
        var line = Assert.Single(errors);
        Assert.StartsWith("MrAgreement could not start: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
    }

    static string[] Serving(string folder) => ["--urls", "http://127.0.0.1:0", "--data", folder, "--demo", "--clock", "2014-06-13"];

    static async Task<string> WithAnAgreement(string folder)
    {
        await using var host = await RunningHost.Start(folder: folder);
        return await Posted.Agreement(host);
    }

    static async Task Execute(string folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "mragreement.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    static string Contents(string folder) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "mragreement.db"))));

    [Fact]
    public async Task A_damaged_database_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        await WithAnAgreement(folder["data"]);
        var file = Path.Combine(folder["data"], "mragreement.db");
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(4096, bytes.Length - 4096).Fill(0xA5);
        File.WriteAllBytes(file, bytes);
        var before = Contents(folder["data"]);
        await Refuses(folder.Path, "is damaged", Serving(folder["data"]));
        Assert.Equal(before, Contents(folder["data"]));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Asked_to_end_while_it_starts_it_ends()
    {
        using var folder = new TemporaryFolder();
        using var host = HostProcess.Start(folder.Path, Serving(folder["data"]));
        while (!File.Exists(Path.Combine(folder["data"], "mragreement.db")))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        host.Terminate();
        var (code, errors) = await host.End();
        Assert.Empty(errors);
        // By itself, or by the runtime, before it was in its hands.
        Assert.True(code is 0 or 143, $"{code}");
    }

    [Fact]
    public async Task A_newer_database_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        await WithAnAgreement(folder["data"]);
        await Execute(folder["data"], "PRAGMA journal_mode = DELETE; PRAGMA user_version = 99");
        var before = Contents(folder["data"]);
        await Refuses(folder.Path, "newer MrAgreement", Serving(folder["data"]));
        Assert.Equal(before, Contents(folder["data"]));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["data"]);
        File.WriteAllText(folder["data/mragreement.db"], "Kära dagbok");
        await Refuses(folder.Path, "is not a SQLite database", Serving(folder["data"]));
        Assert.Equal("Kära dagbok", File.ReadAllText(folder["data/mragreement.db"]));
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Refuses(folder.Path, $"{port}", "--urls", $"http://127.0.0.1:{port}", "--data", folder["data"], "--demo");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        await Refuses(folder.Path, "can't be written", Serving(folder["file/data"]));
    }

    [Fact]
    public async Task A_folder_that_another_host_holds_is_named()
    {
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(folder: folder["data"]);
        await Refuses(folder.Path, "in use by another MrAgreement", Serving(folder["data"]));
    }

    [Fact]
    public async Task Without_anybody_who_could_sign_in_it_says_why_it_does_not_start()
    {
        using var folder = new TemporaryFolder();
        await Refuses(folder.Path, "--demo", "--data", folder["data"]);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5999", "--urls", "http://127.0.0.1:5999")]
    [InlineData("http://localhost:5080", "--contact", "registrator@example.se", "--public-address", "https://avtal.example.se")]
    public void The_demo_is_the_demo_wherever_it_listens(string urls, params string[] args)
    {
        var settings = MrAgreement.Local.HostSettings.Read(args, _ => null);
        Assert.Equal((urls, true, true, Path.Combine(".mragreement", "demo")), (settings.Urls, settings.Story, settings.Demo, settings.Data));
        Assert.False(MrAgreement.Local.HostSettings.Read([.. args, "--demo"], _ => null).Story);
    }

    [Theory]
    [InlineData("--colour")]
    [InlineData("--data")]
    [InlineData("--demo", "--clock", "tomorrow")]
    [InlineData("--demo", "--urls", "nowhere")]
    [InlineData("--demo", "--public-address", "avtal.example.se")]
    [InlineData("--demo", "--public-address", "https://example.se/avtal")]
    public async Task Options_that_cannot_be_meant_are_named(params string[] args)
    {
        using var folder = new TemporaryFolder();
        await Refuses(folder.Path, args[^1], args);
    }

    [Fact]
    public async Task A_rebuild_gives_the_same_portfolio_and_deadlines_also_when_the_read_models_were_lost()
    {
        using var folder = new TemporaryFolder();
        string portfolio, deadlines;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            var path = await Posted.Agreement(host, Posted.Terms2014());
            await Posted.Agreement(host);
            await Posted.Draft(host);
            await Posted.Submission(host.Lead, path, "mapping-report", "Rapporten");
            (await host.Lead.Post("simulation/clock", new { now = "2014-10-01" })).Is(200);
            (portfolio, deadlines) = await Read(host);
        }
        await Execute(folder["data"], "DELETE FROM portfolio; UPDATE due SET status = 'waived', due_on = '2000-01-01'");
        using (var rebuild = HostProcess.Start(folder.Path, "--rebuild", "--data", folder["data"]))
            Assert.Equal((0, 0), (await rebuild.End() is var (code, errors) ? (code, errors.Count) : default));
        await using var again = await RunningHost.Start(folder: folder["data"]);
        Assert.Equal((portfolio, deadlines), await Read(again));

        static async Task<(string, string)> Read(RunningHost host) =>
            (string.Join('\n', await host.Admin.All("agreements")), string.Join('\n', await host.Admin.All("deadlines")));
    }

    [Fact]
    public async Task A_log_that_somebody_has_tampered_with_is_found_out()
    {
        using var folder = new TemporaryFolder();
        var path = await WithAnAgreement(folder["data"]);
        await Execute(folder["data"], "UPDATE events SET actor = 'lena.lind' WHERE sequence = 2");
        using (var rebuild = HostProcess.Start(folder.Path, "--rebuild", "--data", folder["data"]))
        {
            var (code, errors) = await rebuild.End();
            Assert.Equal(1, code);
            Assert.Contains("is broken at event 2", Assert.Single(errors), StringComparison.Ordinal);
        }
        await using var host = await RunningHost.Start(folder: folder["data"]);
        var proof = (await host.Admin.Get($"{path}/events/verification")).Is(200);
        Assert.Equal((false, 2m), (proof.Flag("valid"), proof.Number("firstBreak")));
    }

    [Fact]
    public async Task Stopped_and_started_again_it_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        string path, before;
        using (var host = await HostProcess.Serving(folder["data"]))
        {
            path = $"agreements/{(await host.As("officer").Post("agreements?sure=true", Posted.Terms(), ("Idempotency-Key", "skapa"))).Is(201).Text("id")}";
            (await host.As("officer").Post($"{path}/signature", Posted.Signature())).Is(200);
            (await host.As("officer").Post("simulation/clock", new { now = "2014-08-20" })).Is(200);
            before = (await host.As("officer").Get(path)).Text;
            await host.Kill();
        }
        using var again = await HostProcess.Serving(folder["data"]);
        Assert.Equal("2014-08-20T10:00:00Z", (await again.As("reader").Get("simulation/clock")).Is(200).Text("now"));
        Assert.Equal(before, (await again.As("officer").Get(path)).Text);
        Assert.Equal(path, $"agreements/{(await again.As("officer").Post("agreements?sure=true", Posted.Terms(), ("Idempotency-Key", "skapa"))).Is(201).Text("id")}");
    }

    [Fact]
    public async Task Without_options_it_tells_the_story_of_2014_and_goes_on_with_it_the_next_time()
    {
        try
        {
            using var port = new TcpListener(IPAddress.Loopback, 5080);
            port.Start();
        }
        catch (SocketException)
        {
            Assert.Skip("Port 5080 is taken.");
        }
        using var folder = new TemporaryFolder();
        string id;
        using (var host = HostProcess.Start(folder.Path))
        {
            await host.Ready();
            Assert.Equal(5080, host.Address.Port);
            var agreement = (await host.As("officer").Get("agreements")).Is(200).At("items.0");
            id = agreement.Text("id")!;
            Assert.Equal(("A2014/2289/DISK", "active", 8_000_000m, 4_086_630.50m), (agreement.Text("diaryNumber"), agreement.Text("status"), agreement.Number("grant.received"), agreement.Number("grant.used")));
            Assert.StartsWith("2016-05-10", (await host.As("reader").Get("simulation/clock")).Is(200).Text("now"), StringComparison.Ordinal);
            Assert.True((await host.As("admin").Get($"agreements/{id}/events/verification")).Is(200).Flag("valid"));
            (await host.As("reader").Post("simulation/clock", new { now = "2016-05-12" })).Is(200);
            await host.Kill();
        }
        using var again = HostProcess.Start(folder.Path);
        await again.Ready();
        Assert.Equal(id, (await again.As("officer").Get("agreements")).Is(200).Text("items.0.id"));
        Assert.StartsWith("2016-05-12", (await again.As("reader").Get("simulation/clock")).Is(200).Text("now"), StringComparison.Ordinal);
    }
}
