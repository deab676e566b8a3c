using System.Diagnostics;
using System.Reflection;

namespace MrAgreement.Functions.Tests.Infrastructure;

/// <summary>What is in <c>infra/</c>, by its own compiler and without a network. Whatever it says is a fault: of a misspelt property it only warns.</summary>
public sealed class BicepTests
{
    static readonly string bicep = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(it => it.Key == "BicepPath").Value!;
    static readonly string infra = Path.Combine(AppContext.BaseDirectory, "infra");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("build", "main.bicep")]
    [InlineData("lint", "main.bicep")]
    [InlineData("build-params", "dev.bicepparam")]
    [InlineData("build-params", "test.bicepparam")]
    [InlineData("build-params", "prod.bicepparam")]
    public async Task It_compiles_and_nothing_is_said_of_it(string command, string file)
    {
        using var folder = new TemporaryFolder();

        Assert.Equal((0, ""), await Bicep(command, Path.Combine(infra, file), folder));
    }

    [Fact]
    public async Task A_property_that_there_is_not_is_told()
    {
        using var folder = new TemporaryFolder();
        var copy = Directory.CreateDirectory(folder["infra"]).FullName;
        foreach (var file in Directory.EnumerateFiles(infra, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            await File.WriteAllTextAsync(to, (await File.ReadAllTextAsync(file, Cancellation)).Replace("httpsOnly", "httpOnly", StringComparison.Ordinal), Cancellation);
        }

        var (_, said) = await Bicep("build", Path.Combine(copy, "main.bicep"), folder);

        Assert.Contains("\"httpOnly\"", said, StringComparison.Ordinal);
    }

    // What it makes goes to a file, so that all that it says is about what it was given.
    static async Task<(int Code, string Said)> Bicep(string command, string file, TemporaryFolder folder)
    {
        var start = new ProcessStartInfo(bicep, command == "lint" ? [command, file] : [command, file, "--outfile", folder["made.json"]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // What a stage takes from whoever deploys it.
        start.Environment["MRAGREEMENT_SIGN_IN_CLIENT_ID"] = "00000000-0000-0000-0000-000000000000";
        start.Environment["MRAGREEMENT_ALERT_EMAIL"] = "larm@example.se";
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, string.Concat(said));
    }
}
