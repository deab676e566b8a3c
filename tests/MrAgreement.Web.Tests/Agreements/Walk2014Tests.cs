using System.Globalization;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Messages;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>The real agreement from signature to closure by its own terms, over HTTP, as the people of its parties; what they wrote is made up.</summary>
public class Walk2014Tests(Azurite azurite)
{
    // Every reminder of the whole walk: obligation, the effective date it reminds of, its rungs.
    const string Reminders = """
        requisition-2014 2014-09-01: -30 -14
        mapping-report 2015-02-01: -90 -30 -14 -7 -1 1
        mapping-report 2015-02-24: -7
        mapping-discussion 2015-04-15: -90
        action-plan 2015-04-15: -90 -30 -14 -7 -1
        annual-consultation-2015 2015-05-31: -90 -30 -14
        requisition-2015 2015-09-01: -90 -30 -14 -7
        annual-consultation-2016 2016-05-31: -90 -30 -14 -7
        follow-up-report-2016 2016-05-31: -90
        follow-up-report-2016 2016-05-20: -30
        financial-statement-2016 2016-05-31: -90
        financial-statement-2016 2016-05-20: -30 -14
        financial-statement-2016 2016-05-24: -7
        requisition-2016 2016-09-01: -90
        annual-consultation-2017 2017-05-31: -90 -30 -14 -7 -1 1 7
        follow-up-report-2017 2017-05-31: -90 -30 -14 -7 -1 1
        financial-statement-2017 2017-05-31: -90 -30 -14 -7 -1 1
        financial-statement-2017 2017-06-30: -14
        final-report 2017-09-01: -90 -30 -14 -7
        final-accounts 2017-09-01: -90 -30 -14 -7
        repayment 2017-09-01: -90 -30 -14 -7 -1 1
        """;

    [Theory]
    [InlineData(Store.Folder)]
    [InlineData(Store.Account)]
    public async Task The_agreement_of_2014_is_carried_out_and_closed(Store store)
    {
        await using var host = await RunningHost.Start("2014-06-13", storage: azurite.For(store));
        var walk = await Walk2014.Begin(host);
        await It_is_drafted_and_signed(walk);
        await The_first_instalment_is_requisitioned_and_paid(walk);
        await The_mapping_report_is_late_and_returned_once(walk);
        await The_plan_follows_and_the_first_consultation_is_held(walk);
        await The_second_instalment_is_refused_once_and_paid(walk);
        await The_second_consultation_moves_and_takes_the_reports_with_it(walk);
        await The_third_consultation_is_late(walk);
        await Final_report_accounts_and_repayment_settle_it(walk);
        await What_has_been_stays_to_be_seen(walk);
        await Every_reminder_went_out_once_at_its_hour(walk);
        await Mail2014.Reaches_each_mailbox_though_the_server_fails(host, walk);
    }

    static async Task It_is_drafted_and_signed(Walk2014 walk)
    {
        var draft = await walk.Show();
        Assert.Equal(("A2014/2289/DISK", "draft"), (draft.Text("diaryNumber"), draft.Text("status")));
        Assert.True(draft.IsNull("nextDeadline"));
        (await walk.Reader.Get(walk.Path)).IsProblem(404, "no-such-agreement");
        (await walk.Post(walk.Officer, "obligations/mapping-report/waiver", new { reason = "Nej", reference = "A2014/1" })).IsProblem(409, "agreement-not-signed");
        foreach (var other in new[] { walk.Lead, walk.Finance, walk.Approver, walk.Payer, walk.Admin })
            (await walk.Post(other, "signature", Posted.Signature())).IsProblem(403, "forbidden");

        var signed = (await walk.Post(walk.Officer, "signature", Posted.Signature())).Is(200);
        Assert.Equal(("active", "2014-06-13"), (signed.Text("status"), signed.Text("signature.signedOn")));
        Assert.Equal(("requisition-2014", "2014-09-01"), (signed.Text("nextDeadline.obligation"), signed.Text("nextDeadline.dueOn")));
        (await walk.Post(walk.Officer, "signature", Posted.Signature())).IsProblem(409, "already-signed");

        var obligations = (await walk.Lead.All($"{walk.Path}/obligations")).Select(o => $"{o.Text("key")} {o.Text("kind")} {o.Text("dueOn") ?? "-"} {o.Text("status")}");
        Assert.Equal(
            """
            mapping-report deliverable 2015-02-01 open
            mapping-discussion joint 2015-04-15 waiting
            review-bodies-information continuous - open
            action-plan deliverable 2015-04-15 waiting
            coordination-group joint - open
            annual-consultation-2015 joint 2015-05-31 waiting
            annual-consultation-2016 joint 2016-05-31 waiting
            annual-consultation-2017 joint 2017-05-31 waiting
            follow-up-report-2016 deliverable 2016-05-31 waiting
            follow-up-report-2017 deliverable 2017-05-31 waiting
            financial-statement-2016 deliverable 2016-05-31 waiting
            financial-statement-2017 deliverable 2017-05-31 waiting
            documentation continuous - open
            dissemination continuous - open
            grant-payment payment - waiting
            final-report deliverable 2017-09-01 waiting
            government-report deliverable - waiting
            final-accounts deliverable 2017-09-01 open
            repayment repayment 2017-09-01 waiting
            experience-used continuous - open
            requisition-2014 requisition 2014-09-01 open
            """, string.Join('\n', obligations));
        Assert.Equal("2015-02-01", (await walk.Obligation("mapping-report")).Text("effectiveDueOn"));
        await walk.Balances(decided: 4_000_000, conditional: 8_000_000, received: 0, used: 0, repaid: 0, remaining: 0);
    }

    static async Task The_first_instalment_is_requisitioned_and_paid(Walk2014 walk)
    {
        await walk.Until("2014-08-20");
        (await walk.Post(walk.Lead, "grant/requisitions", Posted.Requisition("2014", 4_000_000))).IsProblem(403, "forbidden");
        (await walk.Post(walk.Finance, "grant/requisitions", Posted.Requisition("2014", 4_000_000.01m))).IsProblem(409, "requisition-exceeds-instalment");
        (await walk.Post(walk.Finance, "grant/requisitions", Posted.Requisition("2015", 4_000_000))).IsProblem(409, "instalment-conditional");
        var prepared = (await walk.Post(walk.Finance, "grant/requisitions", Posted.Requisition("2014", 4_000_000))).Is(201);
        Assert.Equal((1, "prepared"), ((int)prepared.Number("number"), prepared.Text("status")));
        (await walk.Post(walk.Finance, "grant/requisitions/1/attestation")).IsProblem(403, "forbidden");
        (await walk.Post(walk.Finance, "grant/requisitions/1/dispatch")).IsProblem(409, "requisition-not-attested");
        (await walk.Post(walk.Approver, "grant/requisitions/1/attestation")).Is(200);
        (await walk.Post(walk.Payer, "grant/requisitions/1/receipt")).IsProblem(409, "requisition-not-dispatched");
        (await walk.Post(walk.Finance, "grant/requisitions/1/dispatch")).Is(200);
        Assert.Equal("done", (await walk.Obligation("requisition-2014")).Text("status"));

        await walk.Until("2014-08-25");
        (await walk.Post(walk.Payer, "grant/requisitions/1/receipt")).Is(200);
        await walk.Until("2014-09-09");
        await walk.Balances(decided: 4_000_000, conditional: 8_000_000, received: 0, used: 0, repaid: 0, remaining: 0);
        await walk.Paid("2014-09-08", "2014-09-09", requisition: 1);
        Assert.Equal("paid", (await walk.Lead.Get($"{walk.Path}/grant/requisitions/1")).Is(200).Text("status"));
        Assert.Single(await walk.Lead.All($"{walk.Path}/grant/payments"));
        await walk.Balances(decided: 4_000_000, conditional: 8_000_000, received: 4_000_000, used: 0, repaid: 0, remaining: 4_000_000);
    }

    static async Task The_mapping_report_is_late_and_returned_once(Walk2014 walk)
    {
        // The deadline's day, a Sunday, ends at midnight in Stockholm.
        Assert.Equal(0, await walk.Until("2015-02-01T22:59:59Z"));
        Assert.False((await walk.Obligation("mapping-report")).Flag("overdue"));
        Assert.Equal(1, await walk.Until("2015-02-01T23:00:00Z"));
        var late = await walk.Obligation("mapping-report");
        Assert.Equal((true, 1, "open"), (late.Flag("overdue"), (int)late.Number("overdueDays"), late.Text("status")));

        await walk.Until("2015-02-03");
        Assert.Equal(1, (await walk.Show()).Number("overdueCount"));
        Assert.Equal(["mapping-report"], (await walk.Lead.All($"{walk.Path}/obligations?status=overdue")).Select(o => o.Text("key")));
        (await walk.Post(walk.Lead, "obligations/mapping-report/submissions", new { summary = "Utan rapport", documents = Array.Empty<string>() })).IsProblem(422, "documents-missing");
        var first = await walk.Submit(walk.Lead, "mapping-report", "Rapport om kartläggningen", "report");
        Assert.Equal((1, "submitted"), ((int)first.Number("number"), first.Text("status")));
        var submitted = await walk.Obligation("mapping-report");
        Assert.Equal(("submitted", false, true), (submitted.Text("status"), submitted.Flag("overdue"), submitted.Flag("late")));
        (await walk.Post(walk.Lead, "obligations/mapping-report/submissions/1/acceptance", new { })).IsProblem(403, "forbidden");
        (await walk.Post(walk.Payer, "obligations/mapping-report/submissions/1/acceptance", new { })).IsProblem(403, "forbidden");

        await walk.Until("2015-02-10");
        await walk.Return("mapping-report", 1, "2015-02-24");
        var returned = await walk.Obligation("mapping-report");
        Assert.Equal(("returned", "2015-02-24", false), (returned.Text("status"), returned.Text("dueOn"), returned.Flag("overdue")));
        (await walk.Post(walk.Lead, "obligations/mapping-report/submissions", new { summary = "Rapport om kartläggningen", documents = new[] { first.Text("documents.0.id") } }))
            .IsProblem(409, "submission-unchanged");

        await walk.Until("2015-02-20");
        Assert.Equal(2, (await walk.Submit(walk.Lead, "mapping-report", "Rapporten, kompletterad", "report")).Number("number"));
        await walk.Until("2015-02-23");
        await walk.Accept("mapping-report", 2);
        var done = await walk.Obligation("mapping-report");
        Assert.Equal(("done", "2015-02-20", false), (done.Text("status"), done.Text("deliveredOn"), done.Flag("late")));
        Assert.Equal(["returned", "accepted"], done.At("submissions").EnumerateArray().Select(s => s.Text("status")));
    }

    static async Task The_plan_follows_and_the_first_consultation_is_held(Walk2014 walk)
    {
        await walk.Until("2015-02-26");
        var release = new { decidedOn = "2015-02-26", reference = "A2015/477/DISK", riksdagReference = "rskr. 2014/15:66", requisitionDueOn = "2015-09-01" };
        (await walk.Post(walk.Lead, "grant/instalments/2015/release", release)).IsProblem(403, "forbidden");
        Assert.Equal("released", (await walk.Post(walk.Officer, "grant/instalments/2015/release", release)).Is(200).Text("status"));
        Assert.Equal("2015-09-01", (await walk.Obligation("requisition-2015")).Text("dueOn"));
        await walk.Balances(decided: 8_000_000, conditional: 4_000_000, received: 4_000_000, used: 0, repaid: 0, remaining: 4_000_000);

        await walk.Until("2015-03-05");
        var recorded = (await walk.Post(walk.Officer, "obligations/mapping-discussion/completion", new { doneOn = "2015-03-05", note = "Kartläggningen diskuterades." })).Is(200);
        Assert.Equal(("done", false), (recorded.Text("status"), recorded.Flag("completions.0.confirmed")));
        (await walk.Post(walk.Officer, "obligations/mapping-discussion/confirmation")).IsProblem(403, "own-record");
        Assert.True((await walk.Post(walk.Lead, "obligations/mapping-discussion/confirmation")).Is(200).Flag("completions.0.confirmed"));
        await walk.Together("coordination-group", "2015-03-05");

        await walk.Until("2015-04-15");
        await walk.Submit(walk.Lead, "action-plan", "Handlingsplan juni 2015 – juni 2017", "plan");
        Assert.False((await walk.Obligation("action-plan")).Flag("late"));
        await walk.Until("2015-04-20");
        await walk.Accept("action-plan", 1);
        var scheduled = (await walk.Post(walk.Lead, "obligations/annual-consultation-2015/schedule", new { on = "2015-05-21" })).Is(200);
        Assert.Equal(("2015-05-21", "2015-05-31"), (scheduled.Text("scheduledOn"), scheduled.Text("dueOn")));
        await walk.Until("2015-05-21");
        await walk.Together("annual-consultation-2015", "2015-05-21");
        await walk.Informed("2015-05-21");
    }

    static async Task The_second_instalment_is_refused_once_and_paid(Walk2014 walk)
    {
        await walk.Until("2015-08-18");
        await walk.Requisition(2, "2015");
        await walk.Until("2015-08-20");
        (await walk.Post(walk.Finance, "grant/requisitions/2/refusal", new { reason = "Fel konto" })).IsProblem(403, "forbidden");
        Assert.Equal("refused", (await walk.Post(walk.Payer, "grant/requisitions/2/refusal", new { reason = "Beslutets beteckning saknas." })).Is(200).Text("status"));
        Assert.Equal("open", (await walk.Obligation("requisition-2015")).Text("status"));
        await walk.Until("2015-08-26");
        await walk.Requisition(3, "2015");
        await walk.Until("2015-09-08");
        await walk.Paid("2015-09-07", "2015-09-08", requisition: 3);
        await walk.Balances(decided: 8_000_000, conditional: 4_000_000, received: 8_000_000, used: 0, repaid: 0, remaining: 8_000_000);
        Assert.Equal("waiting", (await walk.Obligation("grant-payment", asOf: "2014-08-19")).Text("status"));
        Assert.Equal("open", (await walk.Obligation("grant-payment")).Text("status"));
    }

    static async Task The_second_consultation_moves_and_takes_the_reports_with_it(Walk2014 walk)
    {
        await walk.Until("2016-02-19");
        (await walk.Post(walk.Finance, "grant/adjustments", new { kind = "accrual", amount = 812_450.50m, period = new { from = "2014-01-01", to = "2014-12-31" }, reason = "Enligt bokslutet 2014" })).Is(201);
        await walk.Balances(decided: 8_000_000, conditional: 4_000_000, received: 8_000_000, used: 0, repaid: 0, remaining: 8_000_000);
        (await walk.Post(walk.Approver, "grant/adjustments/1/attestation")).Is(200);
        await walk.Adjust(2, "accrual", 3_274_180.25m, 2015);
        await walk.Balances(decided: 8_000_000, conditional: 4_000_000, received: 8_000_000, used: 4_086_630.75m, repaid: 0, remaining: 3_913_369.25m);

        await walk.Until("2016-02-25");
        var released = (await walk.Post(walk.Officer, "grant/instalments/2016/release", new
        {
            decidedOn = "2016-02-25", reference = "Ku2016/00504/DISK", requisitionDueOn = "2016-09-01", appropriation = new { area = 1, item = "6:1", post = 19 }
        })).Is(200);
        Assert.Equal(19, released.Number("appropriation.post"));
        await walk.Balances(decided: 12_000_000, conditional: 0, received: 8_000_000, used: 4_086_630.75m, repaid: 0, remaining: 3_913_369.25m);

        await walk.Until("2016-04-04");
        (await walk.Post(walk.Officer, "obligations/annual-consultation-2016/schedule", new { on = "2016-05-20" })).Is(200);
        Assert.Equal("2016-05-20", (await walk.Obligation("follow-up-report-2016")).Text("dueOn"));
        await walk.Until("2016-04-22");
        (await walk.Post(walk.Finance, "obligations/follow-up-report-2016/submissions", new { summary = "Rapport", documents = Array.Empty<string>() })).IsProblem(403, "not-financial");
        await walk.Submit(walk.Lead, "follow-up-report-2016", "Rapport inför samrådet 2016", "report");
        await walk.Until("2016-05-10");
        await walk.Submit(walk.Finance, "financial-statement-2016", "Ekonomisk redovisning 2016", "statement");
        await walk.Accept("follow-up-report-2016", 1);

        // It moves again: what is done keeps its date, what is not moves along.
        await walk.Until("2016-05-12");
        (await walk.Post(walk.Lead, "obligations/annual-consultation-2016/schedule", new { on = "2016-05-27" })).Is(200);
        Assert.Equal("2016-05-20", (await walk.Obligation("follow-up-report-2016")).Text("dueOn"));
        Assert.Equal("2016-05-27", (await walk.Obligation("financial-statement-2016")).Text("dueOn"));
        await walk.Until("2016-05-13");
        await walk.Return("financial-statement-2016", 1, "2016-05-24");
        await walk.Until("2016-05-20");
        await walk.Submit(walk.Finance, "financial-statement-2016", "Ekonomisk redovisning 2016, rättad", "statement");
        await walk.Until("2016-05-23");
        await walk.Accept("financial-statement-2016", 2);
        await walk.Until("2016-05-27");
        await walk.Together("annual-consultation-2016", "2016-05-27");

        await walk.Until("2016-06-10");
        await walk.Requisition(4, "2016");
        await walk.Until("2016-06-18");
        await walk.Paid("2016-06-17", "2016-06-18", requisition: 4);
        Assert.Equal("done", (await walk.Obligation("grant-payment")).Text("status"));
        await walk.Balances(decided: 12_000_000, conditional: 0, received: 12_000_000, used: 4_086_630.75m, repaid: 0, remaining: 7_913_369.25m);
    }

    static async Task The_third_consultation_is_late(Walk2014 walk)
    {
        Assert.Equal(3, await walk.Until("2017-06-02"));
        Assert.Equal(["annual-consultation-2017", "follow-up-report-2017", "financial-statement-2017"],
            (await walk.Lead.All($"{walk.Path}/obligations?status=overdue")).Select(o => o.Text("key")));
        (await walk.Post(walk.Lead, "obligations/financial-statement-2017/extension", new { dueOn = "2017-06-30", reference = "Ku2017/1" })).IsProblem(403, "forbidden");
        var extended = (await walk.Post(walk.Officer, "obligations/financial-statement-2017/extension", new { dueOn = "2017-06-30", reference = "Ku2017/1" })).Is(200);
        Assert.Equal(("2017-06-30", false), (extended.Text("dueOn"), extended.Flag("overdue")));
        await walk.Until("2017-06-05");
        await walk.Submit(walk.Lead, "follow-up-report-2017", "Rapport inför samrådet 2017", "report");
        await walk.Until("2017-06-09");
        await walk.Accept("follow-up-report-2017", 1);
        await walk.Together("annual-consultation-2017", "2017-06-09");
        Assert.True((await walk.Obligation("annual-consultation-2017")).Flag("late"));
        await walk.Until("2017-06-20");
        await walk.Submit(walk.Finance, "financial-statement-2017", "Ekonomisk redovisning 2017", "statement");
        await walk.Until("2017-06-22");
        await walk.Accept("financial-statement-2017", 1);
    }

    static async Task Final_report_accounts_and_repayment_settle_it(Walk2014 walk)
    {
        await walk.Until("2017-08-25");
        await walk.Adjust(3, "accrual", 4_105_300.10m, 2016);
        await walk.Adjust(4, "own-financing", 5_000, 2016);
        await walk.Adjust(5, "accrual", 3_500_618.75m, 2017);
        await walk.Balances(decided: 12_000_000, conditional: 0, received: 12_000_000, used: 11_687_549.60m, repaid: 0, remaining: 312_450.40m);
        Assert.Equal("ledger", (await walk.Lead.Get($"{walk.Path}/grant/settlement")).Is(200).Text("basis"));

        await walk.Until("2017-08-28");
        await walk.Submit(walk.Lead, "final-report", "Slutrapport", "report");
        await walk.Submit(walk.Finance, "final-accounts", "Slutlig ekonomisk redovisning", "accounts");
        var settlement = (await walk.Lead.Get($"{walk.Path}/grant/settlement")).Is(200);
        Assert.Equal(("final-accounts", 12_000_000m, 11_687_549.60m, 312_450.40m, 312_450.40m), (settlement.Text("basis"), settlement.Number("received"),
            settlement.Number("acceptedCosts"), settlement.Number("unspent"), settlement.Number("remaining")));
        Assert.Equal(("2017-09-01", 0m, true), (settlement.Text("dueOn"), settlement.Number("interest.amount"), settlement.Flag("interest.indicative")));

        await walk.Until("2017-08-30");
        (await walk.Post(walk.Finance, "grant/repayments", new { amount = 312_451, reference = "A2014/2289/DISK" })).IsProblem(409, "repayment-exceeds-unspent");
        Assert.Equal("prepared", (await walk.Post(walk.Finance, "grant/repayments", new { amount = 312_450, reference = "A2014/2289/DISK" })).Is(201).Text("status"));
        (await walk.Post(walk.Finance, "grant/repayments/1/attestation")).IsProblem(403, "forbidden");
        Assert.Equal("attested", (await walk.Post(walk.Approver, "grant/repayments/1/attestation")).Is(200).Text("status"));

        Assert.Equal(1, await walk.Until("2017-09-04"));
        await walk.Accept("final-report", 1);
        await walk.Accept("final-accounts", 1);
        Assert.True((await walk.Obligation("repayment")).Flag("overdue"));
        var remains = (await walk.Post(walk.Officer, "closure", new { })).IsProblem(409, "agreement-not-settled");
        Assert.Equal(["/obligations/government-report", "/obligations/repayment", "/grant/balances/remaining"], remains.At("errors").EnumerateArray().Select(e => e.Text("pointer")));

        await walk.Until("2017-09-05");
        Assert.Equal(1, (await walk.Post(walk.Payer, "grant/payments", new { direction = "out", paidOn = "2017-09-05", amount = 312_450, reference = "A2014/2289/DISK" })).Is(201).Number("repayment"));
        Assert.Equal("done", (await walk.Lead.Get($"{walk.Path}/grant/repayments/1")).Is(200).Text("status"));
        await walk.Balances(decided: 12_000_000, conditional: 0, received: 12_000_000, used: 11_687_549.60m, repaid: 312_450, remaining: 0.40m);
        Assert.NotEqual("done", (await walk.Obligation("repayment")).Text("status"));
        (await walk.Post(walk.Finance, "grant/adjustments", new { kind = "rounding", amount = -0.51m, period = new { from = "2017-01-01", to = "2017-12-31" }, reason = "Öresavrundning" })).IsProblem(422, "rounding-too-large");
        await walk.Adjust(6, "rounding", -0.40m, 2017);
        await walk.Balances(decided: 12_000_000, conditional: 0, received: 12_000_000, used: 11_687_549.60m, repaid: 312_450, remaining: 0);
        Assert.Equal("done", (await walk.Obligation("repayment")).Text("status"));

        await walk.Until("2017-10-16");
        await walk.Submit(walk.Officer, "government-report", "Regeringskansliets rapport", "report");
        Assert.Equal("done", (await walk.Obligation("government-report")).Text("status"));
        foreach (var other in new[] { walk.Lead, walk.Finance, walk.Approver, walk.Payer, walk.Admin })
            (await walk.Post(other, "closure", new { })).IsProblem(403, "forbidden");
        Assert.Equal("closed", (await walk.Post(walk.Officer, "closure", new { })).Is(200).Text("status"));
        Assert.Equal("closed", (await walk.Post(walk.Officer, "closure", new { })).Is(200).Text("status"));
        (await walk.Post(walk.Officer, "obligations/documentation/waiver", new { reason = "För sent", reference = "Ku2017/2" })).IsProblem(409, "agreement-closed");
        var sent = walk.RemindersSent;
        Assert.Equal(0, await walk.Until("2018-06-01"));
        Assert.Equal(sent, walk.RemindersSent);
    }

    static async Task What_has_been_stays_to_be_seen(Walk2014 walk)
    {
        (await walk.Lead.Get($"{walk.Path}?asOf=2014-06-12")).IsProblem(404, "no-such-agreement");
        await walk.Balances(4_000_000, 8_000_000, 0, 0, 0, 0, asOf: "2014-06-13");
        await walk.Balances(4_000_000, 8_000_000, 4_000_000, 0, 0, 4_000_000, asOf: "2014-09-09");
        await walk.Balances(8_000_000, 4_000_000, 8_000_000, 4_086_630.75m, 0, 3_913_369.25m, asOf: "2016-02-19");
        Assert.Equal(("active", 0), ((await walk.Show("2015-02-01")).Text("status"), (int)(await walk.Show("2015-02-01")).Number("overdueCount")));
        Assert.Equal(1, (await walk.Show("2015-02-02")).Number("overdueCount"));
        Assert.Equal(0, (await walk.Show("2015-02-03")).Number("overdueCount"));
        Assert.Equal("2016-05-31", (await walk.Obligation("follow-up-report-2016", "2016-04-03")).Text("dueOn"));
        Assert.Equal("2016-05-20", (await walk.Obligation("follow-up-report-2016", "2016-04-04")).Text("dueOn"));
        Assert.Equal("closed", (await walk.Show("2017-10-16")).Text("status"));
        Assert.Equal("active", (await walk.Show("2017-10-15")).Text("status"));
    }

    static async Task Every_reminder_went_out_once_at_its_hour(Walk2014 walk)
    {
        var log = await walk.Log();
        var reminders = log.Where(e => e.Text("type") == "reminder-sent").ToList();
        Assert.Equal(reminders.Count, walk.RemindersSent);
        var sent = reminders.Select(r => (Obligation: r.Text("data.obligation"), DueOn: r.Text("data.dueOn"), Rung: (int)r.Number("data.rung"))).ToList();
        Assert.Equal(sent.Count, sent.Distinct().Count());
        Assert.Equal(
            Reminders.Split('\n').Order(StringComparer.Ordinal),
            sent.GroupBy(r => (r.Obligation, r.DueOn)).Select(g => $"{g.Key.Obligation} {g.Key.DueOn}: {string.Join(' ', g.Select(r => r.Rung.ToString(CultureInfo.InvariantCulture)))}").Order(StringComparer.Ordinal));
        // The simulated clock stood at each one's own hour: 08:00 in Stockholm, summer and winter.
        Assert.All(reminders, r => Assert.Equal(r.Text("data.plannedFor"), r.Text("at")));
        Assert.Equal("2015-01-15T07:00:00Z", reminders.First(r => r.Text("data.obligation") == "action-plan").Text("at"));
        Assert.Equal("2015-04-14T06:00:00Z", reminders.Last(r => r.Text("data.obligation") == "action-plan").Text("at"));
        Assert.Equal(["SKR"], reminders.First(r => r.Text("data.obligation") == "mapping-report").Texts("data.to"));
        Assert.Equal(["SKR", "RK"], reminders.Last(r => r is var it && it.Text("data.obligation") == "mapping-report" && it.Number("data.rung") == 1).Texts("data.to"));

        var proof = (await walk.Admin.Get($"{walk.Path}/events/verification")).Is(200);
        Assert.Equal((true, log.Count, log[^1].Text("hash")), (proof.Flag("valid"), (int)proof.Number("count"), proof.Text("head")));
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(e => (int)e.Number("sequence")));
        (await walk.Lead.Get($"{walk.Path}/events/verification")).IsProblem(403, "forbidden");
    }
}
