using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Grants;

/// <summary>A lapse that was recorded by mistake is taken back while nothing came after it.</summary>
public class LapsesTests
{
    static Story Lapsed() => Story.Of2014().On("2015-01-20").Given(Officer, new LapseInstalment("2015", "Avslag"));

    [Fact]
    public void It_waits_for_its_condition_again_and_may_be_released()
    {
        var story = Lapsed().When(Officer, new WithdrawLapse("2015", "Fel årsbelopp")).Then(new LapseWithdrawn("2015", "Fel årsbelopp"));
        Assert.Equal((InstalmentStatus.Conditional, Kr("8000000"), null), (story.Dossier.Grant.Instalment("2015")!.Status, story.Dossier.Grant.Balances.Conditional, story.Dossier.Grant.Instalment("2015")!.LapseReason));
        story.When(Officer, new WithdrawLapse("2015", "Fel årsbelopp")).ThenRefused("instalment-not-lapsed");
        story.Given(Officer, Release("2015"));
        Assert.Equal(Kr("8000000"), story.Dossier.Grant.Balances.Decided);
    }

    [Fact]
    public void The_payment_that_was_done_without_it_is_to_be_made_again()
    {
        var story = Lapsed().Given(Officer, new LapseInstalment("2016", "Avslag")).Given(Payer, Some.Payment("4000000", "2015-01-20"));
        story.Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).Given(Payer, Some.Payment("4000000", "2015-01-20", "Utb", 1));
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["grant-payment"]));
        Assert.NotEqual(ObligationStatus.Done, story.Agreement.StatusOf(story.Given(Officer, new WithdrawLapse("2016", "Fel"))["grant-payment"]));
    }

    [Fact]
    public void Only_the_grantor_takes_it_back_with_a_reason()
    {
        Lapsed().When(Finance, new WithdrawLapse("2015", "Fel")).ThenRefused("forbidden", RefusalKind.Forbidden);
        Lapsed().When(Officer, new WithdrawLapse("2015", " ")).ThenFaults(("/reason", "text-length"));
        Lapsed().When(Officer, new WithdrawLapse("2016", "Fel")).ThenRefused("instalment-not-lapsed");
        Lapsed().When(Officer, new WithdrawLapse("2019", "Fel")).ThenRefused("no-such-instalment", RefusalKind.NotFound);
    }

    [Fact]
    public void One_that_came_after_the_final_accounts_rests_under_none()
    {
        var story = Story.Of2014().Until("2017-08-20").Submitted("final-accounts", Finance).Accepted("final-accounts").Given(Officer, new LapseInstalment("2015", "Avslag"));
        story.When(Officer, new WithdrawLapse("2015", "Fel årsbelopp")).Then(new LapseWithdrawn("2015", "Fel årsbelopp"));
    }

    [Fact]
    public void It_stands_once_the_final_accounts_are_in_or_the_agreement_has_ended()
    {
        Lapsed().Submitted("final-accounts", Finance).When(Officer, new WithdrawLapse("2015", "Fel")).ThenRefused("lapse-settled");
        Lapsed().Given(Officer, new TerminateAgreement(Day("2015-01-20"), "A1", Day("2015-06-30"))).When(Officer, new WithdrawLapse("2015", "Fel")).ThenRefused("agreement-terminated");
    }
}
