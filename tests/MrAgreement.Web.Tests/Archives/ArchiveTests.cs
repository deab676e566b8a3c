using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;
using NodaTime.Text;

namespace MrAgreement.Web.Tests.Archives;

/// <summary>Packages for archives over HTTP: ordered, followed until they are made, fetched, and opened.</summary>
public class ArchiveTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_package_is_made_by_itself_noted_and_fetched_whole_or_in_part()
    {
        var path = await Posted.Agreement(host);
        var ordered = await host.Lead.Post($"{path}/archive-packages", "{}");
        ordered.Is(202).Has("id:string party:string status:string by.name:string at:string until:null head:null sha256:null size:null files:null available:boolean");

        var made = await Followed(host.Lead, ordered.Location!);

        Assert.Equal(("made", "SKR", true), (made.Text("status"), made.Text("party"), made.Flag("available")));
        var whole = await host.Lead.Get($"{ordered.Location}/content");
        whole.Ok();
        Assert.Equal((made.Text("sha256"), (int)made.Number("size")), (Convert.ToHexStringLower(SHA256.HashData(whole.Bytes)), whole.Bytes.Length));
        Assert.Equal(($"\"{made.Text("sha256")}\"", "application/zip"), (whole.ETag, whole.MediaType));
        Assert.Equal(whole.Bytes[10..20], (await host.Lead.Get($"{ordered.Location}/content", ("Range", "bytes=10-19"))).Bytes);
        Assert.Equal(made.ToString(), Assert.Single(await host.Lead.All($"{path}/archive-packages")).ToString());
        var told = (await host.Lead.All($"{path}/events"))[^1];
        Assert.Equal(("archive-package-made", made.Text("sha256")), (told.Text("type"), told.Text("data.sha256")));
    }

    [Fact]
    public async Task It_holds_what_the_party_may_see_and_nothing_else()
    {
        var path = await Posted.Agreement(host);
        var handedOver = await Posted.Document(host.Lead, path, "Överlämnad rapport");
        await Posted.Document(host.Lead, path, "Eget utkast");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Härmed", documents = new[] { handedOver } })).Is(201);
        (await host.Officer.Post($"{path}/obligations/report/notes", new { submission = 1, text = "Bara för oss" })).Is(201);

        using var ministry = await Package(host.Officer, path);
        using var recipient = await Package(host.Lead, path);
        using var whole = await Package(host.Admin, path, "SKR");

        Assert.Equal(["Överlämnad rapport"], Documents(ministry));
        Assert.Equal(["Eget utkast", "Överlämnad rapport"], Documents(recipient));
        Assert.Equal(Documents(recipient), Documents(whole));
        Assert.Contains("Bara för oss", Log(ministry), StringComparison.Ordinal);
        Assert.DoesNotContain("Bara för oss", Log(recipient), StringComparison.Ordinal);
        Assert.DoesNotContain("Eget utkast", Log(ministry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_has_one_made_and_does_not_open_what_the_party_keeps_to_itself()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "report", "Härmed");
        (await host.Officer.Post($"{path}/obligations/report/notes", new { submission = 1, text = "Bara för oss" })).Is(201);
        var ordered = await host.Admin.Post($"{path}/archive-packages", new { party = "RK" });

        var made = await Followed(host.Admin, ordered.Location!);

        Assert.Equal(("made", false), (made.Text("status"), made.Flag("available")));
        made.Has("sha256:null");
        (await host.Admin.Get($"{ordered.Location}/content")).IsProblem(403, "package-holds-own");
        Assert.False((await host.Admin.All($"{path}/events"))[^1].At("data").TryGetProperty("sha256", out _));
        using var admin = await PageCaller.SignIn(host, "adam.berg");
        var page = (await admin.Get($"/{path}/archive")).Text;
        Assert.Contains("Bara personer hos RK kan öppna paketet", page, StringComparison.Ordinal);
        Assert.Equal(404, (await admin.Get($"/{path}/archive/{made.Text("id")}/content")).Status);
        (await host.Officer.Get($"{ordered.Location}/content")).Ok();
    }

    [Fact]
    public async Task Each_row_of_its_log_can_be_checked_by_whoever_has_the_package_alone()
    {
        var path = await Posted.Agreement(host);
        await Posted.Document(host.Lead, path, "Åäö \"<&>\" \u2028");
        (await host.Officer.Post($"{path}/obligations/information/waiver", new { reason = "Behövs inte \u2028", reference = "A1" })).Is(200);
        using var package = await Package(host.Officer, path);

        var rows = Log(package).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(rows.Length > 3);
        var (hidden, previous) = (0, Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(path[^36..].Replace("-", "", StringComparison.Ordinal)))));
        foreach (var row in rows)
        {
            var it = JsonElement.Parse(row);
            const string before = ",\"data\":";
            var data = row[(row.IndexOf(before, StringComparison.Ordinal) + before.Length)..^1];
            // What is written there is what was digested, byte by byte; what is not shown has a digest all the same, and no salt.
            if (it.At("data").ValueKind == JsonValueKind.Null)
                hidden++;
            else
                Assert.Equal(it.Text("digest"), Convert.ToHexStringLower(SHA256.HashData([1, .. Convert.FromHexString(it.Text("salt")!), .. Encoding.UTF8.GetBytes(data)])));
            Assert.Equal(it.At("data").ValueKind == JsonValueKind.Null, it.At("salt").ValueKind == JsonValueKind.Null);
            Assert.Equal(previous, it.Text("previous"));
            Assert.Equal(it.Text("hash"), Link(it));
            previous = it.Text("hash")!;
        }
        Assert.Equal(1, hidden);

        // By the words of the package's own readme, and none of our code.
        static string Link(JsonElement row)
        {
            using var sealing = new MemoryStream();
            sealing.WriteByte(2);
            sealing.Write(Number((long)row.Number("sequence")));
            sealing.Write(Number(InstantPattern.ExtendedIso.Parse(row.Text("at")!).Value.ToUnixTimeMilliseconds()));
            foreach (var text in new[] { row.Text("actor")!, row.Text("type")! })
            {
                sealing.Write(Number(Encoding.UTF8.GetByteCount(text)));
                sealing.Write(Encoding.UTF8.GetBytes(text));
            }
            sealing.Write(Convert.FromHexString(row.Text("digest")!));
            return Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(row.Text("previous")!), .. SHA256.HashData(sealing.ToArray())]));
        }

        static byte[] Number(long value)
        {
            var bytes = BitConverter.GetBytes(value);
            return BitConverter.IsLittleEndian ? [.. bytes.Reverse()] : bytes;
        }
    }

    [Fact]
    public async Task Ordered_with_a_key_it_is_made_once()
    {
        var path = await Posted.Agreement(host);
        var key = ("Idempotency-Key", "arkiv-1");

        var first = await host.Lead.Post($"{path}/archive-packages", "{}", key);
        var made = await Followed(host.Lead, first.Location!);
        var again = await host.Lead.Post($"{path}/archive-packages", "{}", key);

        Assert.Equal((200, first.Location, made.Text("sha256")), (again.Status, again.Location, again.Json.Text("sha256")));
        Assert.Single(await host.Lead.All($"{path}/archive-packages"));
        (await host.Lead.Post($"{path}/archive-packages", "{}", ("Idempotency-Key", new string('x', 256)))).IsProblem(400, "malformed-idempotency-key");
    }

    [Fact]
    public async Task A_key_stands_for_one_request()
    {
        var (path, other) = (await Posted.Agreement(host), await Posted.Agreement(host));
        var key = ("Idempotency-Key", "arkiv-2");
        var first = await host.Admin.Post($"{path}/archive-packages", new { party = "SKR" }, key);

        (await host.Admin.Post($"{path}/archive-packages", new { party = "RK" }, key)).IsProblem(422, "idempotency-key-reused");
        await Followed(host.Admin, first.Location!);
        (await host.Admin.Post($"{path}/archive-packages", new { party = "RK" }, key)).IsProblem(422, "idempotency-key-reused");

        var ordered = await host.Officer.Post("archive-orders", new { agreements = new[] { path.Split('/')[1] } }, key);
        Assert.Equal(ordered.Location, (await host.Officer.Post("archive-orders", new { agreements = new[] { path.Split('/')[1] } }, key)).Location);
        (await host.Officer.Post("archive-orders", new { agreements = new[] { other.Split('/')[1] } }, key)).IsProblem(422, "idempotency-key-reused");
        (await host.Officer.Post("archive-orders", new { agreements = new[] { path.Split('/')[1] } }, ("Idempotency-Key", new string('x', 256)))).IsProblem(400, "malformed-idempotency-key");
    }

    [Fact]
    public async Task Whoever_may_not_or_asks_for_what_is_not_is_told_at_once()
    {
        var path = await Posted.Agreement(host);
        var draft = await Posted.Draft(host);

        (await host.Finance.Post($"{path}/archive-packages", "{}")).IsProblem(403, "forbidden");
        (await host.Officer.Post($"{path}/archive-packages", new { party = "SKR" })).IsProblem(403, "not-own-archive");
        (await host.Admin.Post($"{path}/archive-packages", "{}")).IsProblem(422, "required");
        (await host.Admin.Post($"{path}/archive-packages", new { party = "MSB" })).IsProblem(422, "unknown-party");
        (await host.Lead.Post($"{path}/archive-packages", new { colour = "blue" })).IsProblem(422, "unknown-field");
        (await host.Lead.Post($"{path}/archive-packages", "{}", ("If-Match", "\"1\""))).IsProblem(412, "stale-if-match");
        (await host.Lead.Post($"agreements/{Posted.Nowhere}/archive-packages", "{}")).IsProblem(404, "no-such-agreement");
        (await host.Officer.Post($"{draft}/archive-packages", "{}")).IsProblem(409, "agreement-not-signed");
        (await host.Lead.Get($"{path}/archive-packages/{Posted.Nowhere}")).IsProblem(404, "no-such-archive-package");
        (await host.Lead.Get($"{path}/archive-packages/{Posted.Nowhere}/content")).IsProblem(404, "no-such-archive-package");
        Assert.Empty(await host.Lead.All($"{path}/archive-packages"));
    }

    [Fact]
    public async Task Another_party_s_packages_do_not_exist_for_the_others()
    {
        var path = await Posted.Agreement(host);
        var ordered = await host.Lead.Post($"{path}/archive-packages", "{}");
        await Followed(host.Lead, ordered.Location!);

        foreach (var other in new[] { host.Officer, host.Finance, host.Reader })
        {
            (await other.Get(ordered.Location!)).IsProblem(404, "no-such-archive-package");
            (await other.Get($"{ordered.Location}/content")).IsProblem(404, "no-such-archive-package");
            Assert.Empty(await other.All($"{path}/archive-packages"));
        }
        (await host.Admin.Get($"{ordered.Location}/content")).Ok();
        // An auditor takes away what others had made, and that is noted.
        (await host.Auditor.Get($"{ordered.Location}/content")).Ok();
        Assert.Contains((await host.Auditor.Get("me/export")).Is(200).At("security").EnumerateArray(), it => it.Text("event") == "package-taken");
        (await host.Auditor.Post($"{path}/archive-packages", new { party = "SKR" })).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Of_many_agreements_they_are_ordered_together()
    {
        string[] paths = [await Posted.Agreement(host), await Posted.Agreement(host), await Posted.Agreement(host)];
        var agreements = paths.Select(path => path.Split('/')[1]).ToList();

        var ordered = await host.Officer.Post("archive-orders", new { agreements });
        ordered.Is(202).Has("id:string by.name:string orderedAt:string done:boolean made:number failed:number packages:array packages.0.agreement:string packages.0.package:string failures:array");
        var done = await Until(() => host.Officer.Get(ordered.Location!), it => it.Flag("done"));

        Assert.Equal((3, 0), ((int)done.Number("made"), (int)done.Number("failed")));
        foreach (var package in done.At("packages").EnumerateArray())
            (await host.Officer.Get($"agreements/{package.Text("agreement")}/archive-packages/{package.Text("package")}/content")).Ok();
        (await host.Lead.Get(ordered.Location!)).IsProblem(404, "no-such-archive-order");
        (await host.Admin.Get(ordered.Location!)).Is(200);
    }

    [Fact]
    public async Task An_order_that_can_not_be_is_refused_whole()
    {
        var path = await Posted.Agreement(host);
        var good = path.Split('/')[1];

        (await host.Officer.Post("archive-orders", new { agreements = Array.Empty<string>() })).IsProblem(422, "archive-order-count");
        (await host.Officer.Post("archive-orders", new { agreements = Enumerable.Range(1, 501).Select(_ => Guid.NewGuid()) })).IsProblem(422, "archive-order-count");
        (await host.Officer.Post("archive-orders", new { agreements = new[] { good, Posted.Nowhere } })).IsProblem(404, "no-such-agreement");
        (await host.Finance.Post("archive-orders", new { agreements = new[] { good } })).IsProblem(403, "forbidden");
        (await host.Admin.Post("archive-orders", new { agreements = new[] { good } })).IsProblem(422, "required");
        Assert.Empty(await host.Officer.All($"{path}/archive-packages"));
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_no_package_comes_of_it()
    {
        using var folder = new TemporaryFolder();
        await using var own = await RunningHost.Start(folder: folder["data"]);
        var path = await Posted.Agreement(own);
        await Posted.Document(own.Lead, path, "Rapporten");
        var file = Directory.EnumerateFiles(folder["data/documents"], "*", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "Rapporter", TestContext.Current.CancellationToken);

        var ordered = await own.Lead.Post($"{path}/archive-packages", "{}");
        var ended = await Until(() => own.Lead.Get(ordered.Location!), it => !it.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.String || status.GetString() != "making");

        Assert.EndsWith("/problems/document-damaged", ended.Text("type"), StringComparison.Ordinal);
        Assert.Contains("rapport.txt", ended.Text("detail"), StringComparison.Ordinal);
        Assert.Empty(await own.Lead.All($"{path}/archive-packages"));
        Assert.Empty(Directory.EnumerateFiles(folder["data/packages"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task After_a_month_it_is_cleared_away_and_said_to_be()
    {
        using var folder = new TemporaryFolder();
        await using var own = await RunningHost.Start(folder: folder["data"]);
        var path = await Posted.Agreement(own);
        var old = await own.Lead.Post($"{path}/archive-packages", "{}");
        await Followed(own.Lead, old.Location!);
        foreach (var file in Directory.EnumerateFiles(folder["data/packages"], "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-31));

        var fresh = await own.Lead.Post($"{path}/archive-packages", "{}");
        await Followed(own.Lead, fresh.Location!);

        (await own.Lead.Get($"{old.Location}/content")).IsProblem(410, "archive-package-cleared");
        Assert.False((await own.Lead.Get(old.Location!)).Is(200).Flag("available"));
        (await own.Lead.Get($"{fresh.Location}/content")).Ok();
    }

    internal static async Task<JsonElement> Followed(Caller by, string location)
    {
        var it = await Until(() => by.Get(location), it => it.Text("status") != "making");
        Assert.Equal("made", it.Text("status"));
        return it;
    }

    internal static async Task<JsonElement> Until(Func<Task<WireAnswer>> ask, Func<JsonElement, bool> ended)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var it = (await ask()).Json;
            if (ended(it))
                return it;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("It never ended.");
    }

    static async Task<ZipArchive> Package(Caller by, string path, string? party = null)
    {
        var ordered = await by.Post($"{path}/archive-packages", new { party });
        ordered.Is(202);
        await Followed(by, ordered.Location!);
        return new(new MemoryStream((await by.Get($"{ordered.Location}/content")).Bytes));
    }

    static string Log(ZipArchive package) => Read(package.Entries.Single(entry => entry.FullName.EndsWith("/log/events.jsonl", StringComparison.Ordinal)));

    static IReadOnlyList<string> Documents(ZipArchive package) =>
        [.. package.Entries.Where(entry => entry.FullName.Contains("/documents/", StringComparison.Ordinal)).Select(Read).Order(StringComparer.Ordinal)];

    static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
