using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>Agreements as a resource: drafted, signed, listed, shown.</summary>
public class AgreementTests(SharedHost shared)
{
    const string Summary = """
        id:string diaryNumber:string title:string status:string version:number parties:array parties.0.key:string parties.0.name:string parties.0.role:string
        period.from:string period.to:string grant.decided:number grant.conditional:number grant.received:number grant.used:number grant.repaid:number grant.remaining:number
        nextDeadline:object|null overdueCount:number
        """;

    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_created_agreement_is_a_draft_at_its_location()
    {
        var created = await host.Officer.Post("agreements?sure=true", Posted.Terms());
        var draft = created.Is(201);
        draft.Has(Summary + " workingDayRule:string reminders.before:array reminders.overdue:array signature:null termination:null amendments:array");
        Assert.Equal("draft", draft.Text("status"));
        Assert.True(Guid.TryParseExact(draft.Text("id"), "D", out _));
        Assert.Equal(new Uri(host.Address, $"/api/v1/agreements/{draft.Text("id")}").ToString(), created.Location);
        var shown = await host.Officer.Get(created.Location!);
        Assert.Equal(created.Text, shown.Text);
        Assert.Equal(created.ETag, shown.ETag);
        Assert.Equal($"\"{draft.Number("version")}\"", shown.ETag);
    }

    [Fact]
    public async Task A_signed_agreement_says_when_who_and_what_comes_next()
    {
        var path = await Posted.Agreement(host);
        var signed = (await host.Lead.Get(path)).Is(200);
        signed.Has("signature.signedOn:string signature.signatories:array signature.signatories.0.name:string signature.signatories.0.party:string nextDeadline.obligation:string nextDeadline.dueOn:string");
        Assert.Equal(("active", "requisition-first", "2014-09-01"), (signed.Text("status"), signed.Text("nextDeadline.obligation"), signed.Text("nextDeadline.dueOn")));
        Assert.Equal((1000.50m, 1000m), (signed.Number("grant.decided"), signed.Number("grant.conditional")));
    }

    [Fact]
    public async Task Money_is_written_to_the_öre()
    {
        var path = await Posted.Agreement(host);
        Assert.Contains("\"decided\":1000.5", (await host.Lead.Get(path)).Text, StringComparison.Ordinal);
        Assert.Equal(1000.50m, (await host.Lead.Get($"{path}/grant")).Is(200).Number("instalments.0.amount"));
    }

    [Fact]
    public async Task Optional_fields_may_be_absent_or_null()
    {
        var terms = Posted.Terms();
        terms["workingDayRule"] = null;
        terms["reminders"] = null;
        terms["grant"] = null;
        terms["obligations"]![0]!["clause"] = null;
        terms["obligations"]![0]!["rests"] = null;
        var draft = (await host.Officer.Post("agreements?sure=true", terms)).Is(201);
        Assert.Equal("none", draft.Text("workingDayRule"));
        Assert.Equal([90, 30, 14, 7, 1], draft.At("reminders.before").EnumerateArray().Select(d => d.GetInt32()));
    }

    [Fact]
    public async Task The_terms_may_name_their_schema_and_nothing_else_that_is_unknown()
    {
        var terms = Posted.Terms();
        terms["$schema"] = "https://example.se/terms.schema.json";
        var created = (await host.Officer.Post("agreements?sure=true", terms)).Is(201);
        Assert.DoesNotContain("$schema", (await host.Auditor.Get($"agreements/{created.Text("id")}/terms")).Text, StringComparison.Ordinal);
        terms["schema"] = "x";
        (await host.Officer.Post("agreements?sure=true", terms)).IsProblem(422, "unknown-field");
    }

    [Fact]
    public async Task A_draft_exists_for_its_parties_but_not_for_a_reader()
    {
        var path = await Posted.Draft(host);
        foreach (var party in new[] { host.Lead, host.Finance, host.Approver, host.Officer, host.Payer, host.Auditor, host.Admin })
            (await party.Get(path)).Is(200);
        foreach (var below in new[] { "", "/obligations", "/grant", "/documents", "/events", "/obligations/report" })
            (await host.Reader.Get(path + below)).IsProblem(404, "no-such-agreement");
        await Posted.Agreement(host);
        Assert.DoesNotContain(await host.Reader.All("agreements?limit=100"), a => a.Text("status") == "draft");
    }

    [Fact]
    public async Task Another_partys_agreement_does_not_exist()
    {
        var terms = Posted.Terms();
        terms["parties"]![0]!["key"] = "MSB";
        foreach (var obligation in terms["obligations"]!.AsArray())
            obligation!["responsible"] = new JsonArray([.. obligation["responsible"]!.AsArray().Select(r => (JsonNode?)((string)r! == "SKR" ? "MSB" : (string)r!))]);
        terms["obligations"]![3]!["recipient"] = "MSB";
        var path = await Posted.Draft(host, terms);
        (await host.Officer.Post($"{path}/signature", new { signedOn = "2014-06-13", signatories = new[] { new { name = "Erik Ullenhag", party = "RK" } } })).Is(200);
        (await host.Payer.Get(path)).Is(200);

        foreach (var below in new[] { "", "/obligations", "/obligations/report", "/documents", "/grant", "/grant/settlement", "/grant/requisitions", "/events", "/events/verification" })
            (await host.Lead.Get(path + below)).IsProblem(404, "no-such-agreement");
        (await host.Lead.Post($"{path}/obligations/meeting-2015/schedule", new { on = "2015-05-05" })).IsProblem(404, "no-such-agreement");
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).IsProblem(404, "no-such-agreement");
        (await host.Lead.Post($"{path}/documents", Posted.Form("x"u8.ToArray(), "x.txt", ("title", "x"), ("kind", "report")))).IsProblem(404, "no-such-agreement");
        Assert.Empty(await host.Lead.All($"deadlines?agreement={path["agreements/".Length..]}"));
        Assert.DoesNotContain(await host.Lead.All("agreements?limit=100"), a => path.EndsWith(a.Text("id")!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_is_filtered_by_status_party_and_words_with_or_without_accents()
    {
        await using var own = await RunningHost.Start();
        var terms = Posted.Terms();
        (terms["diaryNumber"], terms["title"]) = ("S2014/7", "Överenskommelse om förskolan");
        await Posted.Draft(own, terms);
        await Posted.Agreement(own);
        var all = (await own.Lead.Get("agreements")).Is(200);
        all.At("items.0").Has(Summary);
        // Soonest deadline first.
        Assert.Equal(["Fi2014/1", "S2014/7"], all.At("items").EnumerateArray().Select(a => a.Text("diaryNumber")));
        async Task<string> Found(string query) => string.Join(' ', (await own.Lead.All($"agreements?{query}")).Select(a => a.Text("diaryNumber")));
        Assert.Equal("S2014/7", await Found("status=draft"));
        Assert.Equal("Fi2014/1", await Found("status=active"));
        Assert.Equal("", await Found("status=closed"));
        Assert.Equal("Fi2014/1 S2014/7", await Found("party=KAMK"));
        Assert.Equal("", await Found("party=MSB"));
        Assert.Equal("S2014/7", await Found("q=forskolan"));
        Assert.Equal("S2014/7", await Found("q=F%C3%96RSKOLAN"));
        Assert.Equal("S2014/7", await Found("q=s2014%2F7"));
        Assert.Equal("", await Found("q=skolan%20saknas"));
    }

    [Theory]
    [InlineData("agreements?status=nonsense")]
    [InlineData("agreements?status=1")]
    [InlineData("agreements?status=draft,active")]
    [InlineData("deadlines?status=2")]
    [InlineData("deadlines?from=2015-02-29")]
    [InlineData("agreements?page=0")]
    [InlineData("agreements?limit=101")]
    [InlineData("agreements?limit=ten")]
    public async Task A_parameter_that_cannot_be_read_is_refused(string path) => (await host.Lead.Get(path)).IsProblem(400, "malformed-parameter");

    [Fact]
    public async Task An_id_that_is_none_is_a_bad_request() => (await host.Lead.Get("deadlines?agreement=1")).IsProblem(400, "bad-request");

    [Fact]
    public async Task The_log_answers_for_days_that_have_been_and_for_no_others()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Get($"{path}?asOf=2014-06-13")).Is(200);
        (await host.Lead.Get($"{path}?asOf=2014-06-12")).IsProblem(404, "no-such-agreement");
        foreach (var below in new[] { "", "/obligations", "/obligations/report", "/grant", "/grant/settlement", "/grant/payments", "/documents", "/events" })
        {
            (await host.Lead.Get($"{path}{below}?asOf=2014-06-14")).IsProblem(422, "as-of-in-future");
            (await host.Lead.Get($"{path}{below}?asOf=2014-02-30")).IsProblem(400, "malformed-parameter");
        }
    }
}
