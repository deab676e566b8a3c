using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>What a request is taken for.</summary>
public class IncomingTests(SharedHost shared)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("api-info")]
    [InlineData("agreements")]
    public async Task What_can_be_got_can_be_asked_about(string path)
    {
        var got = await shared.Host.Lead.Get(path);
        var asked = await shared.Host.Lead.Send(HttpMethod.Head, path, null);

        Assert.Equal((got.Status, got.MediaType, got.ETag), (asked.Status, asked.MediaType, asked.ETag));
        Assert.Empty(asked.Bytes);
    }

    [Fact]
    public async Task Whatever_host_a_caller_names_addresses_begin_with_the_public_one()
    {
        await using var host = await RunningHost.Start(publicAddress: "https://avtal.example.se");
        var evil = ("Host", "evil.example");

        Assert.StartsWith("https://avtal.example.se/problems/", (await host.Lead.Get("nowhere", evil)).IsProblem(404, "not-found").GetProperty("type").GetString());
        Assert.StartsWith("https://avtal.example.se/api/v1/", (await host.Lead.Get("api-info", evil)).Is(200).At("apiDocumentation").GetString());
        Assert.StartsWith("https://avtal.example.se/calendars/", (await host.Lead.Post("me/calendar", null, evil)).Location);
        Assert.StartsWith("https://avtal.example.se/api/v1/agreements/", (await host.Officer.Post("agreements", Posted.Terms(), evil)).Location);
    }
}
