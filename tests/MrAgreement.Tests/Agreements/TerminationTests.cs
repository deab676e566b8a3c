using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using static MrAgreement.Tests.Some;

namespace MrAgreement.Tests.Agreements;

public class TerminationTests
{
    static readonly TerminateAgreement Termination = new(Day("2016-04-01"), "A2016/50/DISK", Day("2016-06-30"));

    static Story Before() => Story.Of2014().On("2016-03-01").Submitted("mapping-report").Accepted("mapping-report")
        .Completed("annual-consultation-2015").Given(Officer, Release("2015"));

    [Fact]
    public void What_is_final_moves_to_the_agreed_day_what_is_yearly_and_pending_is_dropped_what_is_conditional_lapses()
    {
        var story = Before().When(Officer, Termination).Then(
            new AgreementTerminated(Day("2016-04-01"), "A2016/50/DISK", Day("2016-06-30")),
            new InstalmentLapsed("2016", "A2016/50/DISK"));

        Assert.Equal(AgreementStatus.Terminated, story.Agreement.Status);
        Assert.All(["final-report", "final-accounts", "repayment"], key => Assert.Equal(Day("2016-06-30"), story[key].DueOn));
        Assert.All(["annual-consultation-2016", "annual-consultation-2017", "follow-up-report-2016", "financial-statement-2017"],
            key => Assert.Equal(("termination", "A2016/50/DISK"), (story[key].Waived!.Reason, story[key].Waived!.Reference)));
        Assert.All(["mapping-report", "annual-consultation-2015"], key => Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story[key])));
        Assert.Equal(Day("2015-04-15"), story["action-plan"].DueOn);
        Assert.Equal(InstalmentStatus.Released, story.Dossier.Grant.Instalment("2015")!.Status);
        story.When(Officer, Release("2016")).ThenRefused("agreement-terminated");
    }

    [Fact]
    public void A_yearly_report_that_lies_with_its_receiver_is_not_dropped()
    {
        var story = Before().Submitted("follow-up-report-2016").Given(Officer, Termination);

        Assert.Equal(ObligationStatus.Submitted, story.Agreement.StatusOf(story["follow-up-report-2016"]));
    }

    [Fact]
    public void Final_reminders_follow_the_new_day()
    {
        var story = Before().Given(Officer, Termination).Until("2016-06-24");

        Assert.Equal([-90, -30, -14, -7], story["final-report"].Reminders.Select(r => r.Rung));
    }

    [Fact]
    public void It_ends_once_after_its_signature_with_a_reference()
    {
        Before().Given(Officer, Termination).When(Officer, Termination).ThenRefused("already-terminated");
        Before().When(Officer, new TerminateAgreement(Day("2014-06-12"), " ", Day("2014-06-11")))
            .ThenFaults(("/reference", "text-length"), ("/on", "before-signature"), ("/finalDueOn", "period-reversed"));
    }

    [Fact]
    public void Many_instalments_lapse_in_pieces()
    {
        var many = Terms(Deliverable("it", NoDate)) with
        {
            Grant = new("SEK", Kr("100"), [.. Enumerable.Range(1, 100).Select(n => new InstalmentTerms($"part-{n}", Kr("1"), "riksdag-appropriation"))])
        };
        var story = Story.Signed(many);

        var decision = Assert.IsType<Settled>(story.When(Officer, new TerminateAgreement(Day("2014-06-13"), "A2014/1", Day("2014-12-31"))).Decision);
        Assert.Equal(Append.MaxEvents, decision.Events.Count);
        story.Record(decision.Events, Officer.Id);
        Assert.Equal(story.Now, Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(11, story.Advance().Count);
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }
}

public class ClosureTests
{
    static Story Small() => Story.Signed(Terms(
        Deliverable("it", NoDate, acceptance: false), new ObligationTerms("inform", "Informera", ["RK"], ObligationKind.Continuous, NoDate)) with
    {
        Grant = new("SEK", Kr("100"), [new("all", Kr("100"))])
    });

    [Fact]
    public void What_remains_is_listed() =>
        Small().Given(Payer, Payment("100", "2014-06-13"))
            .When(Officer, new CloseAgreement()).ThenFaults(("/obligations/it", "obligation-remains"), ("/grant/balances/remaining", "balance-remains"));

    [Fact]
    public void It_closes_when_everything_but_what_goes_on_all_the_time_is_settled_and_the_balance_is_exactly_zero()
    {
        var story = Small().Given(Payer, Payment("100", "2014-06-13"), PaymentBack("99.99", "2014-06-13")).Submitted("it")
            .When(Officer, new CloseAgreement()).ThenFaults(("/grant/balances/remaining", "rounding-remains"));

        story.Given(Payer, PaymentBack("0.01", "2014-06-13", "ÅTER 2")).When(Officer, new CloseAgreement()).Then(new AgreementClosed());
        Assert.Equal(AgreementStatus.Closed, story.Agreement.Status);
        Assert.Null(Lifecycle.NextWakeUp(story.Dossier));
    }

    [Fact]
    public void What_is_closed_is_changed_no_more()
    {
        var story = Small().Submitted("it").Given(Officer, new CloseAgreement());

        story.When(Officer, new CloseAgreement()).ThenNothing();
        story.When(Officer, new WaiveObligation("it", "Skäl", "A1")).ThenRefused("agreement-closed");
        story.When(ProjectLead, Document(1)).ThenRefused("agreement-closed");
    }

    [Fact]
    public void Too_much_paid_back_is_not_zero() =>
        Small().Submitted("it").Given(Payer, PaymentBack("0.01", "2014-06-13")).When(Officer, new CloseAgreement()).ThenRefused("agreement-not-settled");
}
