using System.Net;
using System.Text.RegularExpressions;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>People sign in by a real provider: who comes in, who does not, and what each is told.</summary>
public sealed partial class SignInTests(OpenIdProvider provider) : IAsyncLifetime
{
    readonly KeptLog log = new();
    RealHost real = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => real = await RealHost.Start(provider, log: log);

    public ValueTask DisposeAsync() => real.DisposeAsync();

    [Fact]
    public async Task Who_follows_an_invitation_comes_in_and_is_known_the_next_time()
    {
        var secret = await real.Invite("anna@example.se", "SKR", Role.Finance);
        using var anna = PageCaller.Of(real.Host, "anna");
        var shown = await anna.Get($"/invitations/{secret}");
        Assert.Equal((200, "/invitation"), (shown.Status, shown.Path));
        Assert.Contains("Parten SKR", shown.Text, StringComparison.Ordinal);
        Assert.Contains("anna@example.se", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, shown.Text, StringComparison.Ordinal);

        var entered = await anna.Get($"{anna.Accepting}&returnUrl=%2Fdeadlines");
        Assert.Equal((200, "/deadlines"), (entered.Status, entered.Path));
        Assert.Contains("Anna Provsson", entered.Text, StringComparison.Ordinal);

        using var later = PageCaller.Of(real.Host, "anna");
        Assert.Equal((200, "/"), await later.Ends("/sign-in/alfa"));
        var person = await real.Person("anna");
        Assert.Equal(("Anna Provsson", "anna@example.se"), (person.Name, person.Mail));
        Assert.Equal(new Membership("SKR", Role.Finance, new(2014, 1, 1)), Assert.Single(person.Memberships));
        Assert.True(Guid.TryParse(person.Id.Value, out _));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Whatever_somebody_is_the_first_page_says_what_they_see_here()
    {
        foreach (var role in Enum.GetValues<Role>())
            (await real.Enter($"{role}", Membership.IsPartyRole(role) ? "SKR" : "", role)).Dispose();
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Another_site_can_t_accept_an_invitation_for_somebody()
    {
        using var anna = await real.Enter("anna");
        var link = $"/invitations/{await real.Invite("anna@example.se", "RK", Role.Reader)}";
        foreach (var guessed in new[] { "1", "", new string('0', 64) })
        {
            await anna.Get(link);
            Assert.Equal((200, "/"), await anna.Ends($"/sign-in/alfa?invitation={guessed}"));
        }
        Assert.Single((await real.Person("anna")).Memberships);

        var shown = await anna.Get(link);
        Assert.Contains("Du är inloggad som Anna Provsson", shown.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{anna.Accepting}\"", shown.Text, StringComparison.Ordinal);
        Assert.Equal((200, "/"), await anna.Ends(anna.Accepting));
        Assert.Equal(["SKR", "RK"], (await real.Person("anna")).Memberships.Select(m => m.Party));
    }

    [Fact]
    public async Task Who_comes_in_by_a_link_and_leaves_does_not_come_in_by_it_again()
    {
        var link = $"/invitations/{await real.Invite("anna@example.se", "SKR", Role.Finance)}";
        using var anna = PageCaller.Of(real.Host, "anna");
        await anna.Get(link);
        Assert.Equal((200, "/"), await anna.Ends(anna.Accepting));
        var person = await real.Person("anna");
        foreach (var gone in new[] { person with { Left = new(2014, 6, 1) }, person with { Memberships = [] } })
        {
            var kept = await real.Person("anna");
            Assert.True(await real.Register.Put(gone, real.Register.Tag(kept.Id)!, Cancellation));
            await anna.Get(link);
            await anna.Ends(anna.Accepting);
            Assert.Equal((gone.Left, gone.Memberships.Count), ((await real.Person("anna")).Left, (await real.Person("anna")).Memberships.Count));
        }
    }

    [Fact]
    public async Task A_form_does_what_its_person_acted_as_where_it_was_shown()
    {
        using var anna = await real.Enter("anna");
        await anna.Get($"/invitations/{await real.Invite("anna@example.se", "RK", Role.Officer)}");
        await anna.Ends(anna.Accepting);
        var acting = Field().Match((await anna.Get("/me")).Text).Groups[1].Value;
        Assert.Equal("finance@SKR", acting);
        await anna.Send("/me", "/me/acting", ("role", "officer@RK"));
        Assert.Equal("officer@RK", Field().Match((await anna.Get("/me")).Text).Groups[1].Value);

        // A role that somebody does not have does nothing.
        Assert.Equal(403, (await anna.Send("/me", "/me", ("acting", "admin"), ("name", "Anna"))).Status);

        // Another tab still shows what the former role may do, and the present one may not.
        await anna.Get($"/invitations/{await real.Invite("anna@example.se", "SKR", Role.PartyAdmin)}");
        await anna.Ends(anna.Accepting);
        (string, string)[] invited = [("mail", "bo@example.se"), ("role", "Reader"), ("party", "SKR")];
        Assert.Equal(403, (await anna.Send("/me", "/people/invitations", invited)).Status);
        Assert.Equal(200, (await anna.Send("/me", "/people/invitations", [("acting", "party-admin@SKR"), .. invited])).Status);
    }

    [GeneratedRegex("name=\"acting\" value=\"([^\"]+)\"")]
    private static partial Regex Field();

    [Fact]
    public async Task A_link_is_good_once_and_for_its_time()
    {
        var secret = await real.Invite("anna@example.se", "SKR", Role.Finance);
        using var anna = PageCaller.Of(real.Host, "anna");
        await anna.Get($"/invitations/{secret}");
        using var bo = PageCaller.Of(real.Host, "bo");
        await bo.Get($"/invitations/{secret}");

        Assert.Equal((200, "/"), await anna.Ends(anna.Accepting));
        Assert.Equal((403, "/sign-in?why=invitation-used"), await bo.Ends(bo.Accepting));
        Assert.Equal((404, "/invitation"), await bo.Ends($"/invitations/{secret}"));
        await bo.Get($"/invitations/{await real.Invite("bo@example.se", "SKR", Role.Finance, Duration.Zero)}");
        Assert.Equal((403, "/sign-in?why=invitation-ended"), await bo.Ends(bo.Accepting));
        await bo.Get($"/invitations/{new string('0', 48)}");
        Assert.Equal((403, "/sign-in?why=no-such-invitation"), await bo.Ends(bo.Accepting));
    }

    [Fact]
    public async Task Who_is_not_invited_has_left_or_belongs_nowhere_is_told_what_to_do_and_sees_nothing()
    {
        using var cilla = PageCaller.Of(real.Host, "cilla");
        Assert.Equal((403, "/sign-in?why=not-invited"), await cilla.Ends("/sign-in/alfa"));
        Assert.Equal((200, "/sign-in?returnUrl=%2F"), await cilla.Ends("/"));

        using var david = await real.Enter("david");
        var person = await real.Person("david");
        Assert.True(await real.Register.Put(person with { Memberships = [] }, real.Register.Tag(person.Id)!, TestContext.Current.CancellationToken));
        foreach (var page in new[] { "/", "/deadlines", $"/agreements/{Guid.NewGuid()}" })
        {
            var shown = await david.Get(page);
            Assert.Equal(403, shown.Status);
            Assert.Contains("Du är inloggad men hör inte till någon part", shown.Text, StringComparison.Ordinal);
        }
        Assert.Equal((200, "/sign-in?why=nonsense"), await cilla.Ends("/sign-in?why=nonsense"));

        Assert.True(await real.Register.Put(person with { Left = new(2014, 6, 1) }, real.Register.Tag(person.Id)!, TestContext.Current.CancellationToken));
        Assert.Equal((403, "/sign-in?why=has-left"), await david.Ends("/sign-in/alfa"));
    }

    [Theory]
    [InlineData("expired", "clock")]
    [InlineData("audience", "failed")]
    [InlineData("nonce", "failed")]
    [InlineData("issuer", "failed")]
    [InlineData("nobody", "denied")]
    public async Task What_is_wrong_with_a_provider_s_word_lets_nobody_in(string who, string why)
    {
        using var person = PageCaller.Of(real.Host, who);
        await person.Get($"/invitations/{await real.Invite($"{who}@example.se", "SKR", Role.Finance)}");
        Assert.Equal((403, $"/sign-in?why={why}"), await person.Ends(person.Accepting));
        Assert.Null(await real.Person(who));
    }

    [Fact]
    public async Task A_way_back_is_good_once_for_the_browser_that_began_it_and_as_it_was()
    {
        (await real.Enter("anna")).Dispose();
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        cookies.Add(real.Host.Address, new Cookie("who", "anna", "/"));
        var back = await WayBack(browser);
        using var other = PageCaller.Of(real.Host);

        Assert.Equal((403, "/sign-in?why=too-late"), await other.Ends(back.PathAndQuery));
        // It says of which provider it is.
        Assert.Equal("/sign-in?why=failed", await Led(new($"{back.AbsoluteUri}x")));
        // And does so always, as its description says.
        Assert.Equal("/sign-in?why=failed", await Led(new(Iss().Replace(back.AbsoluteUri, ""))));
        Assert.Equal("/sign-in?why=too-late", await Led(new(back.AbsoluteUri.Replace("state=", "state=A", StringComparison.Ordinal))));
        Assert.Equal("/", await Led(back));
        Assert.Equal("/sign-in?why=too-late", await Led(back));
        // The code is used up, and belongs to the first way.
        var again = await WayBack(browser);
        Assert.Equal("/sign-in?why=failed", await Led(new(Code().Replace(again.AbsoluteUri, Code().Match(back.AbsoluteUri).Value))));

        async Task<string> Led(Uri address)
        {
            using var answer = await browser.GetAsync(address, Cancellation);
            Assert.True(answer.Headers.CacheControl?.NoStore);
            return answer.Headers.Location!.OriginalString;
        }
    }

    [Fact]
    public async Task A_key_that_was_changed_is_fetched_and_one_that_is_not_theirs_is_not_believed()
    {
        // Of its own: others go by the keys of the shared one meanwhile.
        await using var own = new OpenIdProvider();
        await own.InitializeAsync();
        await using var host = await RealHost.Start(own);
        (await host.Enter("anna")).Dispose();
        await own.Rotate();
        using var later = PageCaller.Of(host.Host, "anna");
        var first = await later.Ends("/sign-in/alfa");
        // Whoever comes just then may have to begin anew.
        Assert.True(first == (200, "/") || first == (403, "/sign-in?why=too-late") && await later.Ends("/sign-in/alfa") == (200, "/"), $"{first}");
    }

    [Fact]
    public async Task A_provider_that_is_gone_is_said_to_be_and_others_are_as_they_were()
    {
        using var anna = await real.Enter("anna");
        using var other = PageCaller.Of(real.Host, "anna");
        Assert.Equal((503, "/sign-in?why=provider-down"), await other.Ends("/sign-in/borta"));
        Assert.Equal((200, "/"), await other.Ends("/sign-in/alfa"));
        Assert.Equal((404, "/sign-in/ingen"), await other.Ends("/sign-in/ingen"));
        Assert.Equal(200, (await anna.Get("/")).Status);
        // Told once, however many try.
        using var another = PageCaller.Of(real.Host);
        await another.Ends("/sign-in/borta");
        Assert.Single(log.Lines, line => line.Contains("borta", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signing_out_ends_it_here_and_at_the_provider()
    {
        using var anna = await real.Enter("anna");
        var cookie = anna.Cookie("mragreement");
        var left = await anna.Send("/", "/sign-out");
        Assert.Equal((200, "/sign-out"), (left.Status, left.Path));
        var elsewhere = Elsewhere().Match(left.Text).Groups[1].Value;
        Assert.StartsWith($"{provider.Issuer}/session/end?", elsewhere, StringComparison.Ordinal);

        var asked = await anna.Get(elsewhere);
        Assert.Equal(200, await anna.Submit($"{provider.Issuer}/session/end/confirm", ("xsrf", Xsrf().Match(asked.Text).Groups[1].Value), ("logout", "yes")));
        using var copy = PageCaller.Of(real.Host);
        copy.Give("mragreement", cookie.Split('=', 2)[1]);
        Assert.Equal((200, "/sign-in?returnUrl=%2F"), await copy.Ends("/"));
        // There somebody else can sign in now, without its asking who was there.
        anna.Give("who", "cilla");
        Assert.Equal((403, "/sign-in?why=not-invited"), await anna.Ends("/sign-in/alfa"));
    }

    [Fact]
    public async Task A_provider_that_tells_that_somebody_is_out_ends_their_sessions_and_nobody_else_does()
    {
        using var anna = await real.Enter("anna");
        using var bo = await real.Enter("bo");
        var address = new Uri(real.Host.Address, "/sign-out/alfa/back-channel");
        using var stranger = new HttpClient();
        foreach (var told in new[] { "", "nonsense", await provider.Token(new { aud = "web", sub = "anna" }), await provider.Token(new { aud = "web", sub = "anna", nonce = "n", events = Events }) })
        {
            using var form = new FormUrlEncodedContent([new("logout_token", told)]);
            using var answer = await stranger.PostAsync(address, form, Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
        Assert.Equal((200, "/"), await anna.Ends("/"));

        await provider.TellOut(address, "anna");

        Assert.Equal((200, "/sign-in?returnUrl=%2F"), await anna.Ends("/"));
        Assert.Equal((200, "/"), await bo.Ends("/"));

        // Whoever has come by what it told signs her out no second time.
        var once = await provider.Token(new { aud = "web", sub = "anna", events = Events });
        foreach (var (status, ends) in new[] { (HttpStatusCode.OK, "/sign-in?returnUrl=%2F"), (HttpStatusCode.BadRequest, "/") })
        {
            Assert.Equal((200, "/"), await anna.Ends("/sign-in/alfa"));
            using var form = new FormUrlEncodedContent([new("logout_token", once)]);
            using var answer = await stranger.PostAsync(address, form, Cancellation);
            Assert.Equal((status, (200, ends)), (answer.StatusCode, await anna.Ends("/")));
        }
    }

    [Fact]
    public async Task Who_signs_in_gets_a_session_of_their_own_and_ends_the_one_before()
    {
        using var anna = await real.Enter("anna");
        var before = anna.Cookie("mragreement").Split('=', 2)[1];
        Assert.Equal((200, "/"), await anna.Ends("/sign-in/alfa"));
        Assert.NotEqual(before, anna.Cookie("mragreement").Split('=', 2)[1]);
        using var copy = PageCaller.Of(real.Host);
        copy.Give("mragreement", before);
        Assert.Equal((200, "/sign-in?returnUrl=%2F"), await copy.Ends("/"));
    }

    static readonly Dictionary<string, object> Events = new() { ["http://schemas.openid.net/event/backchannel-logout"] = new { } };

    // To the provider and to where it sends the browser, which does not go there.
    async Task<Uri> WayBack(HttpClient browser)
    {
        var at = new Uri(real.Host.Address, "/sign-in/alfa");
        while (true)
        {
            using var answer = await browser.GetAsync(at, Cancellation);
            at = new Uri(at, answer.Headers.Location!);
            if (at.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal))
                return at;
        }
    }

    [GeneratedRegex("&iss=[^&]+")]
    private static partial Regex Iss();

    [GeneratedRegex("code=[^&]+")]
    private static partial Regex Code();

    [GeneratedRegex("content=\"0;url=([^\"]+)\"")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("name=\"xsrf\" value=\"([^\"]+)\"")]
    private static partial Regex Xsrf();
}
