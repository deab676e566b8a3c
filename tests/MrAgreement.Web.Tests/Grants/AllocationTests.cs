using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>The county boards' joint assignment 2024 over HTTP: 21 boards that share by the 24 key.</summary>
public class AllocationTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    Caller Örebro => host.As("finance@LST-T");
    Caller Uppsala => host.As("finance@LST-C");
    Caller UppsalaApprover => host.As("approver@LST-C");
    Caller Dalarna => host.As("project-lead@LST-W");
    Caller Coordinator => host.As("project-lead@LST-Y");

    [Fact]
    public async Task An_amount_is_shared_by_the_key_with_nothing_lost()
    {
        var path = await Boards2024.Signed(host);
        var made = await Örebro.Post($"{path}/grant/allocations", Boards2024.Allocation());
        made.Is(201).Has("number:number amount:number year:number reference:string category:string appropriation.area:number party:null parts.0.party:string parts.0.amount:number allocatedBy.name:string");
        var parts = made.Json.At("parts").EnumerateArray().Select(part => part.Number("amount")).ToList();
        Assert.Equal((21, 8_200_000m, 683_333.33m, 341_666.67m, 341_666.66m), (parts.Count, parts.Sum(), parts[0], parts[1], parts[^1]));
        Assert.Equal("Farid Falk (LST-T)", made.Json.Text("allocatedBy.name"));
        Assert.Equal(made.Text, (await Örebro.Get(made.Location!)).Text);
        Assert.Equal(made.Text, (await Örebro.Post($"{path}/grant/allocations", Boards2024.Allocation())).Is(200).GetRawText());
        (await Örebro.Post($"{path}/grant/allocations", new { amount = 2_000_000, year = 2024, reference = "Beslut 2" })).IsProblem(409, "allocation-exceeds-decided");
        (await Örebro.Post($"{path}/grant/allocations", new { amount = 0, year = 2024, reference = "Beslut 2" })).IsProblem(422, "amount-zero");
        foreach (var other in new[] { Dalarna, host.As("finance@LST-W"), Uppsala, host.Officer })
            (await other.Post($"{path}/grant/allocations", Boards2024.Allocation(1))).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_sub_recipient_reports_its_spend_a_colleague_attests_it_and_the_coordinator_accepts_it()
    {
        var path = await Boards2024.Allocated(host);
        var prepared = await Uppsala.Post($"{path}/grant/allocation-reports", Boards2024.Report(300_000.5m));
        prepared.Is(201).Has("number:number party:string year:number version:number status:string lines.0.category:string lines.0.amount:number spent:number comment:string preparedBy.name:string preparedAt:string attestedBy:null decidedBy:null decisionText:null");
        Assert.Equal(prepared.Text, (await Uppsala.Get(prepared.Location!)).Text);
        (await host.As("approver@LST-D").Post($"{path}/grant/allocation-reports/1/attestation")).IsProblem(404, "no-such-allocation-report");
        Assert.Equal(("attested", "LST-Y"), (await UppsalaApprover.Post($"{path}/grant/allocation-reports/1/attestation")).Is(200) is var sent ? (sent.Text("status"), sent.Text("receipt.party")) : default);
        foreach (var (who, direction) in new[] { (Uppsala, "outgoing"), (Coordinator, "incoming") })
            Assert.Equal((direction, 1m), (await who.All("registry")).Single(it => path.EndsWith(it.Text("agreement")!, StringComparison.Ordinal) && it.Text("act") == "allocation-report-attested") is var row ? (row.Text("direction"), row.Number("version")) : default);
        (await Dalarna.Post($"{path}/grant/allocation-reports/1/acceptance", new { })).IsProblem(403, "forbidden");
        Assert.Equal(("accepted", "Tack"), ((await Coordinator.Post($"{path}/grant/allocation-reports/1/acceptance", new { comment = "Tack" })).Is(200) is var r ? (r.Text("status"), r.Text("decisionText")) : default));
        // Under a right to charge nothing is paid back, of no instalment either.
        Assert.Equal((300_000.5m, 0m), ((await host.Officer.Get($"{path}/grant")).Is(200).At("instalments.0") is var charged ? (charged.Number("usedComputed"), charged.Number("repaidComputed")) : default));
        Assert.Equal((300_000.5m, 0m, 0m), ((await host.Officer.Get($"{path}/grant")).Is(200).At("balances") is var b ? (b.Number("used"), b.Number("received"), b.Number("remaining")) : default));
    }

    [Fact]
    public async Task A_returned_report_counts_no_more_and_a_newer_version_takes_its_place()
    {
        var path = await Boards2024.Attested(host);
        Assert.Equal("returned", (await Coordinator.Post($"{path}/grant/allocation-reports/1/return", new { reason = "Fel belopp" })).Is(200).Text("status"));
        Assert.Equal(0, (await host.Officer.Get($"{path}/grant/compilation?year=2024")).Is(200).Number("total.spent"));
        Assert.Equal(2, (await Uppsala.Post($"{path}/grant/allocation-reports", Boards2024.Report(200_000))).Is(201).Number("version"));
        (await UppsalaApprover.Post($"{path}/grant/allocation-reports/2/attestation")).Is(200);
        Assert.Equal(200_000, (await host.Officer.Get($"{path}/grant/compilation?year=2024")).Is(200).Number("total.spent"));
    }

    [Fact]
    public async Task The_compilation_adds_up_every_way_and_tells_who_has_not_reported()
    {
        var path = await Boards2024.Attested(host);
        var compiled = (await host.Officer.Get($"{path}/grant/compilation?year=2024")).Is(200);
        compiled.Has("""
            year:number byCategory.0.category:string byCategory.0.title:string byCategory.0.allocated:number byCategory.0.spent:number byCategory.0.left:number byAppropriation.0.appropriation.item:string
            byParty.0.party:string byParty.0.reported:boolean total.allocated:number total.spent:number total.left:number notReported:array
            """);
        foreach (var way in new[] { "byCategory", "byAppropriation", "byParty" })
            Assert.Equal((8_200_000m, 300_000.5m, 7_899_999.5m), (Sum(compiled, way, "allocated"), Sum(compiled, way, "spent"), Sum(compiled, way, "left")));
        Assert.Equal(20, compiled.At("notReported").GetArrayLength());
        Assert.Equal(0, (await host.Officer.Get($"{path}/grant/compilation")).Is(200).Number("total.allocated"));
        (await host.Officer.Get($"{path}/grant/compilation?year=nu")).IsProblem(400, "bad-request");

        static decimal Sum(JsonElement of, string way, string name) => of.At(way).EnumerateArray().Sum(row => row.Number(name));
    }

    [Fact]
    public async Task A_sub_recipient_sees_its_own_and_no_total_and_no_one_sees_a_draft_of_another_s()
    {
        var path = await Boards2024.Attested(host);
        (await Uppsala.Post($"{path}/grant/allocation-reports", Boards2024.Report(1))).Is(201);
        (await Örebro.Post($"{path}/grant/allocations", new { amount = 10, year = 2024, reference = "Beslut 2", party = "LST-Y" })).Is(201);
        var other = host.As("finance@LST-D");

        Assert.Equal("LST-D", Assert.Single((await other.Get($"{path}/grant/allocations")).Is(200).At("items.0.parts").EnumerateArray()).Text("party"));
        Assert.Single(await other.All($"{path}/grant/allocations"));
        (await other.Get($"{path}/grant/allocations/2")).IsProblem(404, "no-such-allocation");
        Assert.Empty(await other.All($"{path}/grant/allocation-reports"));
        (await other.Get($"{path}/grant/allocation-reports/1")).IsProblem(404, "no-such-allocation-report");
        var compiled = (await other.Get($"{path}/grant/compilation?year=2024")).Is(200);
        Assert.Equal((0m, 341_666.67m, "LST-D", "LST-D"), (compiled.Number("total.spent"), compiled.Number("total.allocated"), Assert.Single(compiled.At("byParty").EnumerateArray()).Text("party"), Assert.Single(compiled.At("notReported").EnumerateArray()).GetString()));
        Assert.Empty((await other.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray());
        (await other.Get($"{path}/events")).IsProblem(403, "forbidden");

        Assert.Equal(2, (await Uppsala.All($"{path}/grant/allocation-reports")).Count);
        foreach (var whole in new[] { Dalarna, Örebro, Coordinator, host.As("project-lead@LST-F"), host.Officer })
        {
            Assert.Equal(["attested"], (await whole.All($"{path}/grant/allocation-reports")).Select(r => r.Text("status")));
            Assert.Equal(2, (await whole.All($"{path}/grant/allocations")).Count);
        }
        Assert.Equal(JsonValueKind.Null, (await host.Officer.All($"{path}/events")).Last(e => e.Text("type") == "allocation-report-prepared").At("data").ValueKind);
        Assert.Empty(await host.As("reader@LST-C").All($"{path}/grant/allocation-reports"));
        (await host.As("finance@LST-XX").Get(path)).IsProblem(404, "no-such-agreement");
    }

    [Fact]
    public async Task Whatever_another_board_reports_a_sub_recipient_sees_the_same()
    {
        // Two agreements that differ only in what Uppsala has reported: Södermanland can't tell them apart.
        var (little, much) = (await Boards2024.Attested(host), await Boards2024.Allocated(host));
        (await Uppsala.Post($"{much}/grant/allocation-reports", Boards2024.Report(123_456.78m))).Is(201);
        (await UppsalaApprover.Post($"{much}/grant/allocation-reports/1/attestation")).Is(200);
        foreach (var path in new[] { little, much })
        {
            (await host.As("finance@LST-D").Post($"{path}/grant/allocation-reports", Boards2024.Report(10))).Is(201);
            (await host.As("approver@LST-D").Post($"{path}/grant/allocation-reports/2/attestation")).Is(200);
        }
        foreach (var role in new[] { "finance@LST-D", "project-lead@LST-D", "reader@LST-D" })
            foreach (var place in new[] { "", "/grant", "/grant/compilation?year=2024", "/grant/allocations", "/grant/allocation-reports", "/grant/statements", "/grant/adjustments", "/grant/disallowances", "/grant/payments", "/grant/repayments", "/grant/reconciliation", "/grant/settlement" })
            {
                var (one, other) = (await host.As(role).Get($"{little}{place}"), await host.As(role).Get($"{much}{place}"));
                Assert.Equal(one.Status, other.Status);
                Assert.Equal(one.Text.Replace(little[11..], "", StringComparison.Ordinal), other.Text.Replace(much[11..], "", StringComparison.Ordinal));
            }
        var grant = (await host.As("finance@LST-D").Get($"{little}/grant")).Is(200);
        grant.Has("balances.used:number balances.remaining:null balances.repaid:null balances.rounding:null instalments.0.usedComputed:null");
        Assert.Equal((10m, 10m), (grant.Number("balances.used"), grant.At("costs").EnumerateArray().Sum(cost => cost.Number("amount"))));
        (await host.As("finance@LST-D").Get(little)).Is(200).Has("grant.decided:number grant.used:null grant.remaining:null");
        (await host.As("finance@LST-D").Get($"{little}/grant/settlement")).IsProblem(403, "forbidden");
        var listed = (await host.As("finance@LST-D").All("agreements")).Single(it => little.EndsWith(it.Text("id")!, StringComparison.Ordinal));
        listed.Has("grant.decided:number grant.used:null");
    }

    [Fact]
    public async Task A_report_above_what_was_allocated_is_not_accepted()
    {
        var path = await Boards2024.Allocated(host);
        (await Uppsala.Post($"{path}/grant/allocation-reports", Boards2024.Report(99_000_000))).Is(201);
        (await UppsalaApprover.Post($"{path}/grant/allocation-reports/1/attestation")).Is(200);
        var refused = await Coordinator.Post($"{path}/grant/allocation-reports/1/acceptance", new { });
        refused.IsProblem(409, "report-exceeds-allocated");
        Assert.Contains("341", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_right_to_charge_nothing_is_requisitioned_paid_or_paid_back()
    {
        var path = await Boards2024.Allocated(host);
        (await Örebro.Post($"{path}/grant/requisitions", new { instalment = "motverka-rasism", amount = 1, bankgiro = "5050-1055", reference = "x" })).IsProblem(409, "transfer-disposition-right");
        (await Örebro.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 1, reference = "x" })).IsProblem(409, "transfer-disposition-right");
        (await Örebro.Post($"{path}/grant/repayments", new { amount = 1, reference = "x" })).IsProblem(409, "transfer-disposition-right");
        var terms = Boards2024.Terms();
        terms["grant"]!["instalments"]![0]!["requisitionDueOn"] = "2024-09-01";
        (await host.Officer.Post("agreements?sure=true", terms)).IsProblem(422, "transfer-disposition-right");
    }

    [Fact]
    public async Task The_reconciliation_holds_the_parts_and_the_reports_against_each_other()
    {
        var path = await Boards2024.Attested(host);
        var outcomes = (await Dalarna.Get($"{path}/grant/reconciliation")).Is(200).At("checks").EnumerateArray().ToDictionary(check => check.Text("rule")!, check => check.Text("outcome"));
        foreach (var rule in new[] { "allocations-add-up", "spend-within-allocated", "compiled-both-ways", "sharers-have-reported" })
            Assert.Equal("ok", outcomes[rule]);
    }

    [Theory]
    [InlineData("duties", "king", 422)]
    [InlineData("role", "sub-recipient", 201)]
    public async Task Terms_name_duties_that_exist(string field, string value, int status)
    {
        var terms = Boards2024.Terms();
        terms["parties"]![2]![field] = field == "duties" ? new JsonArray(value) : value;
        Assert.Equal(status, (await host.Officer.Post("agreements?sure=true", terms)).Status);
    }

    [Theory]
    [InlineData("admin@LST-C")]
    [InlineData("auditor@LST-C")]
    [InlineData("finance@lst c")]
    [InlineData("finance@")]
    [InlineData("king@LST-C")]
    public async Task Only_roles_of_a_party_have_namesakes_in_other_parties(string role) => (await host.As(role).Get("agreements")).Says401();
}
