using System.Text;
using Microsoft.Data.Sqlite;
using MrAgreement.Erasures;
using MrAgreement.Storage.Files;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Erasures;

/// <summary>What is erased over HTTP is in no file of the folder any more, nor after a copy of the database was put back.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    const string Secret = "AnnaEkÄrSjukskriven";

    readonly KeptLog log = new();
    readonly TemporaryFolder folder = new();
    RunningHost host = null!;
    string path = "";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    async Task Start() => host = await RunningHost.Start(folder: folder["data"], log: log);

    // Every file that the host has left, whatever it is.
    async Task<IReadOnlyList<string>> Holding(string text)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder["data"], "*", SearchOption.AllDirectories))
            // The lock is held and empty.
            if (!file.EndsWith(".lock", StringComparison.Ordinal) && (await File.ReadAllBytesAsync(file, Cancellation)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
                found.Add(Path.GetRelativePath(folder["data"], file));
        return found;
    }

    async Task<string> Noted()
    {
        var noted = await host.Lead.Send(HttpMethod.Post, $"{path}/obligations/report/notes", new { text = Secret }, ("Idempotency-Key", "note"));
        noted.Is(201);
        return (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().Last().Number("sequence").ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    async Task<WireAnswer> Erased(object what)
    {
        var asked = await host.Lead.Post($"{path}/erasures", what);
        asked.Is(201);
        (await host.Lead.Post(new Uri(asked.Location!).AbsolutePath["/api/v1/".Length..] + "/approval")).IsProblem(403, "four-eyes");
        var done = await host.Approver.Post(new Uri(asked.Location!).AbsolutePath["/api/v1/".Length..] + "/approval");
        done.Is(200).Has("number:number ground:string party:string status:string askedBy.id:string decidedBy.id:string decidedAt:string");
        Assert.Equal("done", done.Json.Text("status"));
        return done;
    }

    [Fact]
    public async Task A_text_is_gone_from_every_file_and_the_log_is_whole_also_after_a_copy_was_put_back()
    {
        var row = long.Parse(await Noted(), System.Globalization.CultureInfo.InvariantCulture);
        await host.DisposeAsync();
        Assert.NotEmpty(await Holding(Secret));
        File.Copy(folder["data/mragreement.db"], folder["copy.db"]);
        await Start();

        await Erased(new { row, ground = "gdpr-17" });
        (await host.Lead.Send(HttpMethod.Post, $"{path}/obligations/report/notes", new { text = Secret }, ("Idempotency-Key", "note"))).IsProblem(409, "answer-erased");
        var told = (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().ToList();
        var erased = told.Single(it => it.Number("sequence") == row);
        Assert.Equal(("raderat", 64), (erased.Text("data.text"), erased.Text("digest")!.Length));
        Assert.Equal("content-erased", told[^1].Text("type"));
        Assert.True((await host.Auditor.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        await host.DisposeAsync();
        Assert.Empty(await Holding(Secret));

        // The copy, and nothing of what came after it.
        foreach (var end in new[] { "", "-wal", "-shm" })
            File.Delete(folder[$"data/mragreement.db{end}"]);
        File.Copy(folder["copy.db"], folder["data/mragreement.db"]);
        await Start();
        // Whoever asks first is answered after that.
        var again = await host.Lead.Get($"{path}/events");
        Assert.Equal("content-erased", again.Is(200).At("items").EnumerateArray().Last().Text("type"));
        Assert.Equal("raderat", again.Json.At("items").EnumerateArray().Single(it => it.Number("sequence") == row).Text("data.text"));
        Assert.True((await host.Auditor.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        Assert.Contains(log.Lines, line => line.Contains($"Row {row} of agreement", StringComparison.Ordinal));
        await host.DisposeAsync();
        Assert.Empty(await Holding(Secret));
        await Start();
    }

    [Fact]
    public async Task A_text_is_in_no_file_once_its_erasure_was_answered_the_write_ahead_log_neither()
    {
        var row = long.Parse(await Noted(), System.Globalization.CultureInfo.InvariantCulture);
        // In the file, or in the log beside it until that is written back.
        Assert.NotEmpty(await Holding(Secret));
        await Erased(new { row, ground = "gdpr-17" });

        Assert.Empty(await Holding(Secret));
        Assert.Contains("mragreement.db", await Holding("content-erased"));
    }

    [Fact]
    public async Task What_was_cut_off_before_it_was_listed_is_finished_at_the_next_start()
    {
        await Noted();
        var row = decimal.Parse(await Noted2(), System.Globalization.CultureInfo.InvariantCulture);
        await Erased(new { row, ground = "correction" });
        await host.DisposeAsync();
        // As it was left when it was killed between the append and the rest: an answer that is still there, and no entry in the list.
        var listed = Assert.Single(Directory.EnumerateFiles(folder["data/checkpoints/erasures"]));
        File.Delete(listed);
        await using (var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE answers SET body = CAST('{Secret}' AS BLOB)";
            Assert.True(await command.ExecuteNonQueryAsync(Cancellation) > 0);
        }
        await Start();
        while (!File.Exists(listed))
            await Task.Yield();
        await host.DisposeAsync();
        Assert.Single(await FileErasureList.Open(folder["data/checkpoints"]).List(Cancellation));
        await using (var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM answers WHERE length(body) > 0";
            Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        }
        await Start();
    }

    async Task<string> Noted2()
    {
        (await host.Lead.Post($"{path}/obligations/report/notes", new { text = "En annan" })).Is(201);
        return (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().Last().Number("sequence").ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_document_goes_with_its_bytes_and_the_packages_that_hold_them_and_what_others_have_stays()
    {
        var (gone, shared) = (await Posted.Document(host.Lead, path, Secret), await Posted.Document(host.Lead, path, "Delad handling"));
        var twin = await Posted.Document(host.Lead, path, "Delad handling", "note");
        var package = await host.Lead.Post($"{path}/archive-packages", "{}");
        while ((await host.Lead.Get(package.Location!)).Is(200).Text("status") == "making")
            await Task.Yield();
        (await host.Lead.Get($"{package.Location}/content")).Ok();

        await Erased(new { document = gone, ground = "disposal", reference = "RA-MS 2026:1" });
        await Erased(new { document = shared, ground = "disposal", reference = "RA-MS 2026:1" });

        (await host.Lead.Get($"{path}/documents/{gone}/content")).IsProblem(410, "document-erased");
        (await host.Lead.Get($"{path}/documents/{shared}/content")).IsProblem(410, "document-erased");
        Assert.Equal("Delad handling", Encoding.UTF8.GetString((await host.Lead.Get($"{path}/documents/{twin}/content")).Bytes));
        (await host.Lead.Get($"{package.Location}/content")).IsProblem(410, "archive-package-cleared");
        var left = (await host.Lead.Get($"{path}/documents/{gone}")).Is(200);
        Assert.Equal(("raderat", "raderat"), (left.Text("title"), left.Text("fileName")));
        Assert.True((await host.Auditor.Get($"{path}/events/verification")).Is(200).Flag("valid"));
        Assert.Equal("ready", (await host.Nobody.Get("/health/ready")).Is(200).Text("status"));
        using (var page = await PageCaller.SignIn(host, "lena.lind"))
            Assert.Contains("Dokumentet är raderat", (await page.Get($"/{path}/documents/{gone}")).Text, StringComparison.Ordinal);
        await host.DisposeAsync();
        Assert.Empty(await Holding(Secret));
        await Start();
    }

    [Fact]
    public async Task Whoever_verifies_a_copy_that_was_put_back_erases_again_too()
    {
        var row = long.Parse(await Noted(), System.Globalization.CultureInfo.InvariantCulture);
        await host.DisposeAsync();
        File.Copy(folder["data/mragreement.db"], folder["copy.db"]);
        await Start();
        await Erased(new { row, ground = "gdpr-17" });
        await host.DisposeAsync();
        File.Copy(folder["copy.db"], folder["data/mragreement.db"], overwrite: true);
        Assert.NotEmpty(await Holding(Secret));
        var listed = folder["data/checkpoints/erasures"];

        await Verify();
        Assert.Empty(await Holding(Secret));
        // A list that was lost is made anew of what the logs tell.
        var entries = Directory.GetFiles(listed);
        Directory.Delete(listed, recursive: true);
        await Verify();
        Assert.Equal(entries, Directory.GetFiles(listed));
        await Start();
        Assert.True((await host.Auditor.Get($"{path}/events/verification")).Is(200).Flag("valid"));
    }

    async Task Verify()
    {
        using var verifying = HostProcess.Start(folder.Path, "--demo", "--verify", "--data", folder["data"]);
        var (code, errors) = await verifying.End();
        Assert.Empty(errors);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task What_somebody_puts_into_the_list_erases_nothing_and_is_told_also_without_the_key_of_its_seal()
    {
        var row = long.Parse(await Noted(), System.Globalization.CultureInfo.InvariantCulture);
        var noted = (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().Single(it => it.Number("sequence") == row);
        await host.DisposeAsync();
        var forged = new ListedErasure(AgreementId.Parse(path["agreements/".Length..]), row, Sha256.Parse(noted.Text("hash")!), ErasureGround.Correction, null,
            new("lena.lind"), new("mats.berg"), "SKR");
        foreach (var it in new[] { forged, forged with { Seal = new('0', 64) } })
        {
            var list = FileErasureList.Open(folder["data/checkpoints"]);
            await list.Add(it, Cancellation);
            await Start();
            Assert.Contains(Secret, (await host.Lead.Get($"{path}/events")).Text, StringComparison.Ordinal);
            var told = (await host.Auditor.Get("/health/ready")).Is(200);
            Assert.Equal(("erasures", "erasure-not-ours", row),
                (told.At("faults")[0].Text("log"), told.At("faults")[0].Text("what"), told.At("faults")[0].Number("sequence")));
            await host.DisposeAsync();
        }
        using (var verifying = HostProcess.Start(folder.Path, "--demo", "--verify", "--data", folder["data"]))
        {
            var (code, errors) = await verifying.End();
            Assert.Equal(1, code);
            Assert.Contains(errors, line => line.Contains($"names row {row}", StringComparison.Ordinal));
        }

        // Without its key nobody can tell what was listed: what no log says is erased for nobody, and that the key is gone is told by name.
        await using (var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False"))
        {
            await connection.OpenAsync(Cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM kept WHERE kind = 'erasure-seal'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
        }
        await Start();
        Assert.Contains(Secret, (await host.Lead.Get($"{path}/events")).Text, StringComparison.Ordinal);
        var faults = (await host.Auditor.Get("/health/ready")).Is(200).At("faults").EnumerateArray().Select(it => it.Text("what"));
        Assert.Equal(["erasure-seal-lost", "erasure-not-ours", "erasure-not-ours"], faults);
        await host.DisposeAsync();
        using (var verifying = HostProcess.Start(folder.Path, "--demo", "--verify", "--data", folder["data"]))
            Assert.Contains((await verifying.End()).Errors, line => line.StartsWith("The key of the seal of the list of erasures", StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(folder["data/checkpoints/erasures"]))
            File.Delete(file);
        await Start();
        Assert.Equal("ready", (await host.Auditor.Get("/health/ready")).Is(200).Text("status"));
    }

    [Fact]
    public async Task What_a_former_release_listed_and_the_log_says_too_stays_ours_and_is_erased_again()
    {
        var row = long.Parse(await Noted(), System.Globalization.CultureInfo.InvariantCulture);
        await host.DisposeAsync();
        File.Copy(folder["data/mragreement.db"], folder["before.db"]);
        await Start();
        await Erased(new { row, ground = "gdpr-17" });
        await host.DisposeAsync();
        // As it was before there was a seal.
        var listed = Assert.Single(Directory.EnumerateFiles(folder["data/checkpoints/erasures"]));
        var list = FileErasureList.Open(folder["data/checkpoints"]);
        var it = Assert.Single(await list.List(Cancellation));
        File.Delete(listed);
        await list.Add(it with { Seal = null }, Cancellation);
        await Forgotten();
        await Start();
        Assert.Equal("ready", (await host.Auditor.Get("/health/ready")).Is(200).Text("status"));
        await host.DisposeAsync();
        // With the key that it has got by then.
        var kept = await Seals();
        File.Copy(folder["before.db"], folder["data/mragreement.db"], overwrite: true);
        await Forgotten();
        await Put(kept);
        await Start();
        Assert.DoesNotContain(Secret, (await host.Lead.Get($"{path}/events")).Text, StringComparison.Ordinal);
    }

    Task Forgotten() => Sealed("DELETE FROM kept WHERE kind = 'erasure-seal'");

    async Task<IReadOnlyList<(string Key, byte[] Data)>> Seals()
    {
        await using var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT key, data FROM kept WHERE kind = 'erasure-seal'";
        await using var row = await command.ExecuteReaderAsync(Cancellation);
        var found = new List<(string, byte[])>();
        while (await row.ReadAsync(Cancellation))
            found.Add((row.GetString(0), row.GetFieldValue<byte[]>(1)));
        return found;
    }

    async Task Put(IEnumerable<(string Key, byte[] Data)> seals)
    {
        foreach (var (key, data) in seals)
            await Sealed($"INSERT INTO kept VALUES ('erasure-seal', '{key}', x'{Convert.ToHexStringLower(data)}', 'x', NULL)");
    }

    async Task Sealed(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={folder["data/mragreement.db"]};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    [Fact]
    public async Task A_list_that_is_damaged_is_told_and_keeps_nobody_from_looking_through_the_logs()
    {
        var row = long.Parse(await Noted(), System.Globalization.CultureInfo.InvariantCulture);
        await Erased(new { row, ground = "gdpr-17" });
        await host.DisposeAsync();
        var listed = Assert.Single(Directory.EnumerateFiles(folder["data/checkpoints/erasures"]));
        foreach (var damaged in new[] { "xx", "null", (await File.ReadAllTextAsync(listed, Cancellation)).Replace($"\"row\":{row}", "\"row\":1", StringComparison.Ordinal) })
        {
            await File.WriteAllTextAsync(listed, damaged, Cancellation);
            await Start();
            var told = (await host.Auditor.Get("/health/ready")).Is(200);
            Assert.Equal(("erasures", "erasures-unreadable"), (told.At("faults")[0].Text("log"), told.At("faults")[0].Text("what")));
            await host.DisposeAsync();
        }
        File.Delete(listed);
        await Start();
        Assert.Equal("ready", (await host.Nobody.Get("/health/ready")).Is(200).Text("status"));
    }

    [Fact]
    public async Task A_document_whose_row_was_erased_before_is_listed_as_a_document_too()
    {
        await Noted();
        var document = await Posted.Document(host.Lead, path, Secret);
        var row = (long)(await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().Last().Number("sequence");
        await Erased(new { row, ground = "correction" });
        // The file is there still, without its name; what it is, everybody may know.
        Assert.Contains("raderat.txt", (await host.Lead.Get($"{path}/documents/{document}/content"))["Content-Disposition"]!, StringComparison.Ordinal);
        await Erased(new { document, ground = "disposal", reference = "RA-MS 2026:1" });

        var listed = await FileErasureList.Open(folder["data/checkpoints"]).List(Cancellation);
        Assert.Equal([Guid.Parse(document), (Guid?)null], listed.Where(it => it.Row == row).Select(it => it.Document));
    }
}
