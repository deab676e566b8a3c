using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MrAgreement.Benchmarks;

/// <summary>From the start of the published host to its first answers, against an empty minimal API that is published the same way.</summary>
sealed record StartUp() : Benchmark("start", TimeSpan.FromMinutes(10))
{
    const int Rounds = 7;

    const string EmptyProject = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <ServerGarbageCollection>true</ServerGarbageCollection>
            <ConcurrentGarbageCollection>false</ConcurrentGarbageCollection>
          </PropertyGroup>
        </Project>
        """;

    const string EmptyProgram = """
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(args[0]["--urls=".Length..]);
        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Ok(new { status = "ok" }));
        app.MapGet("/sign-in", () => Results.Content("<!doctype html><title>Empty</title>", "text/html"));
        app.Run();
        """;

    // The page is no like for like: a sentence against a rendered form with its cookie.
    static readonly Limit asked = new(1.5, AtMost: true);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        string Below(string name) => Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        var empty = Below("empty");
        await File.WriteAllTextAsync(Path.Combine(empty, "Empty.csproj"), EmptyProject, bound);
        await File.WriteAllTextAsync(Path.Combine(empty, "Program.cs"), EmptyProgram, bound);
        await Publish(empty, Below("bare"), Below("artifacts"), bound);
        await Publish(Path.Combine(Root(), "functions", "MrAgreement.Local"), Below("ours"), Below("artifacts"), bound);

        var first = new List<double>[] { [], [] };
        var page = await Benchmarks.Rounds.InTurn(Rounds,
            () => Answer(Path.Combine(folder.Path, "ours", "MrAgreement.Local.dll"), first[0], bound),
            () => Answer(Path.Combine(folder.Path, "bare", "Empty.dll"), first[1], bound));
        return [Measured("first answer", [.. first[0]], [.. first[1]], asked), Measured("first page too", page[0], page[1], null)];
    }

    static Measure Measured(string what, double[] ours, double[] bare, Limit? asked) =>
        new($"start: {what}, time by an empty host's", "", Benchmarks.Rounds.Ratio(ours, bare), asked, $"{Benchmarks.Rounds.Median(ours):0} ms by {Benchmarks.Rounds.Median(bare):0} ms");

    // Milliseconds until the page has come; those until the host said that it lives are added to the list.
    static async Task<double> Answer(string assembly, List<double> first, CancellationToken bound)
    {
        using var data = new TemporaryFolder();
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{FreePort()}") };
        var began = Stopwatch.GetTimestamp();
        using var host = Process.Start(new ProcessStartInfo("dotnet", [assembly, $"--urls={http.BaseAddress.GetLeftPart(UriPartial.Authority)}", "--data=data", "--demo"])
        {
            WorkingDirectory = data.Path,
            RedirectStandardOutput = true
        })!;
        try
        {
            // Both hosts tell where they listen. Knocking until one answers would take the processor from it.
            while (await host.StandardOutput.ReadLineAsync(bound) is { } line && !line.Contains("http://", StringComparison.Ordinal))
            {
            }
            (await http.GetAsync("/health/live", bound)).EnsureSuccessStatusCode();
            first.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            (await http.GetAsync("/sign-in", bound)).EnsureSuccessStatusCode();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync(CancellationToken.None);
        }
    }

    // All that a build leaves lies elsewhere, so that the sources stay as they are.
    static async Task Publish(string project, string to, string artifacts, CancellationToken bound)
    {
        var copy = $"{artifacts}/lock-$(MSBuildProjectName).json";
        using var publish = Process.Start("dotnet",
            ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained", "-o", to, "--artifacts-path", artifacts,
                "-p:PublishReadyToRun=true", $"-p:NuGetLockFilePath={copy}", "-p:RestoreLockedMode=false", "-v", "quiet"]);
        await publish.WaitForExitAsync(bound);
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"{project} could not be published.");
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static string Root([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
}
