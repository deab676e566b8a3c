using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Documents;

/// <summary>Documents are scanned before anybody gets them, by a peer that speaks as clamd does.</summary>
public sealed class ScanTests
{
    // What the peer finds is whatever has the word in it.
    sealed class Peer : IDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Peer()
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
            _ = Listen();
        }

        public int Port { get; }

        public int Asked { get; private set; }

        public bool IsOutOfOrder { get; set; }

        public bool BreaksOff { get; set; }

        // It says so and hangs up, while the rest is still being sent, as clamd does.
        public int StreamMaxLength { get; set; } = int.MaxValue;

        public string Clean { get; set; } = "stream: OK";

        async Task Listen()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await using var talk = client.GetStream();
                    var command = new byte[10];
                    await talk.ReadExactlyAsync(command);
                    Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
                    using var content = new MemoryStream();
                    var isTooLong = false;
                    for (var length = new byte[4]; ;)
                    {
                        await talk.ReadExactlyAsync(length);
                        if (BinaryPrimitives.ReadInt32BigEndian(length) is not (> 0 and var bytes)
                            || (isTooLong = content.Length + bytes > StreamMaxLength))
                            break;
                        var chunk = new byte[bytes];
                        await talk.ReadExactlyAsync(chunk);
                        content.Write(chunk);
                    }
                    Asked++;
                    var isInfected = content.ToArray().AsSpan().IndexOf("EICAR"u8) >= 0;
                    var answer = IsOutOfOrder ? "stream: Can't allocate memory ERROR"
                        : isTooLong ? "INSTREAM size limit exceeded. ERROR"
                        : isInfected ? "stream: Eicar-Signature FOUND"
                        : Clean;
                    if (!BreaksOff)
                        await talk.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\0"));
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
            }
        }

        public void Dispose() => listener.Dispose();
    }

    static Task<WireAnswer> Upload(RunningHost host, string path, string text, string name = "rapport.txt") =>
        host.Lead.Post($"{path}/documents", Posted.Form(Encoding.UTF8.GetBytes(text), name, ("title", "Rapport"), ("kind", "report")));

    [Fact]
    public async Task What_is_clean_is_given_and_asked_about_once_and_what_is_harmful_is_not_taken_in()
    {
        using var peer = new Peer();
        using var folder = new TemporaryFolder();
        await using var host = await RunningHost.Start(scan: $"127.0.0.1:{peer.Port}", folder: folder["data"]);
        var path = await Posted.Agreement(host);

        var id = (await Upload(host, path, new string('a', 200_000))).Is(201).Text("id");
        (await host.Lead.Get($"{path}/documents/{id}/content")).Ok();
        (await host.Lead.Get($"{path}/documents/{id}/content")).Ok();
        Assert.Equal(("clean", 1), ((await host.Lead.Get($"{path}/documents/{id}/scan")).Is(200).Text("state"), peer.Asked));

        var refused = await Upload(host, path, "EICAR");
        Assert.Contains("Eicar-Signature", refused.IsProblem(422, "file-infected").Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder["data/documents"], "*", SearchOption.AllDirectories), file => new FileInfo(file).Length == 5);
        Assert.Single(await host.Lead.All($"{path}/documents"));
        using var page = await PageCaller.SignIn(host, "lena.lind");
        var form = await page.Send($"/{path}", $"/{path}/documents", ("rapport.txt", "EICAR"u8.ToArray()), ("title", "Rapport"), ("kind", "report"));
        Assert.Contains("Eicar-Signature", form.Text, StringComparison.Ordinal);
        Assert.Contains("Virusskannad, inget hittat", (await page.Get($"/{path}/documents/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_a_row_without_its_file_is_told_and_none_is_registered()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        using var page = await PageCaller.SignIn(host, "lena.lind");

        var form = await page.Send($"/{path}", $"/{path}/documents", ("rapport.txt", "Rapporten"u8.ToArray()), ("title", "Rapport"), ("kind", "report"), ("title/1", "Bilaga"));

        Assert.Equal(422, form.Status);
        Assert.Contains("Välj en fil.", form.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Lead.All($"{path}/documents"));
    }

    [Fact]
    public async Task While_the_scanner_is_down_a_document_waits_and_is_neither_lost_nor_given()
    {
        using var folder = new TemporaryFolder();
        string path, id;
        using (var free = new Peer())
        {
            free.IsOutOfOrder = true;
            await using var host = await RunningHost.Start(scan: $"127.0.0.1:{free.Port}", folder: folder["data"]);
            path = await Posted.Agreement(host);
            id = (await Upload(host, path, "Rapporten")).Is(201).Text("id")!;
            (await host.Lead.Get($"{path}/documents/{id}/content")).IsProblem(503, "document-waits");
            free.Dispose();
            (await host.Lead.Get($"{path}/documents/{id}/content")).IsProblem(503, "document-waits");
            Assert.Equal("waiting", (await host.Lead.Get($"{path}/documents/{id}/scan")).Is(200).Text("state"));
            using var page = await PageCaller.SignIn(host, "lena.lind");
            var shown = (await page.Get($"/{path}/documents/{id}")).Text;
            Assert.Contains("Väntar på virusskanning", shown, StringComparison.Ordinal);
            Assert.DoesNotContain($"/documents/{id}/content", shown, StringComparison.Ordinal);
        }
        using var peer = new Peer();
        await using var again = await RunningHost.Start(scan: $"127.0.0.1:{peer.Port}", folder: folder["data"]);
        Assert.Equal("Rapporten", Encoding.UTF8.GetString((await again.Lead.Get($"{path}/documents/{id}/content")).Bytes));
    }

    [Fact]
    public async Task A_scanner_that_does_not_answer_is_let_rest_for_a_while()
    {
        using var peer = new Peer { IsOutOfOrder = true };
        using var folder = new TemporaryFolder();
        var documents = FileDocumentStore.Open(folder["documents"]);
        var address = (await documents.Put(new MemoryStream("Rapporten"u8.ToArray()), 100, TestContext.Current.CancellationToken)).Address;
        using var database = SqliteDatabase.Open(folder["data"]);
        var time = new ManualTime();
        var scanner = new Scanner(new("127.0.0.1", peer.Port), new SqliteKeptRecords(database), documents, time, NullLogger<Scanner>.Instance);
        async Task<(ScanState, int)> Looked() => ((await scanner.Look(address, TestContext.Current.CancellationToken)).State, peer.Asked);

        // What it says of one document is no reason not to ask again.
        Assert.Equal((ScanState.Waiting, 1), await Looked());
        peer.BreaksOff = true;
        Assert.Equal((ScanState.Waiting, 2), await Looked());
        (peer.IsOutOfOrder, peer.BreaksOff) = (false, false);
        Assert.Equal((ScanState.Waiting, 2), await Looked());
        time.Goes(TimeSpan.FromSeconds(20));
        Assert.Equal((ScanState.Clean, 3), await Looked());
    }

    [Fact]
    public async Task What_is_beyond_the_scanner_s_limit_is_not_taken_in_and_waits_for_the_limit_and_not_for_ever()
    {
        using var folder = new TemporaryFolder();
        string path, id;
        var large = new string('a', 4_000_000);
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            path = await Posted.Agreement(host);
            id = (await Upload(host, path, large)).Is(201).Text("id")!;
        }
        using var peer = new Peer { StreamMaxLength = 1_000_000 };
        await using var scanning = await RunningHost.Start(scan: $"127.0.0.1:{peer.Port}", folder: folder["data"]);

        var refused = (await Upload(scanning, path, large + "b")).IsProblem(422, "file-beyond-scanning");
        Assert.Contains("StreamMaxLength", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Single(await scanning.Lead.All($"{path}/documents"));
        (await scanning.Lead.Get($"{path}/documents/{id}/content")).IsProblem(409, "document-beyond-scanning");
        Assert.Equal("too-large", (await scanning.Lead.Get($"{path}/documents/{id}/scan")).Is(200).Text("state"));
        using var page = await PageCaller.SignIn(scanning, "lena.lind");
        var shown = (await page.Get($"/{path}/documents/{id}")).Text;
        Assert.Contains("För stor för virusskanningen", shown, StringComparison.Ordinal);
        Assert.DoesNotContain($"/documents/{id}/content", shown, StringComparison.Ordinal);

        // A small one is looked through at once: nobody rests for the large one's sake.
        var small = (await Upload(scanning, path, "Rapporten")).Is(201).Text("id");
        (await scanning.Lead.Get($"{path}/documents/{small}/content")).Ok();

        peer.StreamMaxLength = int.MaxValue;
        peer.Clean = "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND";
        (await scanning.Lead.Get($"{path}/documents/{id}/content")).IsProblem(409, "document-beyond-scanning");
        peer.Clean = "stream: OK";
        (await scanning.Lead.Get($"{path}/documents/{id}/content")).Ok();
    }

    [Fact]
    public async Task What_was_taken_in_unscanned_is_scanned_before_it_is_given_and_held_back_if_harmful()
    {
        using var folder = new TemporaryFolder();
        string path, id;
        await using (var host = await RunningHost.Start(folder: folder["data"]))
        {
            path = await Posted.Agreement(host);
            id = (await Upload(host, path, "EICAR")).Is(201).Text("id")!;
            Assert.Equal("not-scanned", (await host.Lead.Get($"{path}/documents/{id}/scan")).Is(200).Text("state"));
            (await host.Lead.Get($"{path}/documents/{id}/content")).Ok();
        }
        using var peer = new Peer();
        await using var scanning = await RunningHost.Start(scan: $"127.0.0.1:{peer.Port}", folder: folder["data"]);
        (await scanning.Lead.Get($"{path}/documents/{id}/content")).IsProblem(409, "document-infected");
        Assert.Equal("infected", (await scanning.Lead.Get($"{path}/documents/{id}/scan")).Is(200).Text("state"));
        using var page = await PageCaller.SignIn(scanning, "lena.lind");
        var (status, _, mediaType, text) = await page.Look($"/{path}/documents/{id}/content");
        Assert.Equal((409, "text/html"), (status, mediaType));
        Assert.Contains("I ”rapport.txt” hittades Eicar-Signature.", text, StringComparison.Ordinal);

        // A package tells of it in its place.
        var ordered = await scanning.Lead.Post($"{path}/archive-packages", "{}");
        await Archives.ArchiveTests.Followed(scanning.Lead, ordered.Location!);
        using var package = new ZipArchive(new MemoryStream((await scanning.Lead.Get($"{ordered.Location}/content")).Bytes));
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.Contains("/documents/", StringComparison.Ordinal));
        using var told = new StreamReader(package.Entries.Single(entry => entry.Name == "documents-withheld.txt").Open());
        Assert.Contains("(rapport.txt, SHA-256 ", await told.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
