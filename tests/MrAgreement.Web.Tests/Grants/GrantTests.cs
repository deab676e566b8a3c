using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>The way of the money over HTTP.</summary>
public class GrantTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    async Task<string> Dispatched()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        return path;
    }

    static object Payment(decimal amount, string direction = "in", string paidOn = "2014-06-13", string reference = "Fi2014/1", int? requisition = null) => new { direction, paidOn, amount, reference, requisition };

    [Fact]
    public async Task The_grant_shows_balances_instalments_and_costs()
    {
        var path = await Posted.Agreement(host);
        (await host.Finance.Post($"{path}/grant/adjustments", new { kind = "accrual", amount = 12.34m, period = new { from = "2014-01-01", to = "2014-06-13" }, reason = "Kostnader" })).Is(201);
        (await host.Approver.Post($"{path}/grant/adjustments/1/attestation")).Is(200);
        var grant = (await host.Lead.Get($"{path}/grant")).Is(200);
        grant.Has("""
            balances.decided:number balances.conditional:number balances.received:number balances.used:number balances.repaid:number balances.remaining:number
            instalments.0.key:string instalments.0.amount:number instalments.0.status:string instalments.0.requisitioned:number instalments.0.received:number
            instalments.0.condition:null instalments.0.requisitionDueOn:string instalments.0.appropriation.area:number instalments.0.appropriation.item:string instalments.0.appropriation.post:number
            instalments.1.condition:string instalments.1.requisitionDueOn:null instalments.1.appropriation:null
            costs.0.category:string costs.0.year:number costs.0.amount:number
            """);
        Assert.Equal(("unassigned", 2014, 12.34m), (grant.Text("costs.0.category"), (int)grant.Number("costs.0.year"), grant.Number("costs.0.amount")));
        Assert.Equal(["decided", "conditional"], grant.At("instalments").EnumerateArray().Select(i => i.Text("status")));
        (await host.Lead.Get($"{path}/grant/settlement")).Is(200).Has("""
            basis:string received:number acceptedCosts:number unspent:number dueOn:string|null interest.rule:string interest.amount:number interest.indicative:boolean repaid:number remaining:number
            """);
    }

    [Fact]
    public async Task After_a_refusal_it_is_said_what_was_tried()
    {
        var path = await Posted.Agreement(host);
        var requisition = $"{path}/grant/requisitions/1";
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        (await host.Approver.Post($"{requisition}/attestation")).Is(200);
        (await host.Finance.Post($"{requisition}/dispatch")).Is(200);
        (await host.Payer.Post($"{requisition}/refusal", new { reason = "Fel konto" })).Is(200);

        Assert.Equal("Rekvisition 1 har statusen ”Avvisad” och kan inte attesteras.", await Said(host.Approver, "attestation"));
        Assert.Equal("Rekvisition 1 har statusen ”Avvisad” och kan inte skickas.", await Said(host.Finance, "dispatch"));
        Assert.Equal("Rekvisition 1 har statusen ”Avvisad” och kan inte tas emot.", await Said(host.Payer, "receipt"));
        Assert.Equal("Rekvisition 1 har statusen ”Avvisad” och kan inte avvisas.", await Said(host.Payer, "refusal", new { reason = "Annat" }));

        async Task<string?> Said(Caller by, string act, object? body = null) => (await by.Post($"{requisition}/{act}", body)).IsProblem(409, "requisition-decided").Text("detail");
    }

    [Fact]
    public async Task A_requisition_is_prepared_attested_dispatched_received_and_paid_in_parts()
    {
        var path = await Posted.Agreement(host);
        var prepared = await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition());
        prepared.Is(201).Has("number:number status:string instalment:string amount:number bankgiro:string plusgiro:null reference:string preparedBy.name:string attestedBy:null dispatchedOn:null receivedOn:null refusalReason:null");
        Assert.Equal(prepared.Text, (await host.Finance.Get(prepared.Location!)).Text);
        Assert.Equal(("attested", "Astrid Alm"), ((await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200) is var a ? (a.Text("status"), a.Text("attestedBy.name")) : default));
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        Assert.Equal(("dispatched", "2014-06-13"), ((await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200) is var d ? (d.Text("status"), d.Text("dispatchedOn")) : default));
        Assert.Equal("received", (await host.Payer.Post($"{path}/grant/requisitions/1/receipt")).Is(200).Text("status"));
        (await host.Payer.Post($"{path}/grant/payments", Payment(1000.51m, requisition: 1))).IsProblem(409, "payment-exceeds-requisition");
        (await host.Payer.Post($"{path}/grant/payments", Payment(400, requisition: 1))).Is(201);
        Assert.Equal("Rekvisition 1 har statusen ”Inkommen” och kan inte avvisas: den är delvis utbetald. Om inget mer ska betalas kan den avslutas.",
            (await host.Payer.Post($"{path}/grant/requisitions/1/refusal", new { reason = "För sent" })).IsProblem(409, "requisition-decided").Text("detail"));
        Assert.Equal(("received", 400m), ((await host.Lead.Get($"{path}/grant/requisitions/1")).Is(200) is var r ? (r.Text("status"), r.Number("received")) : default));
        (await host.Payer.Post($"{path}/grant/payments", Payment(600.50m, requisition: 1))).Is(201);
        Assert.Equal("paid", (await host.Lead.Get($"{path}/grant/requisitions/1")).Is(200).Text("status"));
        Assert.Equal(1000.50m, (await host.Lead.Get($"{path}/grant")).Is(200).Number("balances.received"));
    }

    [Fact]
    public async Task A_payment_recorded_from_both_sides_is_one_payment()
    {
        var path = await Dispatched();
        var paid = await host.Payer.Post($"{path}/grant/payments", Payment(1000.50m));
        paid.Is(201).Has("number:number direction:string paidOn:string amount:number reference:string requisition:number repayment:null recordedBy.name:string confirmed:boolean");
        Assert.Equal((1, false), ((int)paid.Json.Number("requisition"), paid.Json.Flag("confirmed")));
        Assert.Equal(paid.Text, (await host.Payer.Get(paid.Location!)).Text);
        Assert.True((await host.Finance.Post($"{path}/grant/payments", Payment(1000.50m, paidOn: "2014-06-12"))).Is(201).Flag("confirmed"));
        Assert.Single(await host.Lead.All($"{path}/grant/payments"));
        Assert.Equal(1000.50m, (await host.Lead.Get($"{path}/grant")).Is(200).Number("balances.received"));
    }

    [Fact]
    public async Task A_payment_sent_again_is_answered_with_itself_though_another_of_that_amount_came_later()
    {
        var path = await Posted.Agreement(host);
        foreach (var number in new[] { 1, 2 })
        {
            (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition(amount: 500))).Is(201);
            (await host.Approver.Post($"{path}/grant/requisitions/{number}/attestation")).Is(200);
            (await host.Finance.Post($"{path}/grant/requisitions/{number}/dispatch")).Is(200);
        }
        var first = (await host.Payer.Post($"{path}/grant/payments", Payment(500, requisition: 1))).Is(201);
        (await host.Payer.Post($"{path}/grant/payments", Payment(500, requisition: 2))).Is(201);
        Assert.Equal(first.GetRawText(), (await host.Payer.Post($"{path}/grant/payments", Payment(500, requisition: 1))).Is(200).GetRawText());
        Assert.Equal(1000, (await host.Lead.Get($"{path}/grant")).Is(200).Number("balances.received"));
    }

    [Fact]
    public async Task A_reader_sees_how_much_but_not_the_steps_of_the_money()
    {
        var path = await Dispatched();
        (await host.Reader.Get($"{path}/grant")).Is(200);
        Assert.Empty(await host.Reader.All($"{path}/grant/requisitions"));
        (await host.Reader.Get($"{path}/grant/requisitions/1")).IsProblem(404, "no-such-requisition");
    }

    [Fact]
    public async Task A_refused_requisition_frees_its_amount_and_opens_its_obligation_again()
    {
        var path = await Dispatched();
        Assert.Equal(("refused", "Fel konto"), ((await host.Payer.Post($"{path}/grant/requisitions/1/refusal", new { reason = "Fel konto" })).Is(200) is var r ? (r.Text("status"), r.Text("refusalReason")) : default));
        Assert.Equal("open", (await host.Lead.Get($"{path}/obligations/requisition-first")).Is(200).Text("status"));
        var again = (await host.Finance.Post($"{path}/grant/requisitions", new { instalment = "first", amount = 1000.50m, plusgiro = "123456-6", reference = "Fi2014/1" })).Is(201);
        Assert.Equal((2, "123456-6"), ((int)again.Number("number"), again.Text("plusgiro")));
        // Requisitioned is what the payer has been sent; what is prepared is the recipient's own.
        var prepared = (await host.Lead.Get($"{path}/grant")).Is(200);
        Assert.Equal((0m, 1000.50m), (prepared.Number("instalments.0.requisitioned"), prepared.Number("instalments.0.inPreparation")));
        (await host.Payer.Get($"{path}/grant")).Is(200).Has("instalments.0.inPreparation:null");
        (await host.Approver.Post($"{path}/grant/requisitions/2/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/2/dispatch")).Is(200);
        var dispatched = (await host.Lead.Get($"{path}/grant")).Is(200);
        Assert.Equal((1000.50m, 0m), (dispatched.Number("instalments.0.requisitioned"), dispatched.Number("instalments.0.inPreparation")));
    }

    [Fact]
    public async Task A_released_instalment_may_be_requisitioned_and_a_lapsed_one_may_not()
    {
        var path = await Posted.Agreement(host);
        var released = (await host.Officer.Post($"{path}/grant/instalments/second/release", new
        {
            decidedOn = "2014-06-13", reference = "Fi2014/2", riksdagReference = "rskr. 2013/14:1", amount = 900.25m, requisitionDueOn = "2014-10-01",
            appropriation = new { area = 13, item = "4:2" }, repayBy = "2015-03-31", conditions = new List<string> { "Redovisas särskilt." }
        })).Is(200);
        released.Has("release.decidedOn:string release.reference:string release.riksdagReference:string release.repayBy:string release.conditions:array lapseReason:null");
        Assert.Equal(("released", 900.25m, "4:2"), (released.Text("status"), released.Number("amount"), released.Text("appropriation.item")));
        Assert.Equal(("2014-10-01", "2015-03-31"), ((await host.Lead.Get($"{path}/obligations/requisition-second")).Is(200).Text("dueOn"), (await host.Lead.Get($"{path}/obligations/repayment-second")).Is(200).Text("dueOn")));
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition("second", 900.26m))).IsProblem(409, "requisition-exceeds-instalment");

        var other = await Posted.Agreement(host);
        Assert.Equal("Riksdagen anvisade inga medel.", (await host.Officer.Post($"{other}/grant/instalments/second/lapse", new { reason = "Riksdagen anvisade inga medel." })).Is(200).Text("lapseReason"));
        (await host.Finance.Post($"{other}/grant/requisitions", Posted.Requisition("second", 1))).IsProblem(409, "instalment-lapsed");
        Assert.Equal(0, (await host.Lead.Get(other)).Is(200).Number("grant.conditional"));
    }

    [Fact]
    public async Task An_adjustment_counts_when_somebody_else_has_attested_it()
    {
        var path = await Dispatched();
        (await host.Payer.Post($"{path}/grant/payments", Payment(1000.50m))).Is(201);
        var prepared = await host.Finance.Post($"{path}/grant/adjustments", new { kind = "correction", amount = 250.75m, period = new { from = "2014-01-01", to = "2014-06-13" }, voucher = "A 17", reason = "Rättelse" });
        prepared.Is(201).Has("number:number kind:string amount:number period.from:string period.to:string voucher:string reason:string status:string preparedBy.name:string attestedBy:null");
        Assert.Equal(prepared.Text, (await host.Finance.Get(prepared.Location!)).Text);
        Assert.Equal(0, (await host.Lead.Get($"{path}/grant")).Is(200).Number("balances.used"));
        Assert.Equal("attested", (await host.Approver.Post($"{path}/grant/adjustments/1/attestation")).Is(200).Text("status"));
        Assert.Equal((250.75m, 749.75m), ((await host.Lead.Get($"{path}/grant")).Is(200).At("balances") is var b ? (b.Number("used"), b.Number("remaining")) : default));
    }

    [Fact]
    public async Task A_repayment_is_prepared_attested_and_done_when_the_payer_has_it()
    {
        var path = await Dispatched();
        (await host.Payer.Post($"{path}/grant/payments", Payment(1000.50m))).Is(201);
        var prepared = await host.Finance.Post($"{path}/grant/repayments", new { amount = 1000.50m, reference = "Fi2014/1" });
        prepared.Is(201).Has("number:number amount:number reference:string status:string preparedBy.name:string attestedBy:null withdrawnBy:null withdrawalReason:null");
        Assert.Equal(prepared.Text, (await host.Finance.Get(prepared.Location!)).Text);
        Assert.Equal("attested", (await host.Approver.Post($"{path}/grant/repayments/1/attestation")).Is(200).Text("status"));
        Assert.Equal(1, (await host.Payer.Post($"{path}/grant/payments", Payment(1000.50m, "out"))).Is(201).Number("repayment"));
        Assert.Equal("done", (await host.Lead.Get($"{path}/grant/repayments/1")).Is(200).Text("status"));
        Assert.Equal((1000.50m, 0m), ((await host.Lead.Get($"{path}/grant/settlement")).Is(200) is var s ? (s.Number("repaid"), s.Number("remaining")) : default));
    }

    [Fact]
    public async Task A_list_of_money_answers_for_earlier_days_too()
    {
        await using var own = await RunningHost.Start();
        var path = await Posted.Agreement(own);
        (await own.Lead.Post("simulation/clock", new { now = "2014-06-20" })).Is(200);
        (await own.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        Assert.Empty(await own.Lead.All($"{path}/grant/requisitions?asOf=2014-06-19"));
        Assert.Single(await own.Lead.All($"{path}/grant/requisitions?asOf=2014-06-20"));
        (await own.Lead.Get($"{path}/grant/requisitions/1?asOf=2014-06-19")).IsProblem(404, "no-such-requisition");
        Assert.Equal(0, (await own.Lead.Get($"{path}/grant?asOf=2014-06-19")).Is(200).Number("instalments.0.requisitioned"));
    }
}
