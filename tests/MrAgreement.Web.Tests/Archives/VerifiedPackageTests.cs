using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MrAgreement.Agreements;
using MrAgreement.Erasures;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Tests.Hosts;
using NodaTime.Text;

namespace MrAgreement.Web.Tests.Archives;

/// <summary>Who has a package, two checkpoints and docs/verify.py can tell whether anything in the package was changed.</summary>
public sealed partial class VerifiedPackageTests : IAsyncLifetime
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
        // What the submission said is erased: its row stands with another content than was digested.
        var submitted = (await host.Lead.Get($"{path}/events")).Is(200).At("items").EnumerateArray().Single(row => row.Text("type") == "submission-made").Number("sequence");
        (await host.Lead.Post($"{path}/erasures", new { row = submitted, ground = "gdpr-17" })).Is(201);
        (await host.Officer.Post($"{path}/erasures/1/approval")).Is(200);
        await Posted.Document(host.Officer, path, "Svar");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).Is(200);
        // A report that the package has as a file of its own.
        var report = (await host.Officer.Post($"{path}/reports", new { title = "Vårt arbete" })).Is(201).Text("id");
        (await host.Officer.Post($"{path}/reports/{report}/freezing")).Is(201);
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

    // In its namespaces, its header, a type, a size, a day, an id and the last tag.
    static readonly string[] placesAtTheTop =
        ["XMLSchema-instance", "LABEL=", "LASTMODDATE=", "<name>", "MIMETYPE=", "SIZE=", "CREATED=", "USE=", "DMDID=", "xlink:title=", "</structMap>"];

    static readonly string[] everything = ["1.txt", "3.txt", "--proof", "proof.json"];

    (int Code, string Told) Verify(params IEnumerable<string> held)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "verify.py"), .. held];
        using var process = Process.Start(new ProcessStartInfo("python3", arguments) { WorkingDirectory = folder["held"], RedirectStandardOutput = true, RedirectStandardError = true })!;
        var told = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, told);
    }

    // All at once: the script tells of each.
    void AllFound(IReadOnlyList<string> packages)
    {
        var (code, told) = Verify([.. packages, .. everything]);
        Assert.True(code == 1, told);
        Assert.All(packages, package => Assert.Contains($"\nCHANGED  {package}\n", told, StringComparison.Ordinal));
    }

    // As whoever changes it would: its lists of checksums say what it holds then.
    string Changed(string what, Func<string, byte[], byte[]?> change)
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
        using var to = new ZipArchive(File.Create(folder[$"held/{what}.zip"]), ZipArchiveMode.Create);
        foreach (var (name, bytes) in content)
        {
            using var entry = to.CreateEntry(root + name).Open();
            entry.Write(bytes);
        }
        return $"{what}.zip";

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

    string Log(string what, Func<List<string>, IEnumerable<string>> change) => Changed(what, (name, bytes) => name == $"{Data}log/events.jsonl"
        ? Encoding.UTF8.GetBytes(string.Concat(change([.. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries)]).Select(line => line + "\n")))
        : bytes);

    [Fact]
    public void A_log_that_was_written_anew_beneath_a_kept_checkpoint_is_changed_or_not_proved()
    {
        JsonObject Proof(byte[] bytes) => JsonNode.Parse(bytes)!.AsObject();
        string With(string what, Action<JsonObject> change) => Changed(what, (name, bytes) =>
        {
            if (name != $"{Data}log/inclusion.json")
                return bytes;
            var proof = Proof(bytes);
            change(proof);
            return JsonSerializer.SerializeToUtf8Bytes(proof);
        });
        // Left out, the kept checkpoint says nothing of the log; another log than it held is found.
        var (code, told) = Verify(With("silent", proof => proof["before"] = new JsonArray()), "1.txt");
        Assert.Equal(2, code);
        Assert.Contains("1.txt are not shown to have held any of this log", told, StringComparison.Ordinal);
        Assert.Equal(1, Verify(With("other", proof => proof["before"]![0]!["sequence"] = 1), "1.txt").Code);
        // Half a place is none: another leaf than the one that it comes before would pass for it.
        foreach (var (index, at) in new[] { ("index", (Action<JsonObject, JsonNode>)((proof, place) => proof["index"] = place)), ("before", (proof, place) => proof["before"]![0]!["index"] = place) })
        {
            var half = Verify(With($"half-{index}", proof => at(proof, 0.5)), "1.txt");
            Assert.Equal(1, half.Code);
            Assert.Contains("0.5 is no whole number", half.Told, StringComparison.Ordinal);
        }
        Assert.Equal(1, Verify(With("moved", proof => proof["before"]![0]!["hash"] = new string('0', 64)), "1.txt").Code);
    }

    [Fact]
    public void Files_beside_the_package_s_own_folder_are_found()
    {
        File.Copy(folder["held/package.zip"], folder["held/beside.zip"]);
        using (var zip = ZipFile.Open(folder["held/beside.zip"], ZipArchiveMode.Update))
        {
            var root = zip.Entries[0].FullName.Split('/')[0];
            using var entry = zip.CreateEntry($"{root[..^1]}_/{Data}log/events.jsonl").Open();
            entry.Write("{}"u8);
        }
        var (code, told) = Verify("beside.zip", "1.txt");
        Assert.Equal(1, code);
        Assert.Contains("lies outside the package's folder", told, StringComparison.Ordinal);
    }

    // What unzips over a file of the package, on one system or another, or lies where nobody looks for it.
    [Theory]
    [InlineData("./log/events.jsonl", "is no place of a package")]
    [InlineData("log//events.jsonl", "is no place of a package")]
    [InlineData("x/../log/events.jsonl", "is no place of a package")]
    [InlineData("documents/../../data/v1/x.txt", "is no place of a package")]
    [InlineData("documents/./v1/x.txt", "is no place of a package")]
    [InlineData("documents\\x\\v1\\x.txt", "is no place of a package")]
    [InlineData("Log/events.jsonl", "is no place of a package")]
    [InlineData("documents-signed/agreement.pdf", "is no place of a package")]
    [InlineData("grant/GRANT.json", "two files by the same name")]
    public void A_file_in_any_other_place_is_found_though_the_lists_have_it(string place, string told)
    {
        File.Copy(folder["held/package.zip"], folder["held/place.zip"], overwrite: true);
        using (var zip = ZipFile.Open(folder["held/place.zip"], ZipArchiveMode.Update))
            using (var entry = zip.CreateEntry($"{zip.Entries[0].FullName.Split('/')[0]}/{Data}{place}").Open())
                entry.Write("{}"u8);
        var verified = Verify("place.zip", "1.txt");
        Assert.Equal(1, verified.Code);
        Assert.Contains(told, verified.Told, StringComparison.Ordinal);
    }

    // One program reads the directory at the end, another what comes first, a third what an entry says of itself.
    [Theory]
    [InlineData("in-front", "something lies between the entries")]
    [InlineData("behind", "what lies behind the directory is not its end")]
    [InlineData("counted", "what lies behind the directory is not its end")]
    [InlineData("twice", "what lies behind the directory is not its end")]
    [InlineData("cut", "is called something else by others")]
    [InlineData("called", "is called something else in front of its bytes")]
    [InlineData("links", "is no plain file")]
    [InlineData("elsewhere", "is no name of a package's folder")]
    public void A_zip_file_that_another_program_may_unpack_otherwise_is_found(string how, string told)
    {
        var bytes = File.ReadAllBytes(folder["held/package.zip"]);
        var (name, directory) = (bytes.AsSpan().IndexOf("MRA-"u8), bytes.AsSpan().IndexOf("PK\u0001\u0002"u8));
        switch (how)
        {
            case "in-front": bytes = [.. bytes, .. bytes]; break;
            case "behind": bytes = [.. bytes, 0]; break;
            // One entry fewer, as the end has it.
            case "counted":
                bytes[^12]--;
                bytes[^14]--;
                break;
            // An end for large files that tells of another disk: who knows of those looks there.
            case "twice":
                var entries = BitConverter.GetBytes((long)BitConverter.ToUInt16(bytes, bytes.Length - 12));
                byte[] large = [.. "PK\u0006\u0006"u8, 44, .. new byte[7], 45, 0, 45, 0, 1, .. new byte[7], .. entries, .. entries, .. BitConverter.GetBytes((long)BitConverter.ToUInt32(bytes, bytes.Length - 10)),
                    .. BitConverter.GetBytes((long)directory), .. "PK\u0006\u0007"u8, .. new byte[4], .. BitConverter.GetBytes((long)bytes.Length - 22), 1, 0, 0, 0];
                Assert.Equal(76, large.Length);
                bytes = [.. bytes[..^22], .. large, .. bytes[^22..]];
                break;
            // Some read a name up to its first zero.
            case "cut":
                var entry = Encoding.UTF8.GetBytes("/documentation/readme.txt");
                foreach (var from in new[] { 0, directory })
                    bytes[from + bytes.AsSpan(from).IndexOf(entry) + entry.Length - 1] = 0;
                break;
            case "called": bytes[name] = (byte)'m'; break;
            // As Unix marks a link in the directory.
            case "links": bytes[directory + 41] = 0xA1; break;
            default:
                for (var at = name; at >= 0; at = bytes.AsSpan(at).IndexOf("MRA-"u8) is >= 0 and var next ? at + next : -1)
                    bytes[at] = (byte)'X';
                break;
        }
        File.WriteAllBytes(folder["held/unlike.zip"], bytes);
        var verified = Verify("unlike.zip", "1.txt");
        Assert.Equal(1, verified.Code);
        Assert.Contains(told, verified.Told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_that_nothing_joins_to_the_package_has_not_held_it()
    {
        var later = File.ReadAllLines(folder["held/3.txt"]);
        File.WriteAllText(folder["held/later.txt"], string.Join('\n', [later[0], "99", .. later[2..]]) + "\n");
        var (code, told) = Verify("package.zip", "1.txt", "later.txt");
        Assert.Equal(2, code);
        Assert.DoesNotContain("later.txt held the log", told, StringComparison.Ordinal);
        Assert.Matches(@"held by no checkpoint kept elsewhere \(\d+ to \d+\)", told);
    }

    [Fact]
    public void An_untouched_one_is_unchanged_and_what_is_not_held_against_anything_is_not_proved()
    {
        var (code, told) = Verify(["package.zip", .. everything]);
        // What it does not show is told with the verdict: the erased submission, the hidden draft, the notes that are left out.
        Assert.True(code == 0, told);
        Assert.Matches(@"\nUNCHANGED up to row \d+, of what it holds: erased \(\d+\), without content \(\d+\), left out \(\d+, \d+\)  package\.zip\n$", told);
        Assert.Contains("the package's checkpoint goes on from 1.txt", told, StringComparison.Ordinal);
        Assert.Contains("3.txt goes on from the package's checkpoint", told, StringComparison.Ordinal);
        Assert.Contains("the checkpoint of size 3 holds the log up to row", told, StringComparison.Ordinal);
        // One that was kept before needs nothing but the package; a later one needs a proof; without any nothing is proved.
        var early = Verify("package.zip", "1.txt");
        Assert.Equal(0, early.Code);
        // As far as that held the log; for the rest whoever made the package vouches alone.
        Assert.Matches(@"\nok +1\.txt held the log at least up to row \d+\n", early.Told);
        Assert.Matches(@"held by no checkpoint kept elsewhere \(\d+ to \d+\)", early.Told);
        Assert.Equal(2, Verify("package.zip", "3.txt").Code);
        Assert.Equal(2, Verify("package.zip").Code);
        Assert.Equal(2, Verify("1.txt", "3.txt").Code);
    }

    [Fact]
    public void A_row_that_is_changed_removed_or_exchanged_is_found_wherever_it_stands()
    {
        (string What, Func<string, string> Change)[] changes =
        [
            ("at", line => line.Replace("\"at\":\"2014", "\"at\":\"2015", StringComparison.Ordinal)),
            ("place", line => line.Replace("{\"sequence\":1,", "{\"sequence\":true,", StringComparison.Ordinal)),
            ("actor", line => Actor().Replace(line, "\"actor\":\"somebody\"")),
            // Nothing may say that it is shown in part but what can be.
            ("part", line => InPart(line, salted: true)),
            ("part-unsalted", line => InPart(line, salted: false)),
            // Of two readers one takes the first, another the last.
            ("doubled", line => line.Replace("\"actor\":", "\"actor\":\"somebody\",\"actor\":", StringComparison.Ordinal)),
            ("later", line => line.Replace("Z\",\"actor\"", "0009Z\",\"actor\"", StringComparison.Ordinal)),
            ("type", line => Kind().Replace(line, "\"type\":\"agreement-closed\"")),
            ("data", line => line[..(line.IndexOf(",\"data\":", StringComparison.Ordinal) + 8)] + "{}}"),
            ("salt", line => FirstOfSalt().Replace(line, it => it.Value[..^1] + (it.Value[^1] == '0' ? '1' : '0'))),
            ("seal", line => FirstOfSeal().Replace(line, it => it.Value[..^1] + (it.Value[^1] == '0' ? '1' : '0')))
        ];
        var rows = new List<string>();
        Log("same", lines => rows = lines);
        Assert.InRange(rows.Count, 8, 30);
        Assert.Single(rows, row => row.Contains("\"data\":null", StringComparison.Ordinal));
        Assert.Single(rows, row => row.Contains("\"passed\":", StringComparison.Ordinal));
        var packages = new List<string>();
        foreach (var (i, row) in rows.Index())
        {
            packages.AddRange(changes.Where(it => it.Change(row) != row).Select(it => Log($"{it.What}-{i}", lines => lines.Select((line, at) => at == i ? it.Change(line) : line))));
            packages.Add(Log($"removed-{i}", lines => lines.Where((_, at) => at != i)));
            if (i > 0)
                packages.Add(Log($"exchanged-{i}", lines => [.. lines.Take(i - 1), lines[i], lines[i - 1], .. lines.Skip(i + 1)]));
        }
        Assert.InRange(packages.Count, 9 * rows.Count, 12 * rows.Count);
        AllFound(packages);
    }

    static string InPart(string line, bool salted)
    {
        var at = line.IndexOf(",\"data\":", StringComparison.Ordinal);
        var before = salted ? line[..at] : AnySalt().Replace(line[..at], "\"salt\":null");
        return line.EndsWith("\"data\":null}", StringComparison.Ordinal) ? line : $"{before},\"part\":true{line[at..^2]},\"more\":1}}}}";
    }

    [Fact]
    public void What_was_taken_out_of_a_package_is_named_in_the_verdict()
    {
        var rows = new List<string>();
        Log("whole", lines => rows = lines);
        // Without its content; and left out with its seal in its place.
        var emptied = Log("emptied", lines => [AnySalt().Replace(lines[0][..(lines[0].IndexOf(",\"data\":", StringComparison.Ordinal) + 8)], "\"salt\":null") + "null}", .. lines.Skip(1)]);
        var (gone, next) = (JsonElement.Parse(rows[1]), JsonElement.Parse(rows[2]));
        var seal = HashChain.Seal(new(2, InstantPattern.ExtendedIso.Parse(gone.Text("at")!).Value, new(gone.Text("actor")!), gone.Text("type")!, null, EventSourcing.Sha256.Parse(gone.Text("digest")!), default));
        var left = Log("left", lines => [lines[0], lines[2].Replace($"\"previous\":\"{next.Text("previous")}\"", $"\"previous\":\"{gone.Text("previous")}\",\"passed\":[\"{seal}\"]", StringComparison.Ordinal), .. lines.Skip(3)]);

        var (code, told) = Verify([emptied, left, .. everything]);

        Assert.True(code == 0, told);
        Assert.Matches(@"\nUNCHANGED up to row \d+, of what it holds: .*without content \(1, \d+\).*  emptied\.zip\n", told);
        Assert.Matches(@"\nUNCHANGED up to row \d+, of what it holds: .*left out \(2, \d+, \d+\)  left\.zip\n", told);
    }

    [Fact]
    public async Task What_is_nothing_that_can_be_verified_is_neither_changed_nor_unchanged()
    {
        await File.WriteAllTextAsync(folder["held/missing.txt"], "<html>404</html>", Cancellation);
        await File.WriteAllTextAsync(folder["held/empty.txt"], "", Cancellation);
        using (var zip = new ZipArchive(File.Create(folder["held/other.zip"]), ZipArchiveMode.Create))
            zip.CreateEntry("letter.txt");
        foreach (var name in new[] { "missing.txt", "empty.txt", "other.zip" })
        {
            var (code, told) = Verify("package.zip", "1.txt", name);
            Assert.True(code == 2, told);
            Assert.Matches($@"(?m)^{name} is (neither a package nor a checkpoint|a zip file, and no package)", told);
        }
    }

    [Fact]
    public void What_may_be_erased_is_the_same_in_the_script_in_packages_and_in_the_program()
    {
        var script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "verify.py"));
        var table = string.Concat(ErasableFields.ByName.Select(kind => $"    \"{kind.Key}\": [{string.Join(", ", kind.Value.Select(field => $"\"{field}\""))}],\n"));
        Assert.Contains($"\nERASABLE = {{\n{table}}}\nERASED = \"{ErasableFields.Erased}\"\n", script, StringComparison.Ordinal);
        byte[]? packaged = null;
        Changed("read", (name, bytes) => name == $"{Data}log/erasable.json" ? packaged = bytes : bytes);
        Assert.Equal(ErasableFields.ByName, JsonSerializer.Deserialize<Dictionary<string, string[]>>(packaged!)!.ToDictionary(it => it.Key, it => (IReadOnlyList<string>)it.Value));
    }

    [Fact]
    public async Task An_erasure_that_somebody_made_up_is_told_and_neither_listed_nor_taken_for_proved()
    {
        string path;
        await using (var before = await RunningHost.Start(folder: folder["forged"]))
        {
            path = await Posted.Agreement(before);
            (await before.Admin.Post("checkpoints")).Is(201);
            await File.WriteAllBytesAsync(folder["held/before.txt"], (await before.Nobody.Get("/checkpoints/1")).Bytes, Cancellation);
        }
        await MakeUpAnErasure(AgreementId.Parse(path["agreements/".Length..], null));

        await using var host = await RunningHost.Start(folder: folder["forged"]);
        // Made at once, before the start's own look may have come so far.
        var made = (await host.Admin.Post("checkpoints")).Is(201);
        Assert.Equal(1, made.Number("faulty"));
        Assert.EndsWith("\nfaulty 1\n", (await host.Nobody.Get("/checkpoints/2")).Text, StringComparison.Ordinal);
        var ready = (await host.Admin.Get("/health/ready")).Is(200);
        Assert.Equal(("row-broken", 1m), (ready.Text("faults.0.what"), ready.Number("faults.0.sequence")));
        // Somebody's real erasure lists that alone.
        Assert.Empty(await FileErasureList.Open(folder["forged/checkpoints"]).List(Cancellation));
        (await host.Lead.Post($"{path}/obligations/report/notes", new { text = "Anna Ek" })).Is(201);
        (await host.Lead.Post($"{path}/erasures", new { row = 5, ground = "gdpr-17" })).Is(201);
        (await host.Approver.Post($"{path}/erasures/{(await host.Lead.Get($"{path}/erasures")).Is(200).At("items").EnumerateArray().Last().Number("number")}/approval")).Is(200);
        Assert.Equal([5], (await FileErasureList.Open(folder["forged/checkpoints"]).List(Cancellation)).Select(it => it.Row));

        var ordered = await host.Officer.Post($"{path}/archive-packages", "{}");
        while ((await host.Officer.Get(ordered.Location!)).Is(200).Text("status") == "making")
            await Task.Yield();
        await File.WriteAllBytesAsync(folder["held/made-up.zip"], (await host.Officer.Get($"{ordered.Location}/content")).Bytes, Cancellation);
        var (code, told) = Verify("made-up.zip", "before.txt");
        Assert.True(code == 1, told);
        Assert.Contains("row 1 of the log was changed: row 4 says that it was erased, and it does not read so", told, StringComparison.Ordinal);
        Assert.Contains("whoever made the package found the log not whole: row-broken at 1", told, StringComparison.Ordinal);
    }

    // As whoever has the database would, while no host runs: the first row says something else, and a row that follows rightly says that it was erased.
    async Task MakeUpAnErasure(AgreementId id)
    {
        using var database = SqliteDatabase.Open(folder["forged"]);
        IEventStore store = new SqliteEventStore(database);
        var log = await store.ReadSince(id, 0, Cancellation);
        var other = log[0] with { Salt = log[1].Salt, Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(log[0].Data!).Replace("\"title\":\"", "\"title\":\"Ny ", StringComparison.Ordinal)) };
        var told = EventJson.Write(new ContentErased(1, 1, ErasureGround.Gdpr17, null, new("lena.lind"), new("x"), HashChain.DigestNow(other), "SKR"));
        var row = HashChain.Next(log[^1].Hash, log.Count + 1, log[^1].At, new("x"), ErasedRows.Type, told, log[2].Salt);
        Assert.Equal(AppendOutcome.Appended, await store.Append(new(Guid.NewGuid(), id, log.Count, [row], null) { Erased = [other] }, Cancellation));
    }

    [Fact]
    public void A_document_or_a_proof_that_is_changed_is_found_also_where_its_lists_agree()
    {
        byte[] Text(byte[] bytes, string before, string after) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(before, after, StringComparison.Ordinal));
        AllFound(
        [
            // The same, and its row says that it is shown in part.
            Changed("both", (name, bytes) => IsAnswer(name, bytes) ? [.. bytes, 1]
                : name == $"{Data}log/events.jsonl" ? Encoding.UTF8.GetBytes(Exchanged(Encoding.UTF8.GetString(bytes))) : bytes),
            Changed("document", (name, bytes) => name.Contains("/documents/", StringComparison.Ordinal) ? [.. bytes, 1] : bytes),
            Changed("checkpoint", (name, bytes) => name.EndsWith("log/checkpoint.txt", StringComparison.Ordinal) ? Text(bytes, "\n3\n", "\n4\n") : bytes),
            Changed("index", (name, bytes) => name.EndsWith("log/inclusion.json", StringComparison.Ordinal) ? Text(bytes, "\"index\":", "\"index\":1") : bytes),
            Changed("sequence", (name, bytes) => name.EndsWith("log/inclusion.json", StringComparison.Ordinal) ? Text(bytes, "\"sequence\":", "\"sequence\":1") : bytes),
            Changed("consistency", (name, bytes) => name.EndsWith("log/consistency.json", StringComparison.Ordinal) ? Text(bytes, "\"proof\":[\"", "\"proof\":[\"00").Take(bytes.Length).ToArray() : bytes),
            // Its lines after the root are nobody's proof, and what stands there is no other checkpoint.
            Changed("root", (name, bytes) => name.EndsWith("log/checkpoint.txt", StringComparison.Ordinal) ? Text(bytes, "\nat ", "\n\nat ") : bytes),
            // Gone, though the lists name it.
            Changed("gone", (name, bytes) => name.EndsWith("grant.json", StringComparison.Ordinal) ? null : bytes)
        ]);
    }

    // Named by the row alone by which it was registered.
    static bool IsAnswer(string name, byte[] bytes) => name.Contains("/documents/", StringComparison.Ordinal) && Encoding.UTF8.GetString(bytes) == "Svar";

    static string Exchanged(string log)
    {
        byte[] answer = [.. "Svar"u8];
        Assert.Single(log.Split(Hex(answer)).Skip(1));
        return string.Join('\n', log.Split('\n').Select(line => !line.Contains(Hex(answer), StringComparison.Ordinal) ? line
            : AnySalt().Replace(line, "\"salt\":null").Replace(Hex(answer), Hex([.. answer, 1]), StringComparison.Ordinal).Replace(",\"data\":{", ",\"part\":true,\"data\":{", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_byte_that_is_changed_at_the_top_of_the_package_is_found()
    {
        AllFound([.. placesAtTheTop.Select((place, i) =>
            Changed($"top-{i}", (name, bytes) => name == "METS.xml" ? Flipped(bytes, bytes.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(place)) + place.Length + 1) : bytes))]);

        static byte[] Flipped(byte[] bytes, int at) => [.. bytes[..at], (byte)(bytes[at] ^ 1), .. bytes[(at + 1)..]];
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
        Assert.Equal(2, Verify("forged.zip").Code);
        Assert.Equal(1, Verify("forged.zip", "1.txt").Code);
    }

    [GeneratedRegex("\"actor\":\"[^\"]+\"")]
    private static partial Regex Actor();

    [GeneratedRegex("\"type\":\"[^\"]+\"(?=,\"previous\")")]
    private static partial Regex Kind();

    [GeneratedRegex("\"salt\":\"[0-9a-f](?=[0-9a-f]{31}\",\"hash\")")]
    private static partial Regex FirstOfSalt();

    [GeneratedRegex("\"salt\":\"[0-9a-f]{32}\"")]
    private static partial Regex AnySalt();

    [GeneratedRegex("\"passed\":\\[\"[0-9a-f]")]
    private static partial Regex FirstOfSeal();
}
