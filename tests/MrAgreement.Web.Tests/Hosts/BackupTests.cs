using System.Text.Json.Nodes;
using MrAgreement.Local;
using MrAgreement.Storage;
using MrAgreement.Storage.Backups;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>A backup taken beside a host at work is whole, or is none; what is put back is what was copied.</summary>
public sealed class BackupTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly StringWriter told = new(), errors = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string Data => folder["data"];

    string Copy => folder["copy"];

    string Anew => folder["anew"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_host_that_is_put_back_from_a_backup_taken_under_work_has_all_that_was_answered_before_and_verifies()
    {
        await using (var host = await RunningHost.Start(folder: Data))
        {
            var path = await Posted.Agreement(host);
            await Posted.Document(host.Lead, path, "Rapport 1");
            var before = await Posted.LogLength(host, path);
            using var done = new CancellationTokenSource();
            var work = Task.Run(async () =>
            {
                for (var number = 2; !done.IsCancellationRequested; number++)
                    await Posted.Document(host.Lead, path, $"Rapport {number}");
            }, Cancellation);
            Assert.Equal((0, ""), (await Take(), errors.ToString()));
            await done.CancelAsync();
            await work;

            Assert.Equal(0, await Backups.Restore(Copy, Anew, told, errors));
            using (var stores = Stores.In(Anew))
                Assert.Equal((0, ""), (await Verification.Run(stores, told, errors), errors.ToString()));
            await using var again = await RunningHost.Start(folder: Anew);
            var (kept, all) = (await Posted.LogLength(again, path), await Posted.LogLength(host, path));
            Assert.InRange(kept, before, all);
            Assert.Equal(await Log(host, path, kept), await Log(again, path, kept));
            var documents = (await again.Lead.Get($"{path}/documents")).Is(200).GetProperty("items").EnumerateArray().ToList();
            Assert.NotEmpty(documents);
            foreach (var document in documents)
                Assert.Equal(200, (await again.Lead.Get($"{path}/documents/{document.GetProperty("id").GetString()}/content")).Status);
        }
    }

    [Fact]
    public async Task What_can_t_be_a_backup_is_refused_and_leaves_everything_as_it_was()
    {
        await Filled();
        await Take();
        var before = Everything();

        await Refuses(Take, "not an empty folder");
        await Refuses(() => Backups.Take(Data, Path.Combine(Data, "inner"), SystemClock.Instance, told, errors), "can't lie within");
        await Refuses(() => Backups.Take(folder["nowhere"], folder["other"], SystemClock.Instance, told, errors), "no database");
        await Refuses(() => Backups.Restore(Data, Anew, told, errors), "no backup that was finished");
        await Refuses(() => Backups.Restore(Copy, Data, told, errors), "already: nothing is overwritten");
        using (Stores.In(Data))
            await Refuses(() => Backups.Restore(Copy, Data, told, errors), "in use by another");

        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task What_a_killed_one_has_left_goes_and_one_that_is_under_way_is_not_disturbed()
    {
        await Filled();
        Directory.CreateDirectory(folder["copy.unfinished/documents/aa"]);
        await File.WriteAllTextAsync(folder["copy.unfinished/documents/aa/half"], "half", Cancellation);
        Assert.Equal(0, await Take());
        Assert.False(File.Exists(Path.Combine(Copy, "documents", "aa", "half")));

        using (FolderBackup.Begin(Data, folder["second"]))
            await Refuses(() => Backups.Take(Data, folder["second"], SystemClock.Instance, told, errors), "in use by another");
        Assert.False(Directory.Exists(folder["second"]) || Directory.Exists(folder["second.unfinished"]));
    }

    [Fact]
    public async Task A_damaged_document_is_named_and_left_out_and_the_rest_is_copied()
    {
        await Filled();
        var damaged = Files(Data, "documents")[0];
        await File.AppendAllTextAsync(damaged, "more", Cancellation);

        Assert.Equal(1, await Take());
        Assert.Contains(damaged, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("names a file that is missing", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(Files(Data, "documents").Count - 1, Files(Copy, "documents").Count);
    }

    [Fact]
    public async Task A_backup_that_was_altered_is_told_and_no_host_starts_on_half_of_one()
    {
        await Filled();
        await Take();
        var (database, document) = (Path.Combine(Copy, "mragreement.db"), Files(Copy, "documents")[0]);
        var right = await File.ReadAllBytesAsync(database, Cancellation);
        await File.WriteAllBytesAsync(database, [.. right[..^1], (byte)(right[^1] ^ 1)], Cancellation);

        await Refuses(() => Backups.Restore(Copy, Anew, told, errors), "missing or not what was copied");
        foreach (var option in new[] { "--demo", "--begin-anew", "--verify", "--rebuild" })
            await Refuses(() => Stores.Open(HostSettings.Read([option, "--data", Anew], _ => null)), $"Run the same --restore again (of {Copy})");
        await Refuses(() => Task.FromResult(Stores.In(Anew)), "Run the same --restore again");
        await Refuses(() => Backups.Take(Anew, folder["other"], SystemClock.Instance, told, errors), "Run the same --restore again");

        // Where it was cut off it goes on.
        await File.WriteAllBytesAsync(database, right, Cancellation);
        await File.AppendAllTextAsync(document, "more", Cancellation);
        File.Delete(Path.Combine(Anew, Path.GetRelativePath(Copy, document)));
        Assert.Equal(1, await Backups.Restore(Copy, Anew, told, errors));
        Assert.Contains(document, errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("it is not whole. Better restore an earlier backup", errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Start the host on it", told.ToString(), StringComparison.Ordinal);
        using var stores = Stores.In(Anew);
        Assert.NotEmpty(await stores.Events.ListAgreements(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_restored_but_for_its_mark_is_not_restored_over_what_a_host_has_written_since()
    {
        await Filled();
        await Take();
        Assert.Equal(0, await Backups.Restore(Copy, Anew, told, errors));
        // As a kill leaves it between the database and the mark's going.
        var database = await File.ReadAllBytesAsync(Path.Combine(Copy, "mragreement.db"), Cancellation);
        var (mark, digest) = (Path.Combine(Anew, "restoring"), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(database)));
        await File.WriteAllTextAsync(mark, digest, Cancellation);
        await Refuses(() => Task.FromResult(Stores.In(Anew)), "Run the same --restore again");
        Assert.Equal(0, await Backups.Restore(Copy, Anew, told, errors));
        Assert.False(File.Exists(mark));
        await using (var host = await RunningHost.Start(folder: Anew))
            await Posted.Agreement(host);
        await File.WriteAllTextAsync(mark, digest, Cancellation);
        await Refuses(() => Backups.Restore(Copy, Anew, told, errors), "has been written since");
        File.Delete(mark);
        await Refuses(() => Backups.Restore(Copy, Anew, told, errors), "already: nothing is overwritten");
        using var stores = Stores.In(Anew);
        Assert.Equal(2, await stores.Events.ListAgreements(Cancellation).CountAsync(Cancellation));
    }

    [Theory]
    [InlineData("version", "2", "taken by a newer")]
    [InlineData("others", """[{ "path": "keys/../../x", "size": 1, "sha256": "72f71bef0ef5fc337bfbe219e84fe8e4cd73c4b30837cc1ff7355c49713e6f2d" }]""", "what no backup holds")]
    [InlineData("others", "[{}]", "can't be read")]
    public async Task A_list_of_what_it_holds_that_can_t_be_meant_is_refused(string member, string value, string says)
    {
        await Filled();
        await Take();
        var list = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Copy, "backup.json"), Cancellation))!;
        list[member] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(Path.Combine(Copy, "backup.json"), list.ToJsonString(), Cancellation);
        await Refuses(() => Backups.Restore(Copy, Anew, told, errors), says);
    }

    [Fact]
    public async Task Checkpoints_that_are_there_already_stay()
    {
        await Filled();
        await Take();
        Directory.CreateDirectory(Path.Combine(Anew, "checkpoints"));
        var mine = Path.Combine(Anew, "checkpoints", "00000007.txt");
        await File.WriteAllTextAsync(mine, "mine", Cancellation);
        Assert.Equal(0, await Backups.Restore(Copy, Anew, told, errors));
        Assert.Equal("mine", await File.ReadAllTextAsync(mine, Cancellation));
    }

    Task<int> Take() => Backups.Take(Data, Copy, SystemClock.Instance, told, errors);

    async Task Filled()
    {
        await using var host = await RunningHost.Start(folder: Data);
        var path = await Posted.Agreement(host);
        foreach (var number in Enumerable.Range(1, 3))
            await Posted.Document(host.Lead, path, $"Rapport {number}");
    }

    static async Task Refuses(Func<Task> act, string says) =>
        Assert.Contains(says, (await Assert.ThrowsAsync<StoreRefusedException>(act)).Message, StringComparison.Ordinal);

    static async Task<string> Log(RunningHost host, string path, int rows) =>
        (await host.Admin.Get($"{path}/events?limit={rows}")).Is(200).GetProperty("items").GetRawText();

    static List<string> Files(string where, string below) =>
        [.. Directory.EnumerateFiles(Path.Combine(where, below), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    // Locks, and what SQLite keeps beside a database that is being read, come and go.
    List<string> Everything() => [.. Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories)
        .Where(it => Path.GetExtension(it) is not (".lock" or ".db-shm" or ".db-wal") && Path.GetRelativePath(folder.Path, it) != "anew")
        .Order(StringComparer.Ordinal)];
}
