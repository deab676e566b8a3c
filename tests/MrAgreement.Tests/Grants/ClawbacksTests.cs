using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

/// <summary>A clawback has a day of its own, and an agreement's closing does not end what is owed.</summary>
public class ClawbacksTests
{
    static DisallowCosts Claim(string amount, string on, string? repayBy) => new(Kr(amount), Day(on), $"Beslut {on}", "Saknar underlag", repayBy is null ? null : Day(repayBy), null);

    // 4 000 000 received, 3 000 000 used by accepted final accounts, and the rest paid back in time.
    static Story Settled() => Story.Of2014().Until("2017-08-20").Given(Payer, Payment("4000000", "2014-09-05")).Spent("3000000")
        .Submitted("final-accounts", Finance).Accepted("final-accounts").Given(Payer, PaymentBack("1000000", "2017-08-20"));

    static Story Closed()
    {
        var story = Settled();
        foreach (var instalment in new[] { "2015", "2016" })
            story.Given(Officer, new LapseInstalment(instalment, "Inga medel"));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled).ToList())
            story.Given(Officer, new WaiveObligation(left.Key, "Avslutas", "A1"));
        return story.Given(Officer, new CloseAgreement());
    }

    static MrAgreement.Reconciliations.Outcome InTime(Story story) => Reconciliation.Of(story.Dossier, story.Today).Single(c => c.Rule == "repaid-in-time").Outcome;

    [Fact]
    public void Its_day_is_the_repayment_s_from_its_decision_on()
    {
        var story = Settled().Until("2017-09-15").Given(Officer, Claim("100000", "2017-09-15", "2017-10-31"));
        Assert.Equal((ObligationStatus.Open, Day("2017-10-31"), false), (story.Agreement.StatusOf(story["repayment"]), story["repayment"].EffectiveDueOn!.Value, story["repayment"].IsOverdue(story.Today)));
        Assert.Equal((Day("2017-10-31"), MrAgreement.Reconciliations.Outcome.Ok), (Settlement.DueOn(story.Dossier)!.Value, InTime(story)));
        var before = story["repayment"].Reminders.Count;

        story.Until("2017-11-02");
        Assert.Equal([-30, -14, -7, -1, 1], story["repayment"].Reminders.Skip(before).Select(r => r.Rung));
        Assert.Equal((true, MrAgreement.Reconciliations.Outcome.Error), (story["repayment"].IsOverdue(story.Today), InTime(story)));

        story.Given(Payer, PaymentBack("100000", "2017-10-31", "ÅTER 2"));
        Assert.Equal((ObligationStatus.Done, MrAgreement.Reconciliations.Outcome.Ok), (story.Agreement.StatusOf(story["repayment"]), InTime(story)));
    }

    [Fact]
    public void An_extension_stays_with_its_part_while_a_sooner_one_comes_first()
    {
        var story = Settled().Until("2017-09-15").Given(Officer, Claim("100000", "2017-09-15", "2017-10-31"), new ExtendObligation("repayment", Day("2017-12-29"), "B2"));
        story.Given(Officer, Claim("50", "2017-09-15", "2017-11-30") with { Reference = "Beslut 2" });
        Assert.Equal([new RepaymentPart(Kr("50"), Day("2017-11-30"), 2), new RepaymentPart(Kr("100000"), Day("2017-12-29"), 1)], Settlement.Outstanding(story.Dossier));
        Assert.Equal((2, Day("2017-11-30")), (story["repayment"].Claimed!.Value, story["repayment"].EffectiveDueOn!.Value));

        story.Given(Payer, PaymentBack("50", "2017-09-15", "ÅTER 2"));
        Assert.Equal((1, Day("2017-12-29"), false), (story["repayment"].Claimed!.Value, story["repayment"].EffectiveDueOn!.Value, story["repayment"].HasClaimedDay));
        Assert.Equal([new RepaymentPart(Kr("100000"), Day("2017-12-29"), 1)], Settlement.Outstanding(story.Dossier));
    }

    [Fact]
    public void What_was_paid_back_before_a_claim_makes_no_later_payment_of_it_come_in_time()
    {
        var story = Settled().Given(Officer, Claim("500", "2017-08-20", "2017-08-25")).Until("2017-08-29").Given(Payer, PaymentBack("500", "2017-08-29", "ÅTER 2"));
        Assert.Equal(["ÅTER 2"], Settlement.Late(story.Dossier).Select(payment => payment.Reference));
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Warning, InTime(story));
    }

    [Fact]
    public void Before_the_final_accounts_too_its_day_is_the_repayment_s_and_no_old_one()
    {
        var story = Story.Of2014().Until("2017-08-20").Given(Payer, Payment("4000000", "2014-09-05")).Spent("4000000").Until("2020-02-16").Given(Officer, Claim("100000", "2020-02-16", "2020-05-31"));
        Assert.Equal((Day("2020-05-31"), Day("2020-05-31"), false), (story["repayment"].EffectiveDueOn!.Value, Settlement.DueOn(story.Dossier)!.Value, story["repayment"].IsOverdue(story.Today)));
        var turn = Assert.Single(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.RepayClaimed);
        Assert.Equal((Day("2020-05-31"), Kr("100000"), Role.Finance), (turn.DueOn!.Value, turn.Amount!.Value, turn.Role));
        var before = story["repayment"].Reminders.Count;

        story.Until("2020-06-02");
        Assert.Equal([-90, -30, -14, -7, -1, 1], story["repayment"].Reminders.Skip(before).Select(r => r.Rung));

        // Paid back, the agreed day is the next again; it is not done before the final accounts.
        story.Given(Payer, PaymentBack("100000", "2020-06-02"));
        Assert.Equal((Day("2017-09-01"), null), (story["repayment"].EffectiveDueOn!.Value, story["repayment"].FulfilledOn));
        Assert.DoesNotContain(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.RepayClaimed);
        story.Submitted("final-accounts", Finance).Accepted("final-accounts");
        Assert.Equal(Day("2020-06-02"), story["repayment"].FulfilledOn);
    }

    [Fact]
    public void What_was_unspent_keeps_its_own_day_beside_it()
    {
        var story = Story.Of2014().Until("2017-08-20").Given(Payer, Payment("4000000", "2014-09-05")).Spent("3000000")
            .Submitted("final-accounts", Finance).Accepted("final-accounts").Given(Officer, Claim("100000", "2017-08-20", "2017-10-31"));
        Assert.Equal((Day("2017-09-01"), Day("2017-09-01")), (story["repayment"].EffectiveDueOn!.Value, Settlement.DueOn(story.Dossier)!.Value));

        story.Until("2017-08-25").Given(Payer, PaymentBack("1000000", "2017-08-25"));
        Assert.Equal((Day("2017-10-31"), Day("2017-10-31")), (story["repayment"].EffectiveDueOn!.Value, Settlement.DueOn(story.Dossier)!.Value));

        // An extension is the newest decision on it.
        story.Given(Officer, new ExtendObligation("repayment", Day("2017-11-30"), "B2"));
        Assert.Equal((Day("2017-11-30"), Day("2017-11-30")), (story["repayment"].EffectiveDueOn!.Value, Settlement.DueOn(story.Dossier)!.Value));
    }

    [Fact]
    public void Whose_day_it_is_is_known()
    {
        bool Claimed(Story story) => story["repayment"].HasClaimedDay;
        var story = Settled().Until("2017-09-15").Given(Officer, Claim("100000", "2017-09-15", "2017-10-31"));
        Assert.True(Claimed(story));
        Assert.Equal((1, Day("2017-10-31")), (story["repayment"].Claimed!.Value, story["repayment"].ClaimedDueOn!.Value));

        // The extension's day, also where it is the same.
        Assert.False(Claimed(Settled().Until("2017-09-15").Given(Officer, Claim("100000", "2017-09-15", "2017-10-31"), new ExtendObligation("repayment", Day("2017-10-31"), "B2"))));
        Assert.False(Claimed(Settled().Until("2017-09-15").Given(Officer, Claim("100000", "2017-09-15", "2017-10-31"), new ExtendObligation("repayment", Day("2017-11-30"), "B2"))));

        story.Given(Officer, new WithdrawDisallowance(1, "Fel"));
        Assert.Equal((false, null), (Claimed(story), story["repayment"].ClaimedDueOn));

        // Once the first is paid it is the next one's.
        story = Settled().Until("2017-09-15").Given(Officer, Claim("100000", "2017-09-15", "2017-10-31"), Claim("300", "2017-09-15", "2017-11-30"));
        Assert.Equal((true, 1), (Claimed(story), story["repayment"].Claimed!.Value));
        story.Given(Payer, PaymentBack("100000", "2017-09-15", "ÅTER 2"));
        Assert.Equal((true, 2, Day("2017-11-30")), (Claimed(story), story["repayment"].Claimed!.Value, story["repayment"].ClaimedDueOn!.Value));
    }

    [Fact]
    public void Interest_runs_on_each_part_from_its_own_day()
    {
        var story = Story.Signed(Books.With(g => g with { Interest = InterestRule.Räntelagen6 })).On("2017-08-20").Given(Payer, Payment("730000", "2014-09-10")).Spent("365000")
            .Submitted("final-accounts", Finance).Given(Officer, Claim("365000", "2017-08-20", "2017-09-21"));
        // 7,5 % of 365 000 kr is 75 kr a day: on the one part from 2 September, on both from 22 September.
        Assert.Equal(("1500", "2250"), (Settlement.Interest(story.Dossier, Day("2017-09-21")).ToString(), Settlement.Interest(story.Dossier, Day("2017-09-26")).ToString()));
    }

    [Fact]
    public void After_the_closing_it_reopens_the_settlement_until_the_balance_is_zero_again()
    {
        var story = Closed().Until("2018-03-01");
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));

        story.Given(Officer, Claim("100000", "2018-03-01", "2018-05-31"));
        Assert.Contains("settlement-reopened", story.Log.Select(row => row.Type));
        Assert.Equal((AgreementStatus.Active, "100000", Day("2018-05-31")), (story.Agreement.Status, story.Dossier.Grant.Balances.Remaining.ToString(), story["repayment"].EffectiveDueOn!.Value));
        Assert.Equal(ObligationStatus.Open, story.Agreement.StatusOf(story["repayment"]));
        story.When(Officer, new CloseAgreement()).ThenRefused("agreement-not-settled");
        story.When(Officer, new WaiveObligation("repayment", "Nej", "A2")).ThenRefused("settlement-only");
        story.When(Finance, Requisition()).ThenRefused("settlement-only");
        Assert.Contains(WorkList.Of(story.Dossier), turn => turn.Work == WorkKind.Repay);

        var before = story["repayment"].Reminders.Count;
        story.Until("2018-06-02");
        Assert.Equal([-90, -30, -14, -7, -1, 1], story["repayment"].Reminders.Skip(before).Select(r => r.Rung));
        Assert.Equal(["repayment"], story.Log.Skip(story.Log.FindIndex(row => row.Type == "settlement-reopened")).Where(row => row.Type == "reminder-sent")
            .Select(row => ((ReminderSent)EventJson.Read(row.Type, row.Data!)).Obligation).Distinct());

        story.Given(Finance, new PrepareRepayment(Kr("100000"), "ÅTER 2")).Given(Approver, new AttestRepayment(1)).Given(Payer, PaymentBack("100000", "2018-06-02", "ÅTER 2"));
        story.Given(Officer, new CloseAgreement());
        Assert.Equal((AgreementStatus.Closed, Day("2018-06-02")), (story.Agreement.Status, story.Agreement.Closed!.On));
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void One_that_leaves_nothing_to_pay_back_reopens_nothing()
    {
        var story = Story.Of2014().On("2017-08-20").Given(Payer, Payment("1000", "2014-09-05")).Spent("1200").Submitted("final-accounts", Finance).Accepted("final-accounts");
        foreach (var instalment in new[] { "2015", "2016" })
            story.Given(Officer, new LapseInstalment(instalment, "Inga medel"));
        foreach (var left in story.Agreement.InOrder.Where(o => !o.IsSettled).ToList())
            story.Given(Officer, new WaiveObligation(left.Key, "Avslutas", "A1"));
        story.Given(Officer, new CloseAgreement(), Claim("200", "2017-08-20", null));
        Assert.Equal(AgreementStatus.Closed, story.Agreement.Status);
    }

    [Fact]
    public void Without_a_day_after_the_repayment_s_it_is_due_in_thirty_days()
    {
        var story = Closed().Until("2018-03-01").Given(Officer, Claim("100000", "2018-03-01", null));
        Assert.Equal(Day("2018-03-31"), story["repayment"].EffectiveDueOn);
    }

    [Fact]
    public void A_waived_repayment_is_owed_again_by_a_clawback()
    {
        var story = Story.Of2014().On("2017-08-20").Given(Payer, Payment("1000", "2014-09-05")).Spent("1000").Given(Officer, new WaiveObligation("repayment", "Inget kvar", "A1"))
            .Submitted("final-accounts", Finance).Accepted("final-accounts").Given(Officer, Claim("100", "2017-08-20", "2017-10-31"));
        Assert.Equal((ObligationStatus.Open, Day("2017-10-31")), (story.Agreement.StatusOf(story["repayment"]), story["repayment"].EffectiveDueOn!.Value));
    }
}
