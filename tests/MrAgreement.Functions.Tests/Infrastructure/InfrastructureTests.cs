using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using MrAgreement.Agreements;

namespace MrAgreement.Functions.Tests.Infrastructure;

/// <summary>What <c>infra/</c> takes from the program and from itself: a name that is wrong there fails nobody, it is silent.</summary>
public sealed partial class InfrastructureTests
{
    static readonly string infra = Path.Combine(AppContext.BaseDirectory, "infra");

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
}
