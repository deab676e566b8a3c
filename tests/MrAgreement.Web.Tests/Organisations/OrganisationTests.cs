using System.Text;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Organisations;

public sealed class OrganisationTests : IAsyncLifetime
{
    static readonly string[] both = ["municipality", "region"], agency = ["agency"], barn = ["barn"], known = ["0114", "region-09"], unknown = ["0114", "9999"];

    RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.Start(clock: "2024-12-31");

    public ValueTask DisposeAsync() => host.DisposeAsync();

    static MultipartFormDataContent File(string text) => Posted.Form(Encoding.UTF8.GetBytes(text), "organisationer.csv");

    [Fact]
    public async Task The_register_is_everybody_s_to_read_and_an_administrator_s_to_change()
    {
        foreach (var (query, count) in new[] { ("", 331), ("kind=municipality", 290), ("kind=region", 21), ("kind=county-board", 21), ("county=I", 2), ("q=upps", 3) })
            Assert.Equal(count, (await host.Reader.Get($"organisations?{query}")).Is(200).Number("_meta.totalRecords"));
        (await host.Reader.Get("organisations?kind=town")).IsProblem(400, "malformed-parameter");
        (await host.Nobody.Get("organisations")).IsProblem(401, "not-signed-in");
        (await host.Reader.Get("organisations/9999")).IsProblem(404, "no-such-organisation");
        var gotland = await host.Reader.Get("organisations/region-09");
        Assert.Equal(("0980", "Region Gotland"), (gotland.Is(200).Text("id"), gotland.Json.Text("name")));

        var changed = new { kinds = both, county = "I", names = new object[] { new { name = "Gotland" } }, population = 61_000 };
        (await host.Officer.Send(HttpMethod.Put, "organisations/0980", changed)).IsProblem(403, "not-your-organisations");
        (await host.Admin.Send(HttpMethod.Put, "organisations/0980", changed, ("If-Match", "\"x\""))).IsProblem(412, "stale-if-match");
        var put = await host.Admin.Send(HttpMethod.Put, "organisations/0980", changed, ("If-Match", gotland.ETag!));
        Assert.Equal(61_000m, put.Is(200).Number("population"));
        Assert.Equal(put.ETag, (await host.Reader.Get("organisations/0980")).ETag);
        (await host.Admin.Send(HttpMethod.Put, "organisations/0980", changed, ("If-Match", gotland.ETag!))).IsProblem(412, "stale-if-match");
        (await host.Admin.Send(HttpMethod.Put, "organisations/0980", new { kinds = agency, names = new object[] { new { name = "X" } } })).IsProblem(422, "organisation-id");
        (await host.Admin.Send(HttpMethod.Put, "organisations/do", new { kinds = agency, names = new object[] { new { name = "DO", from = "2009-01-01" } } })).Is(201);
        Assert.Equal(332m, (await host.Reader.Get("organisations")).Is(200).Number("_meta.totalRecords"));
    }

    [Fact]
    public async Task A_file_is_taken_in_whole_or_not_at_all_and_the_same_again_changes_nothing()
    {
        const string good = "id;kinds;name;population\n0114;municipality;Upplands Väsby kommun;48000\nmfof;agency;MFoF;\n";
        (await host.Officer.Post("organisations/imports", File(good))).IsProblem(403, "not-your-organisations");
        var refused = (await host.Admin.Post("organisations/imports", File(good + "0115;municipality;Vallentuna;x\n9;town;Ö;1\n"))).IsProblem(422, "invalid-content");
        Assert.Equal(["4 population invalid-number", "5 kinds unknown-kind"],
            refused.At("errors").EnumerateArray().Select(it => $"{it.Number("row")} {it.Text("column")} {it.Text("rule")}"));
        (await host.Admin.Post("organisations/imports", File("id;kinds;name\nmfof;agency;MFoF\nmfof;agency;Mfof\n"))).IsProblem(422, "row-twice");
        (await host.Reader.Get("organisations/mfof")).IsProblem(404, "no-such-organisation");

        foreach (var (added, changed, unchanged) in new[] { (1m, 1m, 0m), (0m, 0m, 2m) })
        {
            var done = (await host.Admin.Post("organisations/imports", File(good))).Is(200);
            Assert.Equal((2m, added, changed, unchanged), (done.Number("rows"), done.Number("added"), done.Number("changed"), done.Number("unchanged")));
        }
        Assert.Equal(48_000m, (await host.Reader.Get("organisations/0114")).Is(200).Number("population"));
    }

    [Fact]
    public async Task Groups_have_members_by_day_and_tell_whom_they_reach()
    {
        var forum = new { key = "forum-ab", title = "Forum", kind = "forum", coordinator = "lst-AB", county = "AB", topics = barn };
        (await host.Lead.Post("organisation-groups", forum)).IsProblem(403, "not-your-organisations");
        (await host.Admin.Post("organisation-groups", forum)).Is(201);
        (await host.Admin.Post("organisation-groups", forum)).IsProblem(409, "group-key-taken");
        (await host.Admin.Post("organisation-groups", new { key = "x", title = "X", kind = "node", coordinator = "9999" })).IsProblem(422, "no-such-organisation");
        (await host.Admin.Post("organisation-groups/none/members", new { from = "2024-01-01", organisation = "0114" })).IsProblem(404, "no-such-group");
        (await host.Admin.Post("organisation-groups/forum-ab/members", new { from = "2024-01-01", organisations = unknown })).IsProblem(422, "no-such-organisation");
        (await host.Admin.Post("organisation-groups/forum-ab/members", new { from = "2024-01-01", organisations = known })).Is(200);
        (await host.Admin.Post("organisation-groups/forum-ab/members", new { from = "2024-01-01", organisation = "0114", to = "2024-06-30" })).Is(200);

        Assert.Equal(1, (await host.Reader.Get("organisation-groups/forum-ab")).Is(200).At("members").GetArrayLength());
        Assert.Equal(2, (await host.Reader.Get("organisation-groups/forum-ab?on=2024-06-30")).Is(200).At("members").GetArrayLength());
        Assert.Equal("0980", (await host.Reader.Get("organisations?group=forum-ab")).Is(200).Text("items.0.id"));
        var coverage = (await host.Reader.Get("organisation-groups/coverage?kind=forum&on=2024-06-30")).Is(200);
        Assert.Equal((2m, 310m, 0.6m), (coverage.Number("organisations.in"), coverage.Number("organisations.of"), coverage.Number("organisations.share")));
        Assert.Equal((1m, 1m, 21m), (coverage.Number("counties.coordinated"), coverage.Number("counties.takenPartIn"), coverage.Number("counties.of")));
        (await host.Reader.Get("organisation-groups/coverage?kind=x")).IsProblem(400, "malformed-parameter");
    }

    [Fact]
    public async Task A_party_may_say_which_organisation_it_is_and_its_own_names_hold()
    {
        var names = new object[] { new { name = "Länsstyrelsen Stockholm", from = "2014-01-01" } };
        (await host.Admin.Post("parties", new { key = "LST-AB", names, organisation = "lst-ab" })).IsProblem(422, "no-such-organisation");
        var party = (await host.Admin.Post("parties", new { key = "LST-AB", names, organisation = "lst-AB" })).Is(201);
        Assert.Equal(("lst-AB", "Länsstyrelsen Stockholm"), (party.Text("organisation"), party.Text("names.0.name")));
        using var admin = await PageCaller.SignIn(host, "adam.berg");
        Assert.Contains("/organisations/lst-AB", (await admin.Get("/parties/LST-AB")).Text, StringComparison.Ordinal);
        (await host.Admin.Send(HttpMethod.Put, "parties/LST-AB", new { names })).Is(200);
        Assert.DoesNotContain("/organisations/lst-AB", (await admin.Get("/parties/LST-AB")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_to_it_in_pages_and_others_read_it()
    {
        using var admin = await PageCaller.SignIn(host, "adam.berg");
        var list = (await admin.Get("/organisations?county=AB&kind=county-board")).Text;
        Assert.Contains("Länsstyrelsen i Stockholms län", list, StringComparison.Ordinal);
        Assert.Contains("Organisationer: 1", list, StringComparison.Ordinal);

        var added = await admin.Send("/organisations", "/organisations", ("id", "do"), ("names/0/name", "Diskrimineringsombudsmannen"), ("kinds/agency", "true"));
        Assert.Equal((200, "/organisations/do?saved"), (added.Status, added.Path));
        var again = await admin.Send("/organisations", "/organisations", ("id", "do"), ("names/0/name", "DO"), ("kinds/agency", "true"));
        Assert.Contains("Det finns redan en organisation med koden ”do”", again.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"DO\"", again.Text, StringComparison.Ordinal);
        var group = await admin.Send("/organisation-groups", "/organisation-groups", ("key", "nod-h"), ("title", "Nod Kalmar"), ("kind", "Node"), ("county", "H"));
        Assert.Equal((200, "/organisation-groups/nod-h?saved"), (group.Status, group.Path));
        var tag = group.Text.Split("name=\"tag\" value=\"")[1].Split("\" />")[0];
        var late = await admin.Send("/organisation-groups/nod-h", "/organisation-groups/nod-h/members", ("tag", "\"x\""), ("organisations", "0880"), ("from", "2024-01-01"));
        Assert.Equal(412, late.Status);
        var wrong = await admin.Send("/organisation-groups/nod-h", "/organisation-groups/nod-h/members", ("tag", tag), ("organisations", "0880 9999"), ("from", "2024-01-01"));
        Assert.True(wrong.Status == 422, wrong.Text);
        Assert.Contains("Registret har ingen organisation med koden", wrong.Text, StringComparison.Ordinal);
        var joined = await admin.Send("/organisation-groups/nod-h", "/organisation-groups/nod-h/members", ("tag", tag), ("organisations", "0880, do"), ("from", "2024-01-01"));
        Assert.Contains("Medlemmar i dag: 2", joined.Text, StringComparison.Ordinal);

        using var reader = await PageCaller.SignIn(host, "rut.ros");
        var one = (await reader.Get("/organisations/0880")).Text;
        Assert.Contains("Nod Kalmar", one, StringComparison.Ordinal);
        Assert.DoesNotContain("<form method=\"post\" action=\"/organisations", one, StringComparison.Ordinal);
    }
}
