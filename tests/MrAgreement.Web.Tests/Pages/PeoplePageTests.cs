using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The register by its pages: parties and people are added, invited, changed, and leave.</summary>
public class PeoplePageTests
{
    [Fact]
    public async Task An_administrator_adds_a_party_invites_somebody_and_sees_to_them()
    {
        await using var host = await RunningHost.Start();
        using var admin = await PageCaller.SignIn(host, "adam.berg");
        Assert.Contains("Inga personer finns i registret än", (await admin.Get("/people")).Text, StringComparison.Ordinal);

        var refused = await admin.Send("/parties", "/parties", ("key", "skr"), ("names/0/name", ""));
        Assert.Equal(422, refused.Status);
        Assert.Contains("value=\"skr\"", refused.Text, StringComparison.Ordinal);
        await admin.Send("/parties", "/parties", ("key", "SKR"), ("names/0/name", "Sveriges Kommuner och Regioner"), ("names/0/from", "2010-01-01"));
        Assert.Contains("Sveriges Kommuner och Regioner", (await admin.Get("/parties/SKR")).Text, StringComparison.Ordinal);

        var wrong = await admin.Send("/people", "/people/invitations", ("mail", "anna"), ("role", "Finance"), ("party", "SKR"));
        Assert.Equal(422, wrong.Status);
        Assert.Contains("Skriv adressen som namn@exempel.se,", wrong.Text, StringComparison.Ordinal);
        var made = await admin.Send("/people", "/people/invitations", ("mail", "anna@example.se"), ("role", "Finance"), ("party", "SKR"), ("from", "2014-01-01"));
        Assert.Equal(200, made.Status);
        var link = made.Text.Split("<code class=\"link-shown\">")[1].Split('<')[0];
        Assert.DoesNotContain(link, (await admin.Get("/people")).Text, StringComparison.Ordinal);

        var anna = (await host.Services.GetRequiredService<Arrivals>().Arrive(new("https://issuer", "1"), "Anna Ask", "sv", link.Split('/')[^1], TestContext.Current.CancellationToken)).Person!.Value;
        var page = await admin.Get($"/people/{anna}");
        Assert.Contains("Ekonom, SKR, från 1 januari 2014", page.Text, StringComparison.Ordinal);
        var tag = Regex.Match(page.Text, "name=\"tag\" value=\"(\"[0-9a-f]{16}\")\"").Groups[1].Value;
        (string, string)[] fields = [("tag", tag), ("name", "Anna Ask"), ("mail", "anna@example.se"), ("language", "sv"), ("memberships/0/role", "Finance"), ("memberships/0/party", "SKR"), ("memberships/0/from", "2014-01-01"), ("left", "2014-06-13")];
        Assert.Equal(200, (await admin.Send($"/people/{anna}", $"/people/{anna}", fields)).Status);
        Assert.Contains("Slutade 13 juni 2014", (await admin.Get("/people")).Text, StringComparison.Ordinal);
        // Whoever had the page open before hears that it was changed.
        Assert.Equal(412, (await admin.Send($"/people/{anna}", $"/people/{anna}", fields)).Status);
        Assert.Contains("Anna Ask", (await admin.Get("/security-log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_sees_to_people()
    {
        await using var host = await RunningHost.Start();
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        foreach (var page in (string[])["/people", "/parties", "/security-log"])
            Assert.Equal(403, (await lead.Get(page)).Status);
        Assert.DoesNotContain("href=\"/people\"", (await lead.Get("/me")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_s_sessions_are_shown_and_ended()
    {
        await using var host = await RunningHost.Start();
        using var here = await PageCaller.SignIn(host, "lena.lind");
        using var elsewhere = await PageCaller.SignIn(host, "lena.lind");
        Assert.Contains("Lena Lind</a>", (await elsewhere.Get("/deadlines")).Text, StringComparison.Ordinal);
        var shown = (await here.Get("/me")).Text;
        // Each of the two, and both together.
        Assert.Equal(3, Regex.Count(shown, "action=\"/me/sessions/"));

        Assert.Contains("Logga in", (await here.Send("/me", "/me/sessions/end")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Lena Lind</a>", (await elsewhere.Get("/deadlines")).Text, StringComparison.Ordinal);
    }
}
