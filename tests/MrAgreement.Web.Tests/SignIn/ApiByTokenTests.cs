using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>The API by tokens of a real provider: of people, and of programs that are people in the register.</summary>
public sealed class ApiByTokenTests(OpenIdProvider provider) : IAsyncLifetime
{
    static readonly string[] officer = ["agreements"];

    RealHost real = null!;

    public async ValueTask InitializeAsync()
    {
        real = await RealHost.Start(provider);
        (await real.Enter("anna", "RK", Role.Officer)).Dispose();
    }

    public ValueTask DisposeAsync() => real.DisposeAsync();

    [Fact]
    public async Task A_token_is_as_good_as_it_is_theirs_for_us_now_and_allows_it()
    {
        var anna = await real.Calls(new { sub = "anna", scope = "openid agreements" });
        Assert.Equal("Anna Provsson", (await anna.Get("me")).Is(200).Text("name"));
        Assert.Equal(["officer@RK"], (await anna.Get("me")).Is(200).Texts("roles"));
        (await anna.Get("agreements")).Is(200);
        // Of programs that the provider writes down as roles.
        (await (await real.Calls(new { sub = "anna", roles = officer })).Get("agreements")).Is(200);

        foreach (var token in new[]
        {
            await provider.Token(new { sub = "anna", scope = "agreements", aud = "somebody-else" }), await provider.Token(new { sub = "anna", scope = "agreements", exp = 1000 }),
            await provider.Token(new { sub = "anna", scope = "agreements", nbf = 4102444800L }), await provider.Token(new { sub = "anna", scope = "agreements" }, "foreign"),
            await provider.Token(new { sub = "anna", roles = officer, nonce = "n" }),
            "demo-officer", "nonsense", "eyJhbGciOiJub25lIn0.e30."
        })
        {
            var refused = await new Caller(real.Host.Address, token).Get("agreements");
            refused.IsProblem(401, "not-signed-in");
            Assert.StartsWith("Bearer", refused["WWW-Authenticate"], StringComparison.Ordinal);
            // Nor does anybody learn which resources there are.
            (await new Caller(real.Host.Address, token).Get("nowhere")).IsProblem(401, "not-signed-in");
        }
        var lacking = await (await real.Calls(new { sub = "anna", scope = "openid" })).Get("agreements");
        lacking.IsProblem(403, "insufficient-scope");
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"agreements\"", lacking["WWW-Authenticate"]);
        (await (await real.Calls(new { sub = "cilla", scope = "agreements" })).Get("agreements")).IsProblem(403, "not-invited");
        (await real.Host.Nobody.Get("api-info")).Is(200);
    }

    [Fact]
    public async Task A_program_comes_in_as_a_person_of_the_register()
    {
        var machine = new Caller(real.Host.Address, await provider.MachineToken());
        (await machine.Get("agreements")).IsProblem(403, "not-invited");

        var person = new RegisteredPerson(new(Guid.NewGuid().ToString()), "Ekonomisystemet", "ekonomi@example.se", "sv", [new("SKR", Role.Finance, new(2014, 1, 1))], [], [new(provider.Issuer, "machine")]);
        Assert.True(await real.Register.Put(person, KeptRecord.New, TestContext.Current.CancellationToken));

        (await machine.Get("agreements")).Is(200);
        Assert.Equal(["finance@SKR"], (await machine.Get("me")).Is(200).Texts("roles"));
        (await machine.Post("agreements?sure=true", Posted.Terms())).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task An_auditor_of_a_party_finds_its_agreements_on_the_days_of_the_membership_and_no_others()
    {
        var anna = await real.Calls(new { sub = "anna", scope = "agreements" });
        var (mine, elsewhere) = (await Signed(Posted.Terms()), Posted.Terms());
        elsewhere["parties"]![0]!["key"] = "LST-X";
        foreach (var obligation in elsewhere["obligations"]!.AsArray())
            (obligation!["responsible"], obligation["recipient"]) = (new System.Text.Json.Nodes.JsonArray("RK"), "LST-X");
        elsewhere["obligations"]!.AsArray().RemoveAt(1);
        var other = await Signed(elsewhere);
        var agnes = await real.Calls(new { sub = "agnes", scope = "agreements" });
        var today = new LocalDate(2014, 6, 13);

        await LetIn(new("SKR", Role.Auditor, today.PlusDays(-10), today.PlusDays(10)));
        Assert.Equal([mine[^36..]], (await agnes.All("agreements")).Select(it => it.Text("id")));
        (await agnes.Get($"{mine}/events/verification")).Is(200);
        (await agnes.Get($"{mine}/grant/ledger-imports")).Is(200);
        foreach (var resource in new[] { "", "/grant", "/documents", "/events", "/events/verification" })
            (await agnes.Get(other + resource)).IsProblem(404, "no-such-agreement");
        (await agnes.Get($"agreements/{Posted.Nowhere}/events/verification")).IsProblem(404, "no-such-agreement");
        (await agnes.Post($"{mine}/obligations/report/notes", new { text = "Nej" })).IsProblem(403, "forbidden");

        // Neither before nor after, nor as auditors were let in before: to everything and by nobody.
        foreach (var membership in new Membership[] { new("SKR", Role.Auditor, today.PlusDays(1)), new("SKR", Role.Auditor, today.PlusDays(-10), today.PlusDays(-1)), new("", Role.Auditor, today) })
        {
            await LetIn(membership);
            Assert.Equal(403, (await agnes.Get("agreements")).Status);
        }

        async Task<string> Signed(System.Text.Json.Nodes.JsonObject terms)
        {
            var path = $"agreements/{(await anna.Post("agreements?sure=true", terms)).Is(201).Text("id")}";
            (await anna.Post($"{path}/signature", new { signedOn = "2014-06-13", signatories = new[] { new { name = "Erik Ullenhag", party = "RK" }, new { name = "Anders Knape", party = (string)terms["parties"]![0]!["key"]! } } })).Is(200);
            return path;
        }

        async Task LetIn(Membership membership)
        {
            var person = new RegisteredPerson(new("0198c0de-0000-4000-8000-0000000000a9"), "Agnes Asp", "agnes@example.se", "sv", [membership], [], [new(provider.Issuer, "agnes")]);
            await real.Register.ReadAfresh(TestContext.Current.CancellationToken);
            Assert.True(await real.Register.Put(person, real.Register.Tag(person.Id) ?? KeptRecord.New, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Who_has_several_roles_says_which_and_who_has_none_is_told_so()
    {
        (await real.Enter("anna", "SKR", Role.ProjectLead)).Dispose();
        var anna = await real.Calls(new { sub = "anna", scope = "agreements" });
        var asked = (await anna.Get("agreements")).IsProblem(400, "acting-as-needed");
        Assert.Contains("officer@RK, project-lead@SKR", asked.GetProperty("detail").GetString(), StringComparison.Ordinal);
        (await anna.Get("me")).Is(200);
        (await anna.Get("agreements", ("Acting-As", "admin"))).IsProblem(400, "acting-as-unknown");
        (await anna.Post("agreements?sure=true", Posted.Terms(), ("Acting-As", "project-lead@SKR"))).IsProblem(403, "forbidden");
        // Nothing of the body is read before it is clear who asks.
        (await anna.Post("agreements?sure=true", "{")).IsProblem(400, "acting-as-needed");
        var made = (await anna.Post("agreements?sure=true", Posted.Terms(), ("Acting-As", "officer@RK"))).Is(201);
        (await anna.Post($"agreements/{made.Text("id")}/signature", Posted.Signature(), ("Acting-As", "officer@RK"))).Is(200);
        // One key is one request for each of her roles.
        foreach (var role in new[] { "officer@RK", "project-lead@SKR" })
        {
            (await anna.Post($"agreements/{made.Text("id")}/obligations/report/notes", new { text = role }, ("Acting-As", role), ("Idempotency-Key", "one"))).Is(201);
            (await anna.Post($"agreements/{made.Text("id")}/obligations/report/notes", new { text = "Annat" }, ("Acting-As", role), ("Idempotency-Key", "one"))).IsProblem(422, "idempotency-key-reused");
        }
        // What is no ASCII stands in a header as in an address.
        (await real.Enter("anna", "LST-Ö", Role.ProjectLead)).Dispose();
        Assert.Equal("project-lead@LST-Ö", (await anna.Get("me", ("Acting-As", "project-lead@LST-%C3%96"))).Is(200).Text("actingAs"));

        var person = await real.Person("anna");
        Assert.True(await real.Register.Put(person with { Memberships = [] }, real.Register.Tag(person.Id)!, TestContext.Current.CancellationToken));
        (await anna.Get("agreements")).IsProblem(403, "no-membership");
        Assert.Empty((await anna.Get("me")).Is(200).Texts("roles"));
        (await real.Host.Nobody.Get("agreements")).IsProblem(401, "not-signed-in");
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_and_all_and_by_an_administrator()
    {
        using var one = PageCaller.Of(real.Host, "anna");
        using var other = PageCaller.Of(real.Host, "anna");
        await one.Get("/sign-in/alfa");
        await other.Get("/sign-in/alfa");
        using var admin = await real.Enter("adam", "", Role.Admin);
        var (anna, adam) = (await real.Calls(new { sub = "anna", scope = "agreements" }), await real.Calls(new { sub = "adam", scope = "agreements" }));
        // The one that she came in with, and these two: the latest first.
        var all = await anna.All("me/sessions");
        Assert.Equal(3, all.Count);
        Assert.All(all, session => Assert.Equal((provider.Issuer, "127.0.0.0/24"), (session.Text("issuer"), session.Text("network"))));

        Assert.Equal(204, (await anna.Send(HttpMethod.Delete, $"me/sessions/{all[0].Text("id")}", null)).Status);
        Assert.Equal("/sign-in?returnUrl=%2F", (await other.Get("/")).Path);
        Assert.Equal("/", (await one.Get("/")).Path);
        (await anna.Send(HttpMethod.Delete, $"me/sessions/{(await adam.All("me/sessions"))[0].Text("id")}", null)).IsProblem(404, "no-such-session");

        var person = (await real.Person("anna")).Id;
        (await anna.Send(HttpMethod.Delete, $"people/{person}/sessions", null)).IsProblem(404, "no-such-person");
        Assert.Equal(204, (await adam.Send(HttpMethod.Delete, $"people/{person}/sessions", null)).Status);
        Assert.Equal("/sign-in?returnUrl=%2F", (await one.Get("/")).Path);
        Assert.Empty(await anna.All("me/sessions"));
        Assert.Equal(204, (await adam.Send(HttpMethod.Delete, "me/sessions", null)).Status);
        Assert.Equal("/sign-in?returnUrl=%2F", (await admin.Get("/")).Path);
    }
}
