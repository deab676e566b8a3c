using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Testing;

/// <summary>The storage emulator, one for the whole run: on free ports, in a folder of its own, with an account for every test that asks.</summary>
public sealed partial class Azurite : IAsyncLifetime
{
    const int Accounts = 400;

    static readonly string key = Convert.ToBase64String([.. Enumerable.Range(1, 64).Select(i => (byte)i)]);
    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    readonly string folder = Directory.CreateTempSubdirectory("azurite-").FullName;
    readonly Dictionary<string, int> ports = [];
    Process? process;
    int given;

    /// <summary>For tests that should not wait long before they try again; but a machine that is busy with other tests is no fault.</summary>
    public static AzureLimits Quick { get; } = new(3, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(60));

    /// <summary>An archive of the folder that another one has left; null to begin with nothing.</summary>
    public string? LeftBy { get; init; }

    public int TablePort => ports["Table"];
    public int BlobPort => ports["Blob"];
    public int QueuePort => ports["Queue"];

    /// <summary>A connection string to an account that nobody has used.</summary>
    public string FreshAccount() => Connection(NextName(), BlobPort, TablePort);

    /// <summary>The same, by way of other ports.</summary>
    public string Connection(string account, int blobPort, int tablePort) =>
        $"AccountName={account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{blobPort}/{account};QueueEndpoint=http://127.0.0.1:{ports["Queue"]}/{account};TableEndpoint=http://127.0.0.1:{tablePort}/{account}";

    public string NextName() => Name(Interlocked.Increment(ref given));

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(Tests(), "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(program))
            throw new FileNotFoundException($"Azurite is not installed; run 'bash tests/run', or 'npm ci --prefix tests --ignore-scripts'.", program);
        if (LeftBy is not null)
            await ZipFile.ExtractToDirectoryAsync(LeftBy, folder);
        var start = new ProcessStartInfo("node")
        {
            ArgumentList = { program, "--location", folder, "--silent", "--disableTelemetry", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0" },
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(1, Accounts).Select(i => $"{Name(i)}:{key}")) },
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        process = Process.Start(start)!;
        // A run that is cut short must not leave it behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        using var limit = new CancellationTokenSource(patience);
        while (ports.Count < 3)
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"Azurite did not start: {await process.StandardError.ReadToEndAsync(limit.Token)}");
            if (Listening().Match(line) is { Success: true } told)
                ports[told.Groups["service"].Value] = int.Parse(told.Groups["port"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        }
        // Pipes that nobody reads fill up and hold up the writer.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        Directory.Delete(folder, recursive: true);
        return default;
    }

    void Stop()
    {
        if (Interlocked.Exchange(ref process, null) is not { } running)
            return;
        running.Kill();
        running.WaitForExit();
        running.Dispose();
    }

    static string Name(int number) => $"account{number}";

    public static string Tests()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MrAgreement.sln")))
                return Path.Combine(folder.FullName, "tests");
        throw new DirectoryNotFoundException("The tests run outside the repository.");
    }

    [GeneratedRegex("Azurite (?<service>Blob|Queue|Table) service is successfully listening at http://127.0.0.1:(?<port>[0-9]+)")]
    private static partial Regex Listening();
}
