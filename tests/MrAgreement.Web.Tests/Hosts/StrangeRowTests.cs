using System.Globalization;
using Microsoft.Data.Sqlite;
using MrAgreement.Local;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>One value that no program has written, in any column of any table: it stops nothing, and verification names it where it is part of a log, a list or a ledger.</summary>
public sealed class StrangeRowTests : IAsyncLifetime
{
    // The same every time; all of them with MRAGREEMENT_TEST_STRANGE=all, which takes minutes.
    const int Seed = 14;
    const int Tried = 8;

    static readonly string[] lists = ["agreements", "deadlines", "registry", "search?q=rapport", "me/messages/told"];
    static readonly string[] addresses = ["/", "/deadlines", "/turns", "/registry", "/search?q=rapport"];

    static readonly string[] sqlite = ["mragreement.db", "ledger.db"];

    // What stands beside the logs and can't be held against anything, what is read anew before it is shown; a text's import where there is no text; and what an index of words is made of, where it finds the same.
    static readonly string[] unnamed = ["found_", "kept", "answers", "heads.append_id", "heads.shown", "heads.wake_at = -1", "imports.agreement", "vouchers.texted"];

    readonly TemporaryFolder folder = new();
    string path = "", other = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var host = await RunningHost.Start(folder: folder["whole"]);
        path = await Posted.Agreement(host);
        other = await Posted.Agreement(host);
        await Posted.Draft(host);
        await Posted.Document(host.Lead, path, "Handling");
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(), ("Idempotency-Key", "r"))).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        var ledger = "#FLAGGA 0\n#SIETYP 4\n#ORGNR 222000-0315\n#RAR 0 20140101 20141231\n#VER A 1 20140301\n{\n#TRANS 5010 {6 P1} 100\n#TRANS 1930 {} -100\n}\n"u8.ToArray();
        foreach (var each in new[] { path, other })
            (await host.Finance.Post($"{each}/grant/ledger-imports", Posted.Form(ledger, "bok.se", ("dimension", "6"), ("project", "P1")))).Is(201);
        (await host.Admin.Post("checkpoints")).Is(201);
        using var page = await PageCaller.SignIn(host, "farid.falk");
        Assert.Equal(200, (await page.Get($"/{path}")).Status);
        (await host.Officer.Get("agreements")).Is(200);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return default;
    }

    [Fact]
    public async Task Stops_nothing_and_is_named()
    {
        var all = Changes().ToList();
        var random = new Random(Seed);
        var tried = Environment.GetEnvironmentVariable("MRAGREEMENT_TEST_STRANGE") is { } which
            ? all.Where(it => which == "all" || which.Split(',').Any(part => it.Sql.Contains(part, StringComparison.Ordinal))).ToList()
            : [.. all.OrderBy(_ => random.Next()).Take(Tried)];
        Assert.NotEmpty(tried);
        var failed = new List<string>();
        foreach (var it in tried)
            foreach (var problem in await Problems(it))
                failed.Add($"{it.Sql}: {problem}");
        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }

    // Each column of each table of a row, with each kind of value that its type takes.
    IEnumerable<Change> Changes()
    {
        foreach (var file in sqlite)
        {
            using var connection = new SqliteConnection($"Data Source={folder[$"whole/{file}"]};Pooling=False");
            connection.Open();
            foreach (var table in Read(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1"))
            {
                var columns = Read(connection, $"SELECT name || ' ' || type || ' ' || pk FROM pragma_table_info('{table}')").Select(it => it.Split(' ')).ToList();
                var keys = string.Join(", ", columns.Where(it => it[2] != "0").Select(it => it[0])) is { Length: > 0 } key ? key : "rowid";
                // Of events a row in the middle; what is kept has many kinds.
                var rows = table == "kept" ? int.Parse(Read(connection, "SELECT count(*) FROM kept")[0], CultureInfo.InvariantCulture) : 1;
                for (var row = 0; row < rows; row++)
                    foreach (var column in columns.Where(it => table != "kept" || row == 0 || it[0] is "data" or "expires"))
                        foreach (var junk in column[1] switch
                        {
                            "INTEGER" => (string[])[$"{long.MinValue + 1}", $"{long.MaxValue}", "-1"],
                            "TEXT" => ["'zzz'", "''"],
                            _ => ["x'00'", $"x'{new string('f', 66)}'", "CAST('null' AS BLOB)", "CAST('[null]' AS BLOB)", "CAST('{}' AS BLOB)"]
                        })
                            yield return new(file, $"UPDATE OR IGNORE {table} SET {column[0]} = {junk} WHERE ({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1 OFFSET {(table == "events" ? 1 : row)})",
                                !unnamed.Any(it => $"{table}.{column[0]} = {junk}".StartsWith(it, StringComparison.Ordinal)));
            }
        }
        yield return new("mragreement.db", "INSERT INTO heads SELECT zeroblob(16), sequence, hash, last_at, append_id, wake_at, shown FROM heads LIMIT 1", true);
        yield return new("mragreement.db", "INSERT INTO heads SELECT zeroblob(16), sequence, hash, last_at, append_id, 0, shown FROM heads LIMIT 1", true);
        yield return new("mragreement.db", "UPDATE heads SET last_at = NULL WHERE sequence > 0", true);
        yield return new("mragreement.db", $"INSERT INTO kept VALUES ('log-faults', 'x', x'00', '', {long.MaxValue})", false);
        yield return new("mragreement.db", "UPDATE kept SET data = CAST('1' AS BLOB) WHERE key = 'last-checkpoint'", true);
        yield return new("ledger.db", "INSERT INTO imports SELECT NULL, agreement, x'00' FROM imports LIMIT 1", true);
    }

    static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var found = new List<string>();
        while (row.Read())
            found.Add($"{row.GetValue(0)}");
        return found;
    }

    async Task<IReadOnlyList<string>> Problems(Change change)
    {
        var problems = new List<string>();
        using (var altered = Altered(change, out var changed))
        {
            if (!changed)
                return [];
            await Try("--verify", async () =>
            {
                using var stores = Stores.In(altered["data"]);
                using var errors = new StringWriter();
                var code = await Verification.Run(stores, TextWriter.Null, errors);
                if (change.IsNamed && code == 0)
                    problems.Add("--verify says that all of it holds");
            });
        }
        using var again = Altered(change, out _);
        await Try("start", async () =>
        {
            await using var host = await RunningHost.Start(folder: again["data"]);
            await Ask("ready", () => host.Admin.Get("/health/ready"), 200);
            await Ask("changes", () => host.Admin.Get("changes"), 200);
            await Ask("export", () => host.Lead.Get("me/export"), 200);
            await Ask("checkpoints", () => host.Admin.Post("checkpoints"), 200, 201, 409);
            foreach (var list in lists)
                await Ask(list, () => host.Officer.Get(list), 200);
            await Ask("payments", () => host.Payer.Get("payments/desk"), 200);
            await Ask("other", () => host.Lead.Get(other), 200);
            await Ask("command", () => host.Officer.Post($"{other}/obligations/information/completion", new { doneOn = "2014-06-13", note = "klart" }), 200);
            await Ask("rows", () => host.Finance.Get($"{other}/grant/vouchers"), 200);
            await Ask("other's verification", () => host.Auditor.Get($"{other}/events/verification"), 200);
            await Ask("verification", () => host.Auditor.Get($"{path}/events/verification"), 200);
            using var page = await PageCaller.SignIn(host, "farid.falk");
            foreach (var address in addresses)
                if ((await page.Get(address)).Status is var status and not 200)
                    problems.Add($"{address} {status}");
            await Ask("clock", () => host.Admin.Post("simulation/clock", new { now = "2014-10-01" }), 200);
        });
        return problems;

        async Task Ask(string what, Func<Task<WireAnswer>> ask, params int[] expected)
        {
            if (await ask() is var answer && !expected.Contains(answer.Status))
                problems.Add($"{what} {answer.Status}");
        }

        async Task Try(string what, Func<Task> work)
        {
            try
            {
                await work().WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                problems.Add($"{what} {e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("MrAgreement", StringComparison.Ordinal))}");
            }
        }
    }

    TemporaryFolder Altered(Change change, out bool changed)
    {
        var altered = new TemporaryFolder();
        foreach (var from in Directory.EnumerateFiles(folder["whole"], "*", SearchOption.AllDirectories))
        {
            var to = altered[Path.Combine("data", Path.GetRelativePath(folder["whole"], from))];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }
        using var connection = new SqliteConnection($"Data Source={altered[$"data/{change.File}"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = change.Sql;
        try
        {
            changed = command.ExecuteNonQuery() > 0;
        }
        // A trigger of the tables can't go along with it.
        catch (SqliteException)
        {
            changed = false;
        }
        return altered;
    }

    sealed record Change(string File, string Sql, bool IsNamed);
}
