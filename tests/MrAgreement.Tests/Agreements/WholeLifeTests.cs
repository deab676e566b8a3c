using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Agreements;

public class WholeLifeTests
{
    [Fact]
    public void The_2014_agreement_lives_from_signature_to_closure()
    {
        var story = Story.Of2014();
        Pay(story, 1, "2014", "2014-08-15");
        story.Until("2015-01-20").Given(Officer, Release("2015", "2015-09-01")).Submitted("mapping-report").Until("2015-01-30").Accepted("mapping-report")
            .Until("2015-03-20").Completed("mapping-discussion").Until("2015-04-20");
        Assert.Equal(["action-plan"], Overdue(story));
        story.Submitted("action-plan").Accepted("action-plan")
            .Until("2015-05-20").Completed("annual-consultation-2015").Given(Officer, new ConfirmCompletion("annual-consultation-2015"));
        Pay(story, 2, "2015", "2015-08-15");
        story.Until("2016-01-20").Given(Officer, Release("2016", "2016-09-01"));
        foreach (var year in new[] { "2016", "2017" })
        {
            story.Until($"{year}-04-01").Given(ProjectLead, new ScheduleObligation($"annual-consultation-{year}", Day($"{year}-05-12")))
                .Until($"{year}-05-02").Submitted($"follow-up-report-{year}").Submitted($"financial-statement-{year}", Finance)
                .Accepted($"follow-up-report-{year}").Accepted($"financial-statement-{year}")
                .Until($"{year}-05-13").Completed($"annual-consultation-{year}", $"{year}-05-12");
            if (year == "2016")
                Pay(story, 3, "2016", "2016-08-15");
        }
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["grant-payment"]));

        story.Until("2017-08-20").Given(Finance, Adjustment(AdjustmentKind.Correction, "11687549.50", "Kostnader enligt huvudboken")).Given(Approver, new AttestAdjustment(1))
            .Submitted("final-accounts", Finance).Submitted("final-report").Accepted("final-report").Accepted("final-accounts")
            .Given(Finance, new PrepareRepayment(Kr("312451"), "MR 2014 åter")).Given(Approver, new AttestRepayment(1))
            .Given(Payer, PaymentBack("312451", "2017-08-20"))
            .Given(Finance, Adjustment(AdjustmentKind.Rounding, "0.50", "Öresavrundning")).Given(Approver, new AttestAdjustment(2));
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["repayment"]));
        Assert.Equal(new Balances(Kr("12000000"), Kr("0"), Kr("12000000"), Kr("11687549.5"), Kr("312451"), Kr("0.5"), Kr("0"), Costs: Kr("11687549.5")), story.Dossier.Grant.Balances);

        story.When(Officer, new CloseAgreement()).ThenFaults(("/obligations/coordination-group", "obligation-remains"), ("/obligations/government-report", "obligation-remains"));
        story.Until("2017-11-01").Submitted("government-report", Officer).Completed("coordination-group")
            .When(Officer, new CloseAgreement(IsSure: false)).ThenFaults(("/sure", "closing-unconfirmed"));
        story.When(Officer, new CloseAgreement()).Then(new AgreementClosed());
        Assert.Equal(new Closing(Day("2017-11-01"), Officer.Id), story.Agreement.Closed);
        story.When(Officer, new CloseAgreement(IsSure: false)).ThenNothing();
        Assert.Empty(Overdue(story));
        Assert.Distinct(story.Agreement.InOrder.SelectMany(o => o.Reminders.Select(r => (o.Key, r.Rung, r.DueOn))));
    }

    static void Pay(Story story, int number, string instalment, string day) => story.Until(day)
        .Given(Finance, Requisition(instalment, reference: $"MR {instalment}")).Given(Approver, new AttestRequisition(number)).Given(Finance, new DispatchRequisition(number))
        .Given(Payer, new ReceiveRequisition(number), Payment("4000000", day, $"KAMK {number}")).Given(Finance, Payment("4000000", day, $"Bg {number}"));

    static IEnumerable<string> Overdue(Story story) => story.Agreement.InOrder.Where(o => o.IsOverdue(story.Today)).Select(o => o.Key);
}
