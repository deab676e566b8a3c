using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Archives;

/// <summary>Who has a package, two checkpoints and docs/verify.py can tell whether anything in the package was changed.</summary>
public sealed class VerifiedPackageTests : IAsyncLifetime
{
    const string Data = "representations/rep1/data/";

    readonly TemporaryFolder folder = new();
    RunningHost host = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start(folder: folder["data"]);
        Directory.CreateDirectory(folder["held"]);
        // An early checkpoint; then a log with a draft that is hidden, and a note that is left out, in the middle of it.
        var path = await Posted.Agreement(host);
        (await host.Admin.Post("checkpoints")).Is(201);
        await Posted.Document(host.Lead, path, "Eget utkast");
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Lead.Post($"{path}/obligations/report/notes", new { submission = 1, text = "Bara för oss" })).Is(201);
        await Posted.Document(host.Officer, path, "Svar");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).Is(200);
        (await host.Lead.Post($"{path}/obligations/report/notes", new { submission = 1, text = "Sist" })).Is(201);
        await Posted.Agreement(host);
        var ordered = await host.Officer.Post($"{path}/archive-packages", "{}");
        while ((await host.Officer.Get(ordered.Location!)).Is(200).Text("status") == "making")
            await Task.Yield();
        await File.WriteAllBytesAsync(folder["held/package.zip"], (await host.Officer.Get($"{ordered.Location}/content")).Bytes, Cancellation);
        await Posted.Agreement(host);
        (await host.Admin.Post("checkpoints")).Is(201);
        foreach (var number in new[] { 1, 3 })
            await File.WriteAllBytesAsync(folder[$"held/{number}.txt"], (await host.Nobody.Get($"/checkpoints/{number}")).Bytes, Cancellation);
        var sizes = (await host.Nobody.Get("/checkpoints")).Is(200).At("checkpoints").EnumerateArray().Select(it => it.Number("size")).ToList();
        await File.WriteAllBytesAsync(folder["held/proof.json"], (await host.Nobody.Get($"/checkpoints/consistency?from={sizes[1]}&to={sizes[2]}")).Bytes, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    (int Code, string Told) Verify(string package = "package.zip", params string[] held)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "verify.py");
        string[] arguments = [script, package, .. held.Length > 0 ? held : ["1.txt", "3.txt", "--proof", "proof.json"]];
        using var process = Process.Start(new ProcessStartInfo("python3", arguments) { WorkingDirectory = folder["held"], RedirectStandardOutput = true, RedirectStandardError = true })!;
        var told = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, told);
    }

    // As whoever changes it would: its lists of checksums say what it holds then.
    string Changed(Func<string, byte[], byte[]?> change)
    {
        using var from = ZipFile.OpenRead(folder["held/package.zip"]);
        var root = from.Entries[0].FullName.Split('/')[0] + "/";
        var content = from.Entries.ToDictionary(entry => entry.FullName[root.Length..], entry =>
        {
            using var bytes = new MemoryStream();
            using var open = entry.Open();
            open.CopyTo(bytes);
            return bytes.ToArray();
        });
        foreach (var (name, bytes) in content.ToList())
            if (change(name, bytes) is not { } changed)
                content.Remove(name);
            else if (!changed.AsSpan().SequenceEqual(bytes))
                Put(name, changed);
        using var to = new ZipArchive(File.Create(folder["held/changed.zip"]), ZipArchiveMode.Create);
        foreach (var (name, bytes) in content)
        {
            using var entry = to.CreateEntry(root + name).Open();
            entry.Write(bytes);
        }
        return "changed.zip";

        void Put(string name, byte[] bytes)
        {
            var (before, after) = (Hex(content[name]), Hex(bytes));
            content[name] = bytes;
            foreach (var list in new[] { "representations/rep1/METS.xml", "METS.xml" })
                if (list != name && Encoding.UTF8.GetString(content[list]) is var text && text.Contains(before, StringComparison.OrdinalIgnoreCase))
                    Put(list, Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.OrdinalIgnoreCase)));
        }
    }

    static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    string Log(Func<List<string>, IEnumerable<string>> change) => Changed((name, bytes) => name == $"{Data}log/events.jsonl"
        ? Encoding.UTF8.GetBytes(string.Concat(change([.. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)]).Select(line => line + "\n")))
        : bytes);

    [Fact]
    public void An_untouched_one_is_unchanged_and_what_is_not_held_against_anything_is_not_proved()
    {
        var (code, told) = Verify();
        Assert.True((code, told.TrimEnd().Split('\n')[^1]) == (0, "UNCHANGED"), told);
        Assert.Contains("1.txt", told, StringComparison.Ordinal);
        Assert.Contains("holds the log up to row", told, StringComparison.Ordinal);
        // Checkpoints alone.
        File.Copy(folder["held/1.txt"], folder["held/2.txt"]);
        Assert.Equal(0, Verify("1.txt", "2.txt").Code);
        // No earlier checkpoint; no proof between two.
        Assert.Equal(2, Verify("package.zip", "3.txt").Code);
        Assert.Equal(0, Verify("package.zip", "1.txt").Code);
    }

    [Fact]
    public void A_row_that_is_changed_removed_or_exchanged_is_found_wherever_it_stands()
    {
        var rows = 0;
        Log(lines => { rows = lines.Count; return lines; });
        Assert.InRange(rows, 7, 30);
        for (var row = 0; row < rows; row++)
        {
            (string What, Func<string, string> Change)[] changes =
            [
                ("at", line => line.Replace("T10:", "T11:", StringComparison.Ordinal)),
                ("actor", line => System.Text.RegularExpressions.Regex.Replace(line, "\"actor\":\"[^\"]+\"", "\"actor\":\"somebody\"")),
                ("type", line => System.Text.RegularExpressions.Regex.Replace(line, "\"type\":\"[^\"]+\"", "\"type\":\"agreement-closed\"", System.Text.RegularExpressions.RegexOptions.None)),
                ("data", line => line[..(line.IndexOf(",\"data\":", StringComparison.Ordinal) + 8)] + "{}}"),
                ("salt", line => System.Text.RegularExpressions.Regex.Replace(line, "\"salt\":\"..", "\"salt\":\"zz".Replace("zz", "ff", StringComparison.Ordinal)))
            ];
            foreach (var (what, change) in changes)
            {
                var same = false;
                var package = Log(lines => lines.Select((line, i) => i != row ? line : change(line) is var changed && (same = changed == line) ? line : changed));
                // What is not shown has no salt, and what is null can only become something.
                if (same)
                    continue;
                var (code, told) = Verify(package);
                Assert.True(code == 1, $"{what} of row {row}: {told}");
            }
            Assert.Equal(1, Verify(Log(lines => lines.Where((_, i) => i != row))).Code);
        }
        Assert.Equal(1, Verify(Log(lines => [lines[1], lines[0], .. lines.Skip(2)])).Code);
    }

    [Fact]
    public void A_document_or_a_proof_that_is_changed_is_found_also_where_its_lists_agree()
    {
        Assert.Equal(1, Verify(Changed((name, bytes) => name.Contains("/documents/", StringComparison.Ordinal) ? [.. bytes, 1] : bytes)).Code);
        Assert.Equal(1, Verify(Changed((name, bytes) => name.EndsWith("log/checkpoint.txt", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\n2\n", "\n3\n", StringComparison.Ordinal).Replace("\n3\n", "\n4\n", StringComparison.Ordinal)) : bytes)).Code);
        Assert.Equal(1, Verify(Changed((name, bytes) => name.EndsWith("log/inclusion.json", StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace("\"index\":", "\"index\":1", StringComparison.Ordinal)) : bytes)).Code);
        // Without its lists saying so.
        Assert.Equal(1, Verify(Changed((name, bytes) => name.EndsWith("grant.json", StringComparison.Ordinal) ? null : bytes)).Code);
    }

    [Fact]
    public async Task A_package_of_another_tree_is_found_by_a_checkpoint_that_somebody_kept()
    {
        // Whoever makes up the record makes up the checkpoints as well; those that others have are not theirs.
        await using var forged = await RunningHost.Start();
        var path = await Posted.Agreement(forged);
        var ordered = await forged.Officer.Post($"{path}/archive-packages", "{}");
        while ((await forged.Officer.Get(ordered.Location!)).Is(200).Text("status") == "making")
            await Task.Yield();
        await File.WriteAllBytesAsync(folder["held/forged.zip"], (await forged.Officer.Get($"{ordered.Location}/content")).Bytes, Cancellation);
        Assert.Equal(2, Verify("forged.zip", "--proof", "proof.json").Code);
        Assert.Equal(1, Verify("forged.zip", "1.txt").Code);
    }
}
