using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;
using static MrAgreement.Tests.Reconciliations.Reconciling;

namespace MrAgreement.Tests.Agreements;

/// <summary>What waits for whom.</summary>
public class WorkListTests
{
    [Fact]
    public void What_is_owed_waits_from_the_first_reminder_on_for_the_lead_alone_and_once_late_for_the_party_it_is_owed_to()
    {
        var story = Story.Of2014().On("2014-11-02");
        Assert.DoesNotContain("submit mapping-report", Waiting(story, ProjectLead));

        story.On("2014-11-03");
        Assert.Contains("submit mapping-report", Waiting(story, ProjectLead));
        foreach (var other in new[] { Approver, Finance, Officer })
            Assert.DoesNotContain("submit mapping-report", Waiting(story, other));

        story.On("2015-02-01");
        Assert.DoesNotContain("late mapping-report", Waiting(story, Officer));
        story.On("2015-02-02");
        Assert.Contains("late mapping-report", Waiting(story, Officer));
        Assert.Equal("SKR", WorkList.For(story.Dossier, Officer, story.Today).Single(t => t.Work == WorkKind.Late).Note);
    }

    [Fact]
    public void What_comes_in_waits_for_the_officer_and_what_is_returned_for_the_lead_with_the_reason()
    {
        var story = Story.Of2014().On("2015-01-30").Submitted("mapping-report");
        Assert.Contains("review mapping-report", Waiting(story, Officer));
        Assert.DoesNotContain("submit mapping-report", Waiting(story, ProjectLead));

        story.Given(Officer, new ReturnSubmission("mapping-report", 1, "Redovisa också landstingen.", Day("2015-09-30")));

        var turn = WorkList.For(story.Dossier, ProjectLead, story.Today).Single(t => t.Work == WorkKind.Complete);
        Assert.Equal(("mapping-report", "Redovisa också landstingen.", Day("2015-09-30")), (turn.Subject, turn.Note, turn.DueOn));
        Assert.DoesNotContain("review mapping-report", Waiting(story, Officer));
    }

    [Fact]
    public void A_requisition_goes_from_hand_to_hand_and_never_waits_for_whoever_prepared_it()
    {
        var story = Story.Of2014();
        Assert.Contains("requisition requisition-2014", Waiting(story, Finance));

        story.Given(Finance, Requisition());
        Assert.DoesNotContain("requisition requisition-2014", Waiting(story, Finance));
        Assert.Contains("attest 1", Waiting(story, Approver));
        // Whoever prepared it may have become an approver since.
        Assert.DoesNotContain("attest 1", Waiting(story, Approver with { Id = Finance.Id }));

        story.Given(Approver, new AttestRequisition(1));
        Assert.Contains("dispatch 1", Waiting(story, Finance));
        story.Given(Finance, new DispatchRequisition(1));
        Assert.Equal(["receive 1"], Waiting(story, Payer));
        story.Given(Payer, new ReceiveRequisition(1));
        Assert.Equal(["pay 1"], Waiting(story, Payer));
        story.Given(Payer, Payment("4000000", "2014-06-13", requisition: 1));
        Assert.Empty(Waiting(story, Payer));
    }

    [Fact]
    public void What_the_payer_says_it_has_paid_waits_for_finance_until_both_sides_know_of_it()
    {
        var story = Story.Of2014().Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));
        story.Given(Payer, Payment("3999999", "2014-06-13", "Fel ref"));
        Assert.Contains("place-payment 1", Waiting(story, Finance));
        Assert.DoesNotContain("place-payment 1", Waiting(story, Payer));

        story.Given(Finance, Payment("3999999", "2014-06-13", "Bg 7", 1));
        Assert.DoesNotContain("place-payment 1", Waiting(story, Finance));
        Assert.Contains("receive 1", Waiting(story, Payer));

        story.Given(Payer, Payment("1", "2014-06-13", "Resten", 1));
        Assert.Contains("confirm-payment 2", Waiting(story, Finance));
        story.Given(Payer, new ReversePayment(2, Day("2014-06-13"), "Fel"));
        Assert.DoesNotContain("confirm-payment 2", Waiting(story, Finance));

        // Whoever records its own payment need not be told of it.
        Assert.DoesNotContain(Waiting(Story.Of2014().Given(Finance, Payment("5", "2014-06-13")), Finance), turn => turn.EndsWith("-payment 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PaymentDirection.In, "acknowledge-payment 2")]
    [InlineData(PaymentDirection.Out, "acknowledge-payment 2")]
    public void What_the_recipient_says_was_paid_waits_for_the_payer_whichever_way_it_went(PaymentDirection direction, string turn)
    {
        var story = Story.Of2014().Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1));
        story.Given(Payer, Payment("3999999", "2014-06-13", requisition: 1)).Given(Finance, Payment("3999999", "2014-06-13", requisition: 1));
        story.Given(Finance, new RecordPayment(direction, Day("2014-06-13"), Kr("1"), "Bg 8", direction == PaymentDirection.In ? 1 : null));

        Assert.Contains(turn, Waiting(story, Payer));
        Assert.DoesNotContain(Waiting(story, Finance), waiting => waiting.EndsWith("-payment 2", StringComparison.Ordinal));
        Assert.Equal(Kr("1"), WorkList.For(story.Dossier, Payer, story.Today).Single(t => t.Work == WorkKind.AcknowledgePayment).Amount);

        story.Given(Payer, new ConfirmPayment(2, Day("2014-06-13"), "KAMK"));
        Assert.DoesNotContain(turn, Waiting(story, Payer));
    }

    [Fact]
    public void What_was_not_spent_waits_to_be_paid_back_then_to_come_in_and_the_öre_that_are_left_to_be_rounded()
    {
        var story = Story.Of2014().Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1))
            .Given(Payer, Payment("4000000", "2014-06-13", requisition: 1)).Spent("3687549.50").On("2017-08-01").Submitted("final-accounts", Finance);
        Assert.Equal(("repay", Kr("312451"), Day("2017-09-01")), Money(Finance));

        story.Given(Finance, new PrepareRepayment(Kr("312451"), "ÅTER"));
        Assert.Equal(("attest-repayment", Kr("312451"), null), Money(Approver));
        story.Given(Approver, new AttestRepayment(1));
        Assert.Equal(("pay-repayment", Kr("312451"), Day("2017-09-01")), Money(Finance));
        Assert.Equal(("receive-repayment", Kr("312451"), Day("2017-09-01")), Money(Payer));
        story.Given(Finance, PaymentBack("312451", "2017-08-01"));
        Assert.Equal(("acknowledge-payment", Kr("312451"), null), Money(Payer));
        Assert.Equal(("round", Kr("-0.50"), Day("2017-09-01")), Money(Finance));

        story.Given(Finance, Adjustment(AdjustmentKind.Rounding, "0.50"));
        Assert.DoesNotContain(Waiting(story, Finance), turn => turn.StartsWith("round", StringComparison.Ordinal));
        Assert.Equal(("attest-adjustment", Kr("0.50"), null), Money(Approver));
        story.Given(Approver, new AttestAdjustment(1));
        Assert.DoesNotContain(Waiting(story, Finance), turn => turn.StartsWith("round", StringComparison.Ordinal));

        (string, Kronor?, LocalDate?) Money(Actor by) =>
            WorkList.For(story.Dossier, by, story.Today).Where(t => t.Amount is not null && t.Work != WorkKind.ConfirmPayment).Select(t => (Json.NameOf(t.Work), t.Amount, t.DueOn)).Single();
    }

    [Fact]
    public void An_attested_statement_waits_for_whoever_sends_it_from_the_day_it_was_attested()
    {
        var story = Story.Of2014().Given(Payer, Payment("1000", "2014-06-13")).Spent("300").On("2016-01-10")
            .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), []));
        Assert.DoesNotContain(Waiting(story, Finance), turn => turn.StartsWith("submit financial-statement", StringComparison.Ordinal));
        story.Given(Approver, new AttestStatement(1));
        var turn = Assert.Single(WorkList.For(story.Dossier, Finance, story.Today), turn => turn.Work == WorkKind.Submit);
        Assert.Equal(("financial-statement-2016", Day("2016-01-10")), (turn.Subject, turn.From));
        story.Given(Finance, new Submit(turn.Subject, "Redovisningen", [], 1));
        Assert.DoesNotContain(Waiting(story, Finance), waits => waits == $"submit {turn.Subject}");
    }

    [Fact]
    public void A_statement_with_a_cost_that_was_disallowed_since_waits_to_be_drawn_up_anew()
    {
        var story = Story.Of2014().Given(Payer, Payment("1000", "2014-06-13")).Spent("300").On("2015-12-31")
            .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), [])).Given(Approver, new AttestStatement(1));
        Assert.DoesNotContain("redo-statement 1", Waiting(story, Finance));

        story.Given(Officer, new DisallowCosts(Kr("100"), Day("2015-12-31"), "A1", "Saknar underlag", null, null));
        Assert.Contains("redo-statement 1", Waiting(story, Finance));

        story.Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), []));
        Assert.DoesNotContain("redo-statement 1", Waiting(story, Finance));
        story.Given(Approver, new AttestStatement(2));
        Assert.DoesNotContain("redo-statement 2", Waiting(story, Finance));
    }

    [Fact]
    public void A_joint_act_waits_for_both_until_one_has_recorded_it_and_then_for_the_other()
    {
        var story = Story.Signed(Terms(Joint("talk", On("2014-08-01")))).Given(ProjectLead, new ConfirmSignature());
        Assert.Equal(["record talk"], Waiting(story, ProjectLead));
        Assert.Equal(["record talk"], Waiting(story, Officer));

        story.Completed("talk");
        Assert.Empty(Waiting(story, ProjectLead));
        Assert.Equal(["confirm talk"], Waiting(story, Officer));
    }

    [Fact]
    public void What_rests_on_something_that_is_not_done_says_on_what()
    {
        var story = Story.Signed(Terms(Deliverable("report", On("2014-07-01")), Deliverable("summary", On("2014-07-02")) with { Rests = ["report"] }));
        Assert.Equal("Leverans report", Note("summary"));

        story.Submitted("report").Accepted("report");
        Assert.Null(Note("summary"));

        string? Note(string key) => WorkList.For(story.Dossier, ProjectLead, story.Today).Single(t => t.Work == WorkKind.Submit && t.Subject == key).Note;
    }

    [Fact]
    public void A_joint_act_with_a_day_of_its_own_waits_for_that_day()
    {
        var story = Story.Of2014().On("2015-04-01").Given(ProjectLead, new ScheduleObligation("annual-consultation-2015", Day("2015-05-20")));

        Assert.Equal(Day("2015-05-20"), WorkList.For(story.Dossier, Officer, story.Today).Single(t => t.Work == WorkKind.Hold).DueOn);
        Assert.DoesNotContain("record annual-consultation-2015", Waiting(story, Officer));
        Assert.Equal(Day("2015-05-20"), Projection.Due(story.Dossier).Single(row => row.Key == "annual-consultation-2015").TakesPlaceOn);

        story.Given(ProjectLead, new ScheduleObligation("annual-consultation-2015", Day("2015-05-31")));
        Assert.Contains("record annual-consultation-2015", Waiting(story, Officer));
    }

    [Fact]
    public void A_completion_that_has_not_come_in_is_not_told_as_if_nothing_had()
    {
        var story = Story.Of2014().On("2015-01-30").Submitted("mapping-report")
            .Given(Officer, new ReturnSubmission("mapping-report", 1, "Redovisa också landstingen.", Day("2015-02-10"))).On("2015-02-11");

        Assert.Contains("late-completion mapping-report", Waiting(story, Officer));
        Assert.DoesNotContain("late mapping-report", Waiting(story, Officer));
    }

    [Fact]
    public void A_draft_waits_for_the_officers_signature_and_an_amendment_for_the_other_party()
    {
        var story = Story.Draft(Terms(Deliverable("report", On("2015-02-01"))));
        Assert.Equal([story.Agreement.Terms.DiaryNumber.ToString()], WorkList.For(story.Dossier, Officer, story.Today).Select(t => t.Subject));
        Assert.Empty(Waiting(story, ProjectLead));

        story.Given(Officer, Signature()).Given(ProjectLead, new ConfirmSignature(), new ProposeAmendment(Day("2014-06-13"), "A1", Day("2014-07-01"), [new(Drop: new("report", "Behövs inte."))]));
        Assert.Equal(["confirm-amendment 1"], Waiting(story, Officer));
        Assert.Empty(Waiting(story, ProjectLead));
    }

    [Fact]
    public void A_draft_waits_for_every_colleague_of_its_party_but_its_writer_until_one_has_signed_it_off()
    {
        var asking = Terms2014 with { Parties = [.. Terms2014.Parties.Select(p => p.Key == "SKR" ? p with { SignOff = true } : p)] };
        var story = Story.Signed(asking).On("2015-01-20").Given(ProjectLead, new DraftSubmission("mapping-report", "Kartläggningen", null, [], null));

        Assert.Contains("sign-off mapping-report", Waiting(story, Approver));
        Assert.Contains("sign-off mapping-report", Waiting(story, ProjectLead with { Id = Approver.Id }));
        foreach (var other in new[] { ProjectLead, Finance, Officer })
            Assert.DoesNotContain("sign-off mapping-report", Waiting(story, other));

        story.Given(Approver, new SignOffDraft("mapping-report", 1));
        Assert.DoesNotContain("sign-off mapping-report", Waiting(story, Approver));

        var free = Story.Of2014().On("2015-01-20").Given(ProjectLead, new DraftSubmission("mapping-report", "Kartläggningen", null, [], null));
        Assert.DoesNotContain("sign-off mapping-report", Waiting(free, Approver));
    }

    [Fact]
    public void Nothing_ever_waits_for_those_who_only_read_or_for_strangers_and_a_long_reason_is_cut()
    {
        var story = Story.Of2014().On("2016-06-01");
        foreach (var nobody in new[] { Auditor, Reader, Admin, Stranger })
            Assert.Empty(Waiting(story, nobody));

        story.Submitted("mapping-report").Given(Officer, new ReturnSubmission("mapping-report", 1, new string('å', 3000), Day("2016-09-30")));
        Assert.Equal(301, WorkList.For(story.Dossier, ProjectLead, story.Today).Single(t => t.Work == WorkKind.Complete).Note!.Length);
    }

    [Fact]
    public void Costs_that_may_count_twice_wait_for_finance_until_somebody_settles_it()
    {
        var story = Paid().On("2016-01-15").Spent("100", "2015-03-01");
        Assert.DoesNotContain(Waiting(story, Finance), turn => turn.StartsWith("costs-told-once", StringComparison.Ordinal));
        story.Adjusted(AdjustmentKind.Accrual, "90");
        Assert.Contains(Waiting(story, Finance), turn => turn.StartsWith("costs-told-once", StringComparison.Ordinal));
        Assert.DoesNotContain(Waiting(story, Approver), turn => turn.StartsWith("costs-told-once", StringComparison.Ordinal));

        story.Given(Approver, new WaiveException("costs-told-once", "Olika kostnader."));
        Assert.DoesNotContain(Waiting(story, Finance), turn => turn.StartsWith("costs-told-once", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_no_day_waits_for_nobody_before_that_which_it_rests_on_is_done()
    {
        var story = Story.Signed(Terms(Deliverable("report", On("2014-07-01")), Deliverable("summary", NoDate) with { Rests = ["report"] }));
        Assert.DoesNotContain("submit summary", Waiting(story, ProjectLead));

        story.Submitted("report").Accepted("report");
        Assert.Contains("submit summary", Waiting(story, ProjectLead));
    }

    [Fact]
    public void When_nothing_remains_and_waits_the_officer_is_told_that_the_agreement_can_be_closed()
    {
        var story = Story.Signed(Terms(Joint("talk", On("2014-08-01")), Joint("material", NoDate) with { Kind = ObligationKind.Continuous })).Given(ProjectLead, new ConfirmSignature());
        Assert.DoesNotContain(Waiting(story, Officer), turn => turn.StartsWith("close", StringComparison.Ordinal));
        story.Completed("talk");
        Assert.Equal(["confirm talk"], Waiting(story, Officer));

        story.Given(Officer, new ConfirmCompletion("talk"));
        Assert.Equal([$"close {story.Agreement.Terms.DiaryNumber}"], Waiting(story, Officer));
        Assert.Empty(Waiting(story, ProjectLead));
        Assert.Empty(Waiting(Story.Signed(Terms(Joint("material", NoDate) with { Kind = ObligationKind.Continuous })), Officer));
        story.Given(Officer, new CloseAgreement());
        Assert.Empty(Waiting(story, Officer));
    }

    static List<string> Waiting(Story story, Actor by) => [.. WorkList.For(story.Dossier, by, story.Today).Select(t => $"{Json.NameOf(t.Work)} {t.Subject}")];
}
