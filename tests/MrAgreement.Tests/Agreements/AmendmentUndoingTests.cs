using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Overviews;

namespace MrAgreement.Tests.Agreements;

/// <summary>A wrong amendment is taken back by the party that recorded it, before the other has confirmed it; what it changed is as it was.</summary>
public class AmendmentUndoingTests
{
    static ProposeAmendment Of(string reference, params AmendmentChange[] changes) => new(Day("2014-08-10"), reference, Day("2014-09-01"), changes);

    static AmendmentChange Later(string day = "2017-10-01") => new(Reschedule: new("final-report", Some.On(day)));

    [Fact]
    public void One_that_waits_for_the_other_or_for_its_day_never_takes_effect()
    {
        var story = Story.Of2014().On("2014-08-15").Given(ProjectLead, Of("SKR 1", Later())).Given(Officer, Of("RK 1", Later("2017-09-01")));
        var due = story["final-report"].DueOn;
        story.When(Officer, new WithdrawAmendment(1, "Nej")).ThenRefused("not-own-amendment");
        story.When(ProjectLead, new WithdrawAmendment(1, " ")).ThenRefusedBy("text-length");
        story.When(ProjectLead, new WithdrawAmendment(3, "Nej")).ThenRefused("no-such-amendment", RefusalKind.NotFound);
        story.Given(ProjectLead, new WithdrawAmendment(1, "Fel dag")).Given(Officer, new WithdrawAmendment(2, "Fel beslut"));
        story.When(ProjectLead, new WithdrawAmendment(1, "Fel dag")).ThenNothing();
        story.When(Officer, new ConfirmAmendment(1)).ThenRefused("amendment-withdrawn");
        story.When(ProjectLead, new ContestAmendment(2, "Nej")).ThenRefused("amendment-withdrawn");
        Assert.DoesNotContain(WorkList.Of(story.Dossier), it => it.Work is WorkKind.ConfirmAmendment or WorkKind.AmendmentContested);
        Assert.Equal(due, story.Until("2014-09-10")["final-report"].DueOn);
        Assert.All(story.Agreement.Amendments, it => Assert.Equal((false, null), (it.Withdrawn!.Had, it.TookEffect)));
        // The same may be recorded anew, under the same name.
        story.When(ProjectLead, Of("SKR 1", Later()) with { IsSure = false }).Then<AmendmentProposed>();
    }

    [Fact]
    public void What_has_taken_effect_goes_back_to_what_it_was_and_is_told_the_other_party()
    {
        var story = Story.Of2014().On("2014-08-15");
        var (before, terms) = (story.Agreement, TermsInForce.Write(story.Agreement));
        story.Given(Officer, Of("RK 1", Later(), new(Add: Some.Deliverable("extra", Some.On("2015-03-01"))), new(Drop: new("documentation", "Ersatt")), new(Revise: new("mapping-report", Title: "Kartläggning", Documents: ["plan"])), new(Reminders: new([30], [1]))));
        story.Given(ProjectLead, new ContestAmendment(1, "Dagen är en annan")).Until("2014-09-02");
        Assert.Equal(Day("2017-10-01"), story["final-report"].DueOn);
        Assert.NotEqual(terms, TermsInForce.Write(story.Agreement));
        story.Given(Officer, new WithdrawAmendment(1, "Fel beslut"));

        Assert.True(story.Agreement.Amendments[0].Withdrawn!.Had);
        Assert.Equal(terms, TermsInForce.Write(story.Agreement));
        foreach (var was in before.InOrder)
            Assert.Equal((was.Title, was.Due, was.DueOn, was.EffectiveDueOn, was.Waived, was.IsSettled), (story[was.Key].Title, story[was.Key].Due, story[was.Key].DueOn, story[was.Key].EffectiveDueOn, story[was.Key].Waived, story[was.Key].IsSettled));
        Assert.Equal(before.Obligations["mapping-report"].Documents, story["mapping-report"].Documents);
        Assert.Equal(before.Plan, story.Agreement.Plan);
        Assert.NotNull(story["extra"].Waived);
        Assert.DoesNotContain(WorkList.Of(story.Dossier), it => it.Work is WorkKind.AmendmentContested or WorkKind.ConfirmAmendment);
        var act = RegistryOf(story);
        Assert.Equal(("RK", "RK 1"), (act.Party, act.Title));
        Assert.Contains("SKR", act.To);

        static RegisteredAct RegistryOf(Story story) => Assert.Single(story.Dossier.Acts, it => it.Happened is AmendmentWithdrawn);
    }

    [Fact]
    public void What_the_other_has_confirmed_or_something_stands_on_is_not_taken_back_and_the_reason_is_told()
    {
        Story Begun(params AmendmentChange[] changes) => Story.Of2014().On("2014-08-15").Given(Officer, Of("RK 1", changes)).Until("2014-09-02");
        var withdraw = new WithdrawAmendment(1, "Fel");
        Begun(Later()).Given(ProjectLead, new ConfirmAmendment(1)).When(Officer, withdraw).ThenRefused("amendment-agreed");
        Begun(new AmendmentChange(Reschedule: new("mapping-report", Some.On("2015-03-01")))).Submitted("mapping-report").When(Officer, withdraw).ThenRefused("amendment-stood-on");
        Begun(Later()).Given(Officer, new ExtendObligation("final-report", Day("2017-11-01"), "A 2")).When(Officer, withdraw).ThenRefused("amendment-stood-on");
        // What is done about other things does not matter.
        Begun(Later()).Submitted("mapping-report").When(Officer, withdraw).Then<AmendmentWithdrawn>();
        Begun(new AmendmentChange(Raise: new(Some.Kr("13000000")))).When(Officer, withdraw).ThenRefused("amendment-holds-more");
        Begun(new AmendmentChange(Period: new(Day("2014-07-01"), Day("2017-11-30")))).When(Officer, withdraw).ThenRefused("amendment-holds-more");
        Begun(Later()).Given(Officer, Of("RK 2", Later("2017-09-01")) with { EffectiveFrom = Day("2014-09-02") }).Until("2014-09-03").When(Officer, withdraw).ThenRefused("amendment-built-on");
    }
}
