using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Web.Packaging;

namespace MrAgreement.Functions.Tests.Infrastructure;

/// <summary>What <c>infra/</c> takes from the program and from itself: a name that is wrong there fails nobody, it is silent.</summary>
public sealed partial class InfrastructureTests
{
    static readonly string infra = Path.Combine(AppContext.BaseDirectory, "infra");
    static readonly string dataStorage = File.ReadAllText(Path.Combine(infra, "modules", "data-storage.bicep"));

    [Fact]
    public void Alerts_and_dashboard_ask_for_metrics_that_there_are_and_for_each()
    {
        var asked = Directory.EnumerateFiles(Path.Combine(infra, "alerts")).Append(Path.Combine(infra, "dashboard.json"))
            .SelectMany(file => Metric().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct().Order();

        Assert.Equal(Measured().Order(), asked);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public void A_stage_sets_parameters_that_there_are_and_all_that_have_no_default(string stage)
    {
        var all = Parameter().Matches(File.ReadAllText(Path.Combine(infra, "main.bicep"))).ToDictionary(p => p.Groups["name"].Value, p => p.Groups["rest"].Value);
        var set = Parameter().Matches(File.ReadAllText(Path.Combine(infra, $"{stage}.bicepparam"))).Select(p => p.Groups["name"].Value).ToList();

        Assert.NotEmpty(set);
        Assert.Empty(set.Except(all.Keys));
        Assert.Empty(all.Where(p => !p.Value.Contains('=') && !p.Value.Contains('?')).Select(p => p.Key).Except(set));
    }

    // The app's identity may not make containers, and has no blob right on the account: one that is missing here is found out at the first start.
    [Fact]
    public void Every_container_of_the_program_is_made_and_has_a_right_of_its_own()
    {
        // The trash is made by whoever sweeps, and the app asks nothing of it.
        var program = typeof(AzureStores).GetFields().Where(f => f.Name.EndsWith("Container", StringComparison.Ordinal) && f.Name != nameof(AzureStores.TrashContainer)).Select(f => (string)f.GetRawConstantValue()!);
        var made = Container().Matches(dataStorage).ToDictionary(c => c.Groups["symbol"].Value, c => c.Groups["name"].Value);
        var rights = BlobRight().Matches(dataStorage).Select(right => right.Groups["scope"].Value);

        Assert.Equal(program.Order(), made.Values.Order());
        Assert.Equal(made.Keys.Order(), rights.Order());
    }

    // A prefix too short, and the account deletes documents by itself.
    [Fact]
    public void What_the_account_deletes_by_itself_are_packages_that_the_app_has_left_behind()
    {
        Assert.Equal($"'{AzureStores.PackageContainer}/'", Assert.Single(Prefixes().Matches(dataStorage)).Groups["prefixes"].Value);
        var days = Assert.Single(DaysUnmodified().Matches(dataStorage)).Groups["days"].Value;
        Assert.True(int.Parse(days, CultureInfo.InvariantCulture) > PackageShelf.Kept.TotalDays);
    }

    static List<string> Measured()
    {
        var names = new List<string>();
        // The first use makes them all.
        Instruments.Appended(TimeSpan.Zero, "appended");
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Instruments.Name)
                    names.Add(instrument.Name);
            }
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex("mragreement\\.[a-z.]+(?=['\"])")]
    private static partial Regex Metric();

    [GeneratedRegex("^param (?<name>[A-Za-z]+)(?<rest>.*)$", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex("^resource (?<symbol>[a-z]+) 'Microsoft\\.Storage/storageAccounts/blobServices/containers@[^']+' = \\{\\s+parent: blobs\\s+name: '(?<name>[a-z-]+)'", RegexOptions.Multiline)]
    private static partial Regex Container();

    [GeneratedRegex("scope: (?<scope>[a-z]+)\\s+properties: \\{\\s+roleDefinitionId: [^\\n]*roles\\.blobContributor")]
    private static partial Regex BlobRight();

    [GeneratedRegex("prefixMatch: \\[(?<prefixes>[^\\]]*)\\]")]
    private static partial Regex Prefixes();

    [GeneratedRegex("daysAfterModificationGreaterThan: (?<days>\\d+)")]
    private static partial Regex DaysUnmodified();
}
