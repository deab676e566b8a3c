using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>App Service authentication in front: its word is believed where it is switched on, and as far as it is the provider's.</summary>
public sealed class AppServiceTests(OpenIdProvider provider)
{
    const string Header = "X-MS-TOKEN-AAD-ID-TOKEN";

    [Fact]
    public async Task Whom_the_platform_has_signed_in_comes_in_without_going_to_the_provider_again_and_leaves_by_its_way_out()
    {
        await using var real = await RealHost.Start(provider, appService: true);
        (await real.Enter("anna")).Dispose();
        // The provider would sign in somebody else.
        using var anna = PageCaller.Of(real.Host, "cilla");
        anna.Add(Header, await provider.Token(new { sub = "anna" }, "id"));

        Assert.Equal((200, "/"), await anna.Ends("/sign-in/alfa"));
        var left = await anna.Send("/", "/sign-out");
        Assert.Contains("href=\"/.auth/logout\"", left.Text, StringComparison.Ordinal);

        // Who must show again who they are does so where it can be seen.
        Assert.Equal((403, "/sign-in?why=not-invited"), await anna.Ends("/sign-in/alfa?again"));
        using var stranger = PageCaller.Of(real.Host);
        stranger.Add(Header, await provider.Token(new { sub = "nobody-here" }, "id"));
        Assert.Equal((403, "/sign-in?why=not-invited"), await stranger.Ends("/sign-in/alfa"));
    }

    [Fact]
    public async Task What_is_not_its_provider_s_word_of_now_is_no_word()
    {
        await using var real = await RealHost.Start(provider, appService: true);
        (await real.Enter("anna")).Dispose();
        foreach (var (kind, claims) in new (string, object)[]
        {
            ("token", new { sub = "anna", aud = "web", nonce = "n" }), ("foreign", new { sub = "anna", aud = "web", nonce = "n" }),
            ("id", new { sub = "anna", aud = "somebody-else" }), ("id", new { sub = "anna", iss = "https://elsewhere.example" }),
            ("id", new { sub = "anna", exp = 1 }), ("id", new { sub = "anna", nonce = (string?)null })
        })
        {
            using var caller = PageCaller.Of(real.Host, "cilla");
            caller.Add(Header, await provider.Token(claims, kind));
            var ends = await caller.Ends("/sign-in/alfa");
            Assert.True(ends == (403, "/sign-in?why=not-invited"), $"{kind} {claims}: {ends}");
        }
    }

    [Fact]
    public async Task Where_it_is_not_switched_on_nobody_reads_its_header()
    {
        await using var real = await RealHost.Start(provider);
        (await real.Enter("anna")).Dispose();
        using var caller = PageCaller.Of(real.Host, "cilla");
        caller.Add(Header, await provider.Token(new { sub = "anna" }, "id"));
        Assert.Equal((403, "/sign-in?why=not-invited"), await caller.Ends("/sign-in/alfa"));
    }
}
