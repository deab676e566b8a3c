using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using MrAgreement.Functions.Http;
using MrAgreement.Storage.Azure;

namespace MrAgreement.Functions.Tests;

/// <summary>What the host in front reads of the app: its settings, <c>host.json</c>, and the triggers.</summary>
public class AppTests
{
    static readonly JsonElement host = JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "host.json")));

    [Fact]
    public void Every_path_and_method_of_the_web_is_the_functions()
    {
        var run = typeof(WebFunction).GetMethod(nameof(WebFunction.Run))!;
        var trigger = run.GetParameters().Single(p => p.ParameterType == typeof(HttpRequest)).GetCustomAttribute<HttpTriggerAttribute>()!;

        Assert.Equal(("{*path}", AuthorizationLevel.Anonymous), (trigger.Route, trigger.AuthLevel));
        Assert.Equal(["delete", "get", "head", "options", "patch", "post", "put"], trigger.Methods.Order());
        Assert.Equal("", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void A_poke_is_read_as_it_is_written()
    {
        // The extension's own way is Base64.
        Assert.Equal("none", host.GetProperty("extensions").GetProperty("queues").GetProperty("messageEncoding").GetString());
        Assert.Equal("pokes", PokeQueue.Name);
    }

    // Any other state, and the second of two requests at once clears what the first has begun.
    [Fact]
    public void What_runs_is_not_begun_anew() =>
        Assert.Equal("NonRunningStates", host.GetProperty("extensions").GetProperty("durableTask").GetProperty("overridableExistingInstanceStates").GetString());

    [Fact]
    public void Requests_are_not_logged_one_by_one() =>
        Assert.Equal("Warning", host.GetProperty("logging").GetProperty("logLevel").GetProperty("Microsoft.AspNetCore").GetString());

    // The alert on failed work asks the traces; it must not miss the one that was dropped.
    [Fact]
    public void No_trace_is_sampled_away() =>
        Assert.Contains("Trace", host.GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings").GetProperty("excludedTypes").GetString()!.Split(';'));

    [Fact]
    public void No_two_functions_have_the_same_name()
    {
        var names = typeof(WebFunction).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith("MrAgreement.Functions", StringComparison.Ordinal) == true)
            .SelectMany(t => t.GetMethods()).Select(m => m.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>().ToList();

        Assert.Equal(["advance", "agreement-life", "archive-packages", "import-ledger", "ledger-import", "make-archive-package", "nightly-round", "poke", "wake-agreements", "wake-some", "web"], names.Order());
    }

    [Theory]
    [InlineData(null, null, null, "MRAGREEMENT_STORAGE must name the storage account of logs and documents.")]
    [InlineData("mr2014", null, null, "Nobody could sign in: no identity provider is configured. Set MRAGREEMENT_DEMO to true to admit the made-up people of the demo.")]
    [InlineData("mr2014", null, "yes", "Nobody could sign in: no identity provider is configured. Set MRAGREEMENT_DEMO to true to admit the made-up people of the demo.")]
    [InlineData("mr2014", "avtal.example.se", "true", "MRAGREEMENT_PUBLIC_ADDRESS must be an address without a path such as https://avtal.example.se, not 'avtal.example.se'.")]
    public void It_does_not_start_as_it_can_not_be_meant(string? storage, string? address, string? demo, string why) =>
        Assert.Equal(why, Assert.Throws<StartRefusedException>(() => Read(storage, address, demo)).Message);

    [Fact]
    public void It_starts_with_a_store_and_the_people_of_the_demo() =>
        Assert.Equal(new("mr2014", new("https://avtal.example.se"), Demo: true), Read("mr2014", "https://avtal.example.se", "True"));

    [Fact]
    public void It_knows_whom_people_turn_to() => Assert.Equal("webb@example.se", FunctionsSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", "mr2014"), new("MRAGREEMENT_CONTACT", "webb@example.se"), new("MRAGREEMENT_DEMO", "true")]).Build()).Contact);

    static FunctionsSettings Read(string? storage, string? address, string? demo) => FunctionsSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("MRAGREEMENT_STORAGE", storage), new("MRAGREEMENT_PUBLIC_ADDRESS", address), new("MRAGREEMENT_DEMO", demo)]).Build());
}
