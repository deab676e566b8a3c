using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Microsoft.Data.Sqlite;
using MrAgreement.Local;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>What is lost is not made worse: a rebuild removes nothing, a sweep shows first and keeps what it moves, and a host does not begin anew unasked.</summary>
public class UpkeepTests(Azurite azurite)
{
    static readonly Duration old = Duration.FromDays(31);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A folder with an agreement that has ten documents and nine that nobody registered, all of them older than a month.</summary>
    static async Task<string> Filled(TemporaryFolder folder)
    {
        string path;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            path = await Posted.Agreement(host);
            foreach (var number in Enumerable.Range(1, 10))
                await Posted.Document(host.Lead, path, $"Rapport {number}");
        }
        using (var stores = Stores.In(folder["data"]))
            foreach (var number in Enumerable.Range(1, 9))
                await stores.Documents.Put(new MemoryStream([(byte)number]), 10, Cancellation);
        foreach (var file in Files(folder))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - old.ToTimeSpan());
        return path;
    }

    static List<string> Files(TemporaryFolder folder, string below = "documents") =>
        Directory.Exists(folder[$"data/{below}"]) ? [.. Directory.EnumerateFiles(folder[$"data/{below}"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    static async Task Execute(TemporaryFolder folder, string sql, string file = "mragreement.db")
    {
        await using var connection = new SqliteConnection($"Data Source={folder[$"data/{file}"]};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    static async Task AppendUnknown(TemporaryFolder folder)
    {
        using var database = SqliteDatabase.Open(folder["data"]);
        IEventStore store = new SqliteEventStore(database);
        var id = await store.ListAgreements().FirstAsync();
        var log = await store.ReadSince(id, 0);
        var row = HashChain.Next(log[^1].Hash, log.Count + 1, log[^1].At, new("x"), "from-the-future", "{}"u8.ToArray(), log[^1].Salt);
        Assert.Equal(AppendOutcome.Appended, await store.Append(new(Guid.NewGuid(), id, log.Count, [row], null)));
    }

    static async Task<(int Code, IReadOnlyList<string> Errors)> Run(TemporaryFolder folder, params string[] options)
    {
        using var host = HostProcess.Start(folder.Path, [.. options, "--data", folder["data"]]);
        return await host.End();
    }

    [Theory]
    [InlineData("DELETE FROM heads", "no agreement in the database")]
    [InlineData("DELETE FROM heads; DELETE FROM events", "no agreement in the database")]
    [InlineData("DELETE FROM events", "no agreement in the database")]
    [InlineData(null, "no database")]
    public async Task A_host_does_not_start_without_its_agreements_beside_documents_and_says_what_to_do(string? lost, string says)
    {
        using var folder = new TemporaryFolder();
        await Filled(folder);
        if (lost is null)
            File.Delete(folder["data/mragreement.db"]);
        else
            await Execute(folder, lost);
        var before = Files(folder);

        foreach (var options in new string[][] { ["--demo", "--urls", "http://127.0.0.1:0"], ["--rebuild"], ["--sweep", "--yes"] })
        {
            var (code, errors) = await Run(folder, options);
            Assert.Equal(1, code);
            Assert.Contains(says, Assert.Single(errors), StringComparison.Ordinal);
            Assert.Contains("from a backup; or start with --begin-anew", errors[0], StringComparison.Ordinal);
        }

        Assert.Equal(before, Files(folder));
        Assert.Equal(lost is not null, File.Exists(folder["data/mragreement.db"]));
        using var anew = HostProcess.Start(folder.Path, "--demo", "--urls", "http://127.0.0.1:0", "--begin-anew", "--data", folder["data"]);
        await anew.Ready();
        Assert.Equal(before, Files(folder));
    }

    [Fact]
    public async Task A_rebuild_removes_nothing_whatever_the_database_has_lost_and_names_it()
    {
        using var folder = new TemporaryFolder();
        var id = (await Filled(folder))["agreements/".Length..];
        await using (var host = await RunningHost.Start(folder: folder["data"]))
            await Posted.Agreement(host);
        var before = Files(folder);
        await Execute(folder, $"DELETE FROM heads WHERE agreement = x'{id.Replace("-", "", StringComparison.Ordinal)}'");

        var (code, errors) = await Run(folder, "--rebuild");

        Assert.Equal(1, code);
        Assert.Contains($"The agreement {id} has a log, and no head", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Equal(before, Files(folder));
    }

    [Fact]
    public async Task A_sweep_shows_first_and_moves_only_what_no_log_names_and_is_old_enough()
    {
        using var folder = new TemporaryFolder();
        await Filled(folder);
        byte[] young = [200];
        using (var stores = Stores.In(folder["data"]))
            await stores.Documents.Put(new MemoryStream(young), 10, Cancellation);
        var before = Files(folder);

        Assert.Equal((0, 0), await Run(folder, "--sweep") is var (shown, nothing) ? (shown, nothing.Count) : default);
        Assert.Equal(before, Files(folder));
        Assert.Empty(Files(folder, "trash"));
        Assert.Equal((0, 0), await Run(folder, "--sweep", "--yes") is var (code, none) ? (code, none.Count) : default);

        Assert.Equal(11, Files(folder).Count);
        Assert.Contains(Files(folder), file => file.EndsWith(Convert.ToHexStringLower(SHA256.HashData(young)), StringComparison.Ordinal));
        Assert.Equal(before.Except(Files(folder)).Select(Path.GetFileName).Order(), Files(folder, "trash").Select(Path.GetFileName).Order());
        // Put back, each lies where it lay.
        var one = Files(folder, "trash")[0];
        Assert.Contains(one.Replace($"{Path.DirectorySeparatorChar}trash{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}documents{Path.DirectorySeparatorChar}", StringComparison.Ordinal), before);
        await using var host = await RunningHost.Start(folder: folder["data"]);
        Assert.Equal("ready", (await host.Nobody.Get("/health/ready")).Is(200).Text("status"));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("UPDATE events SET actor = 'nobody' WHERE sequence = 2", "is not whole: row-broken at 2.")]
    // A row that the chain has as it should be, and that is no event of ours: it can be appended by whoever writes in the database.
    [InlineData("unknown", "is not whole: row-not-understood at ")]
    [InlineData("list", "The list of erasures can't be read")]
    [InlineData("UPDATE portfolio SET title = 'x'", "The lists do not show the agreement")]
    [InlineData("UPDATE due SET due_on = '2014-01-01' WHERE key = 'report'", "The lists do not show the agreement")]
    [InlineData("DELETE FROM turns", "The lists do not show the agreement")]
    [InlineData("UPDATE due_counts SET number = number + 1", "The lists count, or find, something else than they hold")]
    [InlineData("INSERT INTO found_obligation (found_obligation) VALUES ('delete-all')", "The lists count, or find, something else than they hold")]
    [InlineData("ledger: UPDATE ledger_rows SET amount = amount + 1", "The rows of ledgers of the agreement")]
    [InlineData("ledger: DELETE FROM ledger_rows", "The rows of ledgers of the agreement")]
    [InlineData("ledger: UPDATE books SET project = '9999'", "The rows of ledgers of the agreement")]
    [InlineData("ledger: UPDATE vouchers SET until = '19991231'", "The rows of ledgers of the agreement")]
    [InlineData("ledger: UPDATE vouchers SET print = x'00'", "The rows of ledgers of the agreement")]
    // Under keys that no agreement has.
    [InlineData("INSERT INTO heads SELECT x'0011', sequence, hash, last_at, append_id, NULL, shown FROM heads LIMIT 1", "is not whole: key-not-understood at 0.")]
    [InlineData("INSERT INTO events SELECT x'0011', sequence, at, actor, type, data, digest, hash, salt FROM events WHERE sequence = 1", "is not whole: key-not-understood at 0.")]
    [InlineData("UPDATE due SET agreement = x'0011' WHERE key = 'report'", "The lists do not show the agreement")]
    [InlineData("UPDATE kept SET data = x'ff' WHERE kind = 'settings' AND key = 'last-checkpoint'", "The checkpoint 1 is lost or altered.")]
    // Nobody is shown these rows: all is read again from the files first.
    [InlineData("ledger: DELETE FROM imports; UPDATE ledger_rows SET amount = amount + 1", null)]
    [InlineData("UPDATE heads SET wake_at = NULL", "has it woken too late or never")]
    [InlineData("checkpoint", "The checkpoint 1 is lost or altered.")]
    public async Task Whatever_is_stored_is_held_against_what_it_is_made_from(string change, string? says)
    {
        using var folder = new TemporaryFolder();
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            var path = await Posted.Agreement(host);
            var ledger = "#FLAGGA 0\n#SIETYP 4\n#ORGNR 222000-0315\n#RAR 0 20140101 20141231\n#VER A 1 20140301\n{\n#TRANS 5010 {6 P1} 100\n#TRANS 1930 {} -100\n}\n"u8.ToArray();
            (await host.Finance.Post($"{path}/grant/ledger-imports", Posted.Form(ledger, "bok.se", ("dimension", "6"), ("project", "P1")))).Is(201);
            (await host.Admin.Post("checkpoints")).Is(201);
            (await host.Officer.Get("agreements")).Is(200);
        }
        if (change == "checkpoint")
            File.Delete(folder["data/checkpoints/00000001.txt"]);
        else if (change == "list")
            await File.WriteAllTextAsync(folder["data/checkpoints/erasures/x.json"], "x", TestContext.Current.CancellationToken);
        else if (change == "unknown")
            await AppendUnknown(folder);
        else if (change.StartsWith("ledger: ", StringComparison.Ordinal))
            await Execute(folder, change["ledger: ".Length..], "ledger.db");
        else if (change.Length > 0)
            await Execute(folder, change);

        var (code, errors) = await Run(folder, "--verify");

        Assert.Equal(says is null ? 0 : 1, code);
        if (says is null)
            Assert.Empty(errors);
        else
            Assert.Contains(says, errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM heads WHERE agreement IN (SELECT agreement FROM heads LIMIT 1)", "has a log, and no head")]
    [InlineData("DELETE FROM events WHERE agreement IN (SELECT agreement FROM heads LIMIT 1)", "has a head, and no log")]
    [InlineData("DELETE FROM events WHERE sequence = 2", "is broken at event 2")]
    [InlineData("UPDATE heads SET sequence = 4", "does not end at event 4")]
    [InlineData("UPDATE events SET actor = 'nobody' WHERE sequence = 1", "is broken at event 1")]
    [InlineData("file", "names a file that is missing: document")]
    [InlineData("end", "names a file that is damaged: document")]
    public async Task A_sweep_is_refused_where_heads_logs_and_documents_disagree(string lost, string says)
    {
        using var folder = new TemporaryFolder();
        await Filled(folder);
        await using (var host = await RunningHost.Start(folder: folder["data"]))
            await Posted.Agreement(host);
        var registered = Files(folder).Single(file => file.EndsWith(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("Rapport 1"))), StringComparison.Ordinal));
        if (lost == "file")
            File.Delete(registered);
        else if (lost == "end")
            File.WriteAllText(registered, "Rap");
        else
            await Execute(folder, lost);
        var before = Files(folder);

        var (code, errors) = await Run(folder, "--sweep", "--yes");

        Assert.Equal(1, code);
        Assert.Contains(errors, line => line.Contains(says, StringComparison.Ordinal));
        Assert.StartsWith("Nothing was swept: ", errors[^1], StringComparison.Ordinal);
        Assert.Equal(before, Files(folder));
        Assert.Empty(Files(folder, "trash"));
    }

    [Fact]
    public async Task Cut_off_at_any_moment_a_sweep_leaves_each_file_in_one_of_the_two_places()
    {
        using var folder = new TemporaryFolder();
        await Filled(folder);
        var before = Files(folder).Select(Path.GetFileName).ToHashSet();
        using (var stores = Stores.In(folder["data"]))
        {
            var trash = await stores.Trash();
            // As a sweep that is killed between its two steps leaves them.
            foreach (var file in before.Take(3))
                await using (var content = (await stores.Documents.Open(Sha256.Parse(file!), Cancellation))!)
                    await trash.Put(content, 1000, Cancellation);
        }

        Assert.Equal(0, (await Run(folder, "--sweep", "--yes")).Code);

        Assert.Equal(10, Files(folder).Count);
        Assert.Superset(before.Except(Files(folder).Select(Path.GetFileName)).ToHashSet(), Files(folder, "trash").Select(Path.GetFileName).ToHashSet());
    }

    [Fact]
    public async Task What_other_logs_than_these_name_is_not_swept()
    {
        using var folder = new TemporaryFolder();
        using (var older = new TemporaryFolder())
        {
            string path;
            await using (var host = await RunningHost.Start(clock: null, folder: folder["data"]))
            {
                path = await Posted.Agreement(host);
                await Posted.Document(host.Lead, path, "Rapport 1");
            }
            CopyDatabase(folder["data"], older["data"]);
            await using (var host = await RunningHost.Start(clock: null, folder: folder["data"]))
                foreach (var number in Enumerable.Range(2, 3))
                    await Posted.Document(host.Lead, path, $"Rapport {number}");
            CopyDatabase(older["data"], folder["data"]);
        }
        await Refused(3);

        // Begun anew there is no log that could name anything; then one that knows of nothing before it.
        using (var empty = new TemporaryFolder())
            CopyDatabase(empty.Path, folder["data"]);
        (await Stores.Open(HostSettings.Read(["--data", folder["data"], "--begin-anew"], _ => null))).Dispose();
        await Refused(4);
        using (var another = new TemporaryFolder())
        {
            await using (var host = await RunningHost.Start(clock: null, folder: another["data"]))
                await Posted.Agreement(host);
            CopyDatabase(another["data"], folder["data"]);
        }
        await Refused(4);
        Assert.Equal(4, Files(folder).Count);

        async Task Refused(int files)
        {
            using var stores = Stores.In(folder["data"]);
            using var told = new StringWriter();
            Assert.Equal(1, await Upkeep.Sweep(stores, sure: true, SystemClock.Instance.GetCurrentInstant() + old, told, told));
            Assert.Contains($"Nothing was swept: {files} of them", told.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_stored_while_the_logs_were_written_is_swept()
    {
        using var folder = new TemporaryFolder();
        await using (var host = await RunningHost.Start(clock: null, folder: folder["data"]))
            await Posted.Agreement(host);
        using (var stores = Stores.In(folder["data"]))
            await stores.Documents.Put(new MemoryStream([1]), 10, Cancellation);
        // The last log has one event.
        await using (var host = await RunningHost.Start(clock: null, folder: folder["data"]))
            await Posted.Draft(host);
        using (var stores = Stores.In(folder["data"]))
        {
            using var told = new StringWriter();
            Assert.Equal(0, await Upkeep.Sweep(stores, sure: true, SystemClock.Instance.GetCurrentInstant() + old, told, told));
            Assert.Contains("Moved 1 file", told.ToString(), StringComparison.Ordinal);
        }
    }

    static void CopyDatabase(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(to, "mragreement.db*"))
            File.Delete(file);
        foreach (var file in Directory.EnumerateFiles(from, "mragreement.db*"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    [Fact]
    public async Task In_an_account_what_is_swept_lies_in_a_container_of_its_own_and_what_must_be_kept_stays()
    {
        await using var blobs = new FaultyProxy(azurite.BlobPort);
        using var folder = new TemporaryFolder();
        using var stores = await Stores.Open(HostSettings.Read(["--data", folder["data"], "--storage", azurite.Connection(azurite.NextName(), blobs.Port, azurite.TablePort)], _ => null));
        (await stores.Clock(SystemClock.Instance.GetCurrentInstant())).Dispose();
        var kept = await stores.Documents.Put(new MemoryStream([1]), 10, Cancellation);
        var orphan = await stores.Documents.Put(new MemoryStream([2]), 10, Cancellation);
        blobs.Faults = request => request.StartsWith("DELETE", StringComparison.Ordinal) && request.EndsWith($"{kept.Address}", StringComparison.Ordinal) ? WireFault.Retained : WireFault.None;
        using var told = new StringWriter();

        Assert.Equal(0, await Upkeep.Sweep(stores, sure: false, orphan.StoredAt + old, told, told));
        Assert.True(await stores.Documents.Exists(orphan.Address, Cancellation));
        Assert.Equal(0, await Upkeep.Sweep(stores, sure: true, orphan.StoredAt + old, told, told));

        Assert.Contains("Moved 1 file to the container documents-trash; 1 stay", told.ToString(), StringComparison.Ordinal);
        Assert.Equal((true, false), (await stores.Documents.Exists(kept.Address, Cancellation), await stores.Documents.Exists(orphan.Address, Cancellation)));
        Assert.True(await (await stores.Trash()).Exists(orphan.Address, Cancellation));
    }

    [Fact]
    public async Task An_emptied_account_beside_documents_is_refused()
    {
        using var folder = new TemporaryFolder();
        string[] options = ["--data", folder["data"], "--storage", azurite.FreshAccount()];
        using (var stores = await Stores.Open(HostSettings.Read(options, _ => null)))
            await stores.Documents.Put(new MemoryStream([1]), 10, Cancellation);

        var e = await Assert.ThrowsAsync<StoreRefusedException>(() => Stores.Open(HostSettings.Read(options, _ => null)));
        Assert.Contains("no agreement in the storage account's table", e.Message, StringComparison.Ordinal);
        (await Stores.Open(HostSettings.Read([.. options, "--begin-anew"], _ => null))).Dispose();
    }

    [Fact]
    public async Task An_account_that_has_lost_its_logs_and_not_their_heads_is_refused_beside_documents()
    {
        using var folder = new TemporaryFolder();
        var storage = azurite.FreshAccount();
        string[] options = ["--data", folder["data"], "--storage", storage];
        await using (var host = await RunningHost.Start(storage: storage))
            await Posted.Document(host.Lead, await Posted.Agreement(host), "Rapport");
        (await Stores.Open(HostSettings.Read(options, _ => null))).Dispose();
        await Emptied(AzureAccount.Parse(storage, () => throw new InvalidOperationException("The key is enough.")));

        var e = await Assert.ThrowsAsync<StoreRefusedException>(() => Stores.Open(HostSettings.Read(options, _ => null)));
        Assert.Contains("no agreement in the storage account's table", e.Message, StringComparison.Ordinal);
    }

    // Every row of an event goes; what lists the agreements and wakes them stays.
    static async Task Emptied(AzureAccount account)
    {
        var table = account.Tables.GetTableClient(AzureStores.TableName);
        var rows = await table.QueryAsync<TableEntity>(cancellationToken: Cancellation)
            .Where(row => row.ContainsKey("AppendId") && row.ContainsKey("Hash") && row.ContainsKey("Actor")).ToListAsync(Cancellation);
        Assert.NotEmpty(rows);
        foreach (var row in rows)
            await table.DeleteEntityAsync(row, ETag.All, Cancellation);
    }

    [Fact]
    public async Task What_a_host_that_was_killed_had_half_taken_in_is_gone_after_the_next_start()
    {
        using var folder = new TemporaryFolder();
        using (var host = await HostProcess.Serving(folder["data"]))
        {
            var path = $"agreements/{(await host.As("officer").Post("agreements?sure=true", Posted.Terms())).Is(201).Text("id")}";
            using var upload = new TcpClient();
            await upload.ConnectAsync(host.Address.Host, host.Address.Port, Cancellation);
            var head = $"POST /api/v1/{path}/documents HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer demo-project-lead\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 50000000\r\n\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
            await upload.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
            var some = new byte[1 << 16];
            while (Temporary(folder).Sum(file => new FileInfo(file).Length) < 1_000_000)
                await upload.GetStream().WriteAsync(some, Cancellation);
            await host.Kill();
        }
        Assert.NotEmpty(Temporary(folder));

        using (var again = await HostProcess.Serving(folder["data"]))
            Assert.Empty(Temporary(folder));
    }

    static List<string> Temporary(TemporaryFolder folder) => Files(folder, "temp");
}
