using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Calendars;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.People;

/// <summary>People, parties and invitations over the API; the demo's administrator stands in for one who has signed in.</summary>
public class RegisterTests
{
    const string Skr = """{"key":"SKR","names":[{"name":"Sveriges Kommuner och Regioner","from":"2019-11-27"}],"organisationNumber":"222000-0315"}""";

    [Fact]
    public async Task A_party_is_added_once_and_changed_by_whoever_has_seen_it()
    {
        await using var host = await RunningHost.Start();
        var made = await host.Admin.Post("parties", Skr);
        made.Is(201).Has("key:string names:array organisationNumber:string mayGrant:boolean address:null");
        Assert.Equal("/api/v1/parties/SKR", new Uri(made.Location!).AbsolutePath);

        (await host.Admin.Post("parties", Skr)).IsProblem(409, "party-key-taken");
        (await host.Officer.Post("parties", Skr)).IsProblem(403, "not-your-people");
        const string change = """{"names":[{"name":"SKR","from":"2019-11-27"}],"mayGrant":true}""";
        (await host.Admin.Send(HttpMethod.Put, "parties/SKR", change, ("If-Match", "\"old\""))).IsProblem(412, "stale-if-match");
        (await host.Admin.Send(HttpMethod.Put, "parties/SKR", change, ("If-Match", made.ETag!))).Is(200);
        (await host.Admin.Send(HttpMethod.Put, "parties/SKR", change, ("If-Match", made.ETag!))).IsProblem(412, "stale-if-match");
        (await host.Lead.Get("parties/SKR")).Is(200).Has("key:string names:array organisationNumber:null mayGrant:boolean address:null");
        (await host.Lead.Get("parties/XX")).IsProblem(404, "no-such-party");
    }

    [Fact]
    public async Task An_invitation_s_link_is_told_once_and_makes_one_person_a_member_once()
    {
        await using var host = await RunningHost.Start();
        (await host.Admin.Post("parties", Skr)).Is(201);
        var made = (await host.Admin.Post("invitations", """{"mail":"anna@example.se","role":"finance","party":"SKR","from":"2014-01-01"}""")).Is(201);
        (await host.Admin.All("invitations")).Single().Has("status:string link:null");

        var first = await Arrive(host, "1", made.Text("link"), "Anna Ask");
        Assert.NotNull(first.Person);
        Assert.Equal(first.Person, (await Arrive(host, "1", made.Text("link"))).Person);
        Assert.Equal(first.Person, (await Arrive(host, "1", null)).Person);
        Assert.Equal("invitation-used", (await Arrive(host, "2", made.Text("link"))).Refused);
        Assert.Equal("not-invited", (await Arrive(host, "2", null)).Refused);
        Assert.Equal("no-such-invitation", (await Arrive(host, "2", "https://host/invitations/nothing")).Refused);

        var anna = (await host.Admin.All("people")).Single();
        Assert.Equal(("Anna Ask", "anna@example.se", "finance"), (anna.Text("name"), anna.Text("mail"), anna.Text("memberships.0.role")));
        Assert.Equal("used", (await host.Admin.All("invitations")).Single().Text("status"));
        (await host.Admin.Send(HttpMethod.Delete, $"invitations/{made.Text("id")}", null)).IsProblem(409, "invitation-used");
    }

    [Fact]
    public async Task A_withdrawn_invitation_lets_nobody_in()
    {
        await using var host = await RunningHost.Start();
        (await host.Officer.Post("invitations", """{"mail":"anna@example.se","role":"admin"}""")).IsProblem(403, "not-your-people");
        var made = (await host.Admin.Post("invitations", """{"mail":"anna@example.se","role":"admin"}""")).Is(201);

        (await host.Admin.Send(HttpMethod.Delete, $"invitations/{made.Text("id")}", null)).Is(204);
        Assert.Equal("no-such-invitation", (await Arrive(host, "1", made.Text("link"))).Refused);
        Assert.Empty(await host.Admin.All("people"));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await using var host = await RunningHost.Start();
        var (first, second) = (await Administrator(host, "1"), await Administrator(host, "2"));

        (await Leave(host, first)).Is(200);
        (await Leave(host, second)).IsProblem(409, "last-administrator");
        (await host.Admin.Get($"people/{second}")).Is(200).Has("left:null");
    }

    [Fact]
    public async Task Of_two_administrators_who_leave_at_once_one_stays()
    {
        await using var host = await RunningHost.Start();
        string[] both = [await Administrator(host, "1"), await Administrator(host, "2")];

        await Task.WhenAll(both.Select(person => Leave(host, person)));
        Assert.Contains(await host.Admin.All("people"), person => person.Text("left") is null);
    }

    [Fact]
    public async Task An_administrator_s_end_in_the_future_must_have_somebody_after_it()
    {
        await using var host = await RunningHost.Start();
        var only = await Administrator(host, "1");
        (await Become(host, only, """[{"role":"admin","from":"2014-01-01","to":"2030-01-01"}]""")).IsProblem(409, "last-administrator");
        (await Become(host, only, """[{"role":"admin","from":"2014-01-01"}]""", "2030-01-01")).IsProblem(409, "last-administrator");
        // One who is invited later on does not lose what they have.
        var later = (await host.Admin.Post("invitations", """{"mail":"a@example.se","role":"admin","from":"2030-01-01","to":"2031-01-01"}""")).Is(201);
        Assert.Equal(only, (await Arrive(host, "1", later.Text("link"))).Person!.Value.Value);
        var kept = (await host.Admin.All("people")).Single();
        Assert.Equal(("2014-01-01", null), (kept.Text("memberships.0.from"), kept.Text("memberships.0.to")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("19121212-1212")]
    [InlineData("121212-1212")]
    [InlineData("a\\u202eb")]
    public async Task A_program_s_identity_is_one_that_can_be(string subject)
    {
        await using var host = await RunningHost.Start();
        var program = $$"""{"name":"Systemet","mail":"it@example.se","identities":[{"issuer":"https://issuer","subject":"{{subject}}"}]}""";
        (await host.Admin.Post("people", program)).Is(422);
        Assert.Empty(await host.Admin.All("people"));
    }

    [Fact]
    public async Task A_refused_program_leaves_its_identities_free()
    {
        await using var host = await RunningHost.Start();
        static string Program(string identities) => $$"""{"name":"Systemet","mail":"it@example.se","identities":[{{identities}}]}""";
        const string a = """{"issuer":"https://issuer","subject":"a"}""", b = """{"issuer":"https://issuer","subject":"b"}""";
        (await host.Admin.Post("people", Program(b))).Is(201);
        (await host.Admin.Post("people", Program($"{a},{b}"))).IsProblem(409, "identity-taken");
        (await host.Admin.Post("people", Program(a))).Is(201);
    }

    [Fact]
    public async Task Who_follows_a_used_link_keeps_an_identity_that_can_be_given_to_a_program()
    {
        await using var host = await RunningHost.Start();
        var made = (await host.Admin.Post("invitations", """{"mail":"a@example.se","role":"admin"}""")).Is(201);
        Assert.NotNull((await Arrive(host, "1", made.Text("link"))).Person);
        Assert.Equal("invitation-used", (await Arrive(host, "2", made.Text("link"))).Refused);
        (await host.Admin.Post("people", """{"name":"Systemet","mail":"it@example.se","identities":[{"issuer":"https://issuer","subject":"2"}]}""")).Is(201);
    }

    [Fact]
    public async Task Two_programs_can_t_have_one_identity()
    {
        await using var host = await RunningHost.Start();
        const string program = """{"name":"Ekonomisystemet","mail":"it@example.se","identities":[{"issuer":"https://issuer","subject":"client"}]}""";
        (await host.Admin.Post("people", program)).Is(201);
        (await host.Admin.Post("people", program)).IsProblem(409, "identity-taken");
        Assert.Single(await host.Admin.All("people"));
    }

    [Fact]
    public async Task Every_change_is_told_in_the_log_of_security_events_without_names()
    {
        await using var host = await RunningHost.Start();
        (await host.Admin.Post("parties", Skr)).Is(201);
        (await host.Admin.Post("invitations", """{"mail":"anna@example.se","role":"finance","party":"SKR"}""")).Is(201);

        var told = await host.Services.GetRequiredService<SecurityLog>().On(StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()), TestContext.Current.CancellationToken);
        Assert.Equal([(SecurityEvent.Invited, "finance@SKR"), (SecurityEvent.PartyAdded, null)], told.Select(e => (e.Event, e.Detail)));
        Assert.All(told, e => Assert.Equal(new PersonId("adam.berg"), e.By));
        Assert.DoesNotContain("anna", string.Concat(told), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_a_party_that_may_grant_makes_agreements()
    {
        await using var host = await RunningHost.Start();
        (await host.As("officer@S").Post("agreements?sure=true", Posted.Terms2014().ToJsonString().Replace("\"RK\"", "\"S\"", StringComparison.Ordinal)))
            .IsProblem(403, "may-not-grant");
    }

    [Fact]
    public async Task The_made_up_people_are_told_who_they_are_and_have_no_profile()
    {
        await using var host = await RunningHost.Start();
        var me = (await host.Finance.Get("me")).Is(200);
        Assert.Equal(("farid.falk", "finance@SKR"), (me.Text("id"), me.Text("actingAs")));
        (await host.Finance.Send(HttpMethod.Put, "me", """{"name":"Farid","mail":"f@example.se","language":"sv"}""")).IsProblem(409, "not-in-register");
        (await host.Nobody.Get("me")).Says401();
    }

    static Task<Arrival> Arrive(RunningHost host, string subject, string? link, string? name = null) => host.Services.GetRequiredService<Arrivals>()
        .Arrive(new("https://issuer", subject), name, "sv", link is null ? null : new Uri(link).Segments[^1]);

    static async Task<string> Administrator(RunningHost host, string subject)
    {
        var made = (await host.Admin.Post("invitations", """{"mail":"a@example.se","role":"admin","from":"2014-01-01"}""")).Is(201);
        return (await Arrive(host, subject, made.Text("link"), $"Admin {subject}")).Person!.Value.Value;
    }

    static Task<WireAnswer> Become(RunningHost host, string person, string memberships, string? left = null) => host.Admin.Send(HttpMethod.Put, $"people/{person}",
        $$"""{"name":"A","mail":"a@example.se","memberships":{{memberships}}{{(left is null ? "" : $",\"left\":\"{left}\"")}}}""");

    static Task<WireAnswer> Leave(RunningHost host, string person) => host.Admin.Send(HttpMethod.Put, $"people/{person}",
        """{"name":"Borta","mail":"a@example.se","memberships":[{"role":"admin","from":"2014-01-01"}],"left":"2014-06-01"}""");
}
