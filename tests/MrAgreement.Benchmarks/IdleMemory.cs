using System.Diagnostics;
using System.Net.Http.Headers;
using MrAgreement.Local;

namespace MrAgreement.Benchmarks;

/// <summary>Resident memory of the host that stands idle, as a process of its own.</summary>
sealed record IdleMemory() : Benchmark("memory", TimeSpan.FromMinutes(3))
{
    const double Megabyte = 1_000_000;

    static readonly Limit asked = new(150, AtMost: true);
    static readonly TimeSpan idle = TimeSpan.FromSeconds(10);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        return
        [
            .. await Idle("empty", folder.Path, ["--urls=http://127.0.0.1:0", "--data=data", "--demo", "--clock=2014-06-13"], bound),
            .. await Idle("demo, just told", folder.Path, [], bound),
            .. await Idle("demo, restarted", folder.Path, ["--urls=http://127.0.0.1:0", "--data=.mragreement/demo", "--demo", "--clock=2014-06-13"], bound)
        ];
    }

    static async Task<IReadOnlyList<Measure>> Idle(string what, string folder, string[] options, CancellationToken bound)
    {
        // The host's own assembly with its own runtime settings, which the build puts beside ours.
        using var host = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [Path.ChangeExtension(typeof(LocalHost).Assembly.Location, ".dll"), .. options]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        try
        {
            var said = await host.StandardOutput.ReadLineAsync(bound) ?? throw new InvalidOperationException("The host did not start.");
            var url = said.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal));
            await Task.Delay(idle, bound);
            var before = Resident(host);
            await Use(url, bound);
            await Task.Delay(idle, bound);
            return [new($"memory: {what}, idle", " MB", [before], asked, ""), new($"memory: {what}, idle after requests", " MB", [Resident(host)], asked, "")];
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }

    static async Task Use(string url, CancellationToken bound)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "demo-officer") } };
        foreach (var path in new[] { "/", "/api/v1/agreements", "/api/v1/deadlines", "/api/v1/openapi.json", "/api/v1/openapi.yaml", "/health/ready" })
            for (var i = 0; i < 5; i++)
                (await http.GetAsync(url + path, bound)).Dispose();
    }

    static double Resident(Process host)
    {
        host.Refresh();
        return host.WorkingSet64 / Megabyte;
    }
}
