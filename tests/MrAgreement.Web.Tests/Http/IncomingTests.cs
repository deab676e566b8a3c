using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Http;

/// <summary>What a request is taken for.</summary>
public partial class IncomingTests(SharedHost shared)
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
    public async Task Without_a_public_address_only_this_machine_s_names_are_believed()
    {
        foreach (var path in new[] { "/", "/sign-in", "api-info", "agreements", "/calendars/none.ics" })
        {
            var refused = (await shared.Host.Lead.Get(path, ("Host", "evil.example"))).IsProblem(400, "unknown-host");
            Assert.StartsWith("http://localhost/problems/", refused.GetProperty("type").GetString(), StringComparison.Ordinal);
        }
        foreach (var name in new[] { "localhost", "127.0.0.1:1", "[::1]:80" })
            Assert.Equal(200, (await shared.Host.Lead.Get("api-info", ("Host", name))).Status);
        // A probe asks by whatever name it knows.
        Assert.Equal(200, (await shared.Host.Nobody.Get("/health/live", ("Host", "10.0.0.7"))).Status);
    }

    [Theory]
    [InlineData("/", 302)]
    [InlineData("/sign-in", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/health/live", 200)]
    [InlineData("/calendars/none.ics", 404)]
    [InlineData("/api/v1/agreements", 401)]
    [InlineData("/api/v1/api-info", 200)]
    [InlineData("/sign-in/alfa/callback?state=x", 404)]
    public async Task Every_answer_says_what_a_browser_may_not_do(string path, int status)
    {
        await using var host = await RunningHost.Start(publicAddress: "https://avtal.example.se");
        var answer = await host.Nobody.Get(path);
        Assert.Equal((status, "nosniff", "max-age=31536000"), (answer.Status, answer["X-Content-Type-Options"], answer["Strict-Transport-Security"]));
        Assert.StartsWith("default-src 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", answer["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("no-store", answer["Cache-Control"], StringComparison.Ordinal);
        Assert.True(answer["Referrer-Policy"] is "no-referrer" or "same-origin");
        // This machine's own pages are not made secure for ever.
        Assert.Null((await shared.Host.Nobody.Get(path))["Strict-Transport-Security"]);
    }

    [Fact]
    public async Task Where_it_is_secure_the_session_s_cookie_is_for_this_host_alone()
    {
        await using var host = await RunningHost.Start(publicAddress: "https://avtal.example.se");
        var shown = await host.Nobody.Get("/sign-in");
        using var form = new FormUrlEncodedContent([new("person", "erik.ek"), new("__RequestVerificationToken", Token().Match(shown.Text).Groups[1].Value)]);
        var entered = await host.Nobody.Post("/sign-in", form, ("Cookie", shown["Set-Cookie"]!.Split(';')[0]));
        Assert.Equal(303, entered.Status);
        var cookie = entered["Set-Cookie"]!;
        Assert.StartsWith("__Host-mragreement=", cookie, StringComparison.Ordinal);
        foreach (var says in new[] { "path=/", "secure", "httponly", "samesite=lax" })
            Assert.Contains(says, cookie.Split("; "));
        Assert.StartsWith("__Host-mragreement-form=", shown["Set-Cookie"]!, StringComparison.Ordinal);
        Assert.Contains("secure", shown["Set-Cookie"]!.Split("; "));
        Assert.Equal(200, (await host.Nobody.Get("/", ("Cookie", cookie.Split(';')[0]))).Status);
    }

    [Fact]
    public async Task Whatever_host_a_caller_names_addresses_begin_with_the_public_one()
    {
        await using var host = await RunningHost.Start(publicAddress: "https://avtal.example.se");
        var evil = ("Host", "evil.example");

        Assert.StartsWith("https://avtal.example.se/problems/", (await host.Lead.Get("nowhere", evil)).IsProblem(404, "not-found").GetProperty("type").GetString());
        Assert.StartsWith("https://avtal.example.se/api/v1/", (await host.Lead.Get("api-info", evil)).Is(200).At("apiDocumentation").GetString());
        Assert.StartsWith("https://avtal.example.se/calendars/", (await host.Lead.Post("me/calendar", null, evil)).Location);
        Assert.StartsWith("https://avtal.example.se/api/v1/agreements/", (await host.Officer.Post("agreements?sure=true", Posted.Terms(), evil)).Location);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
