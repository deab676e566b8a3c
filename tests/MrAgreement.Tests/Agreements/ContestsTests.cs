using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

/// <summary>What one side recorded the other contests: shown to both, nothing undone, until a new record or a confirmation settles it.</summary>
public class ContestsTests
{
    static IEnumerable<string> Waits(Story story, Actor by) =>
        WorkList.For(story.Dossier, by, story.Today).Select(it => $"{Json.NameOf(it.Work)} {it.Subject}");

    static ProposeAmendment Raised() => new(Day("2014-08-10"), "A2014/20", Day("2014-09-01"), [new(Reschedule: new("final-report", Some.On("2017-10-01")))]);

    [Fact]
    public void A_contested_amendment_of_the_grantor_s_applies_all_the_same_and_waits_for_who_recorded_it()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Officer, Raised());
        story.When(Officer, new ContestAmendment(1, "Nej")).ThenRefused("own-amendment");
        story.When(ProjectLead, new ContestAmendment(1, " ")).ThenRefusedBy("text-length");
        story.Given(ProjectLead, new ContestAmendment(1, "Dagen är en annan"));
        story.When(ProjectLead, new ContestAmendment(1, "Dagen är en annan")).ThenNothing();
        story.When(ProjectLead, new ContestAmendment(1, "Och mer")).ThenRefused("already-contested");
        Assert.Contains("amendment-contested 1", Waits(story, Officer));
        Assert.DoesNotContain("confirm-amendment 1", Waits(story, ProjectLead));

        Assert.Equal(Day("2017-10-01"), story.Until("2014-09-02")["final-report"].DueOn);
        story.Given(Officer, Raised() with { Reference = "A2014/21", EffectiveFrom = Day("2014-09-10") });
        Assert.DoesNotContain("amendment-contested 1", Waits(story, Officer));
        story.Given(ProjectLead, new ConfirmAmendment(1));
        Assert.Null(story.Agreement.Amendments[0].Contested);
    }

    [Fact]
    public void Only_what_is_recorded_after_the_contest_and_in_its_place_settles_a_contested_amendment()
    {
        ProposeAmendment Of(string reference, string period = "2017-11-30") => new(Day("2014-08-10"), reference, Day("2014-09-20"),
            [new(Period: new(Day("2014-07-01"), Day(period)))]);
        var story = Story.Of2014().On("2014-08-15").Given(Officer, Raised(), Of("A2014/21"));
        story.Given(ProjectLead, new ContestAmendment(1, "Dagen är en annan"));
        Assert.Contains("amendment-contested 1", Waits(story, Officer));

        story.When(Officer, Of("A2014/22") with { Settles = [2] }).ThenFaults(("/settles", "amendment-not-disputed"));
        story.Given(Officer, Of("A2014/22", "2017-12-30") with { Settles = [] });
        Assert.Contains("amendment-contested 1", Waits(story, Officer));

        story.Given(Officer, Raised() with { Reference = "A2014/23", EffectiveFrom = Day("2014-09-10"), Settles = [1] });
        Assert.Equal(4, story.Agreement.Amendments[0].SettledBy);
        Assert.DoesNotContain("amendment-contested 1", Waits(story, Officer));
    }

    [Fact]
    public void A_reference_that_another_amendment_has_is_asked_about_and_may_be_meant()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Officer, Raised());
        story.When(Officer, Raised() with { EffectiveFrom = Day("2014-09-10"), IsSure = false }).ThenFaults(("/sure", "amendment-named-again"));
        story.Given(ProjectLead, new ContestAmendment(1, "Dagen är en annan"));
        story.When(Officer, Raised() with { EffectiveFrom = Day("2014-09-10"), IsSure = false, Settles = [1] }).Then<AmendmentProposed>();
        story.When(Officer, Raised() with { EffectiveFrom = Day("2014-09-20") }).Then<AmendmentProposed>();
    }

    [Fact]
    public void A_contested_meeting_is_recorded_anew_or_confirmed_after_all()
    {
        var story = Story.Of2014().Until("2014-10-20").Given(ProjectLead, new ScheduleObligation("mapping-discussion", Day("2014-10-21"))).Until("2014-10-21").Completed("mapping-discussion");
        story.When(ProjectLead, new ContestCompletion("mapping-discussion", "Nej")).ThenRefused("own-record", RefusalKind.Forbidden);
        story.Given(Officer, new ContestCompletion("mapping-discussion", "Vi var inte där"));
        Assert.Single(story["mapping-discussion"].Completions);
        Assert.Contains("completion-contested mapping-discussion", Waits(story, ProjectLead));

        story.Given(ProjectLead, new CompleteObligation("mapping-discussion", Day("2014-10-20"), "Det var dagen innan", null));
        Assert.DoesNotContain("completion-contested mapping-discussion", Waits(story, ProjectLead));
        Assert.Contains("confirm mapping-discussion", Waits(story, Officer));
        story.Given(Officer, new ConfirmCompletion("mapping-discussion"));
        story.When(Officer, new ContestCompletion("mapping-discussion", "Ändå inte")).ThenRefused("already-confirmed");
    }

    [Fact]
    public void A_contested_payment_counts_until_it_is_reversed_or_confirmed_after_all()
    {
        var story = Story.Of2014().On("2014-08-15").Given(Payer, Payment("4000000", "2014-08-15"));
        story.When(Payer, new ContestPayment(1, "Nej")).ThenRefused("own-payment", RefusalKind.Forbidden);
        story.Given(Finance, new ContestPayment(1, "Har inte kommit"));
        Assert.Equal(Kr("4000000"), story.Dossier.Grant.Balances.Received);
        Assert.Contains("payment-contested 1", Waits(story, Payer));
        Assert.DoesNotContain(Waits(story, Finance), it => it.EndsWith("payment 1", StringComparison.Ordinal));

        var reversed = story.Given(Payer, new ReversePayment(1, Day("2014-08-15"), "Fel mottagare"));
        Assert.False(reversed.Dossier.Grant.Payments[0].IsContested);
        Assert.DoesNotContain("payment-contested 1", Waits(reversed, Payer));

        var confirmed = Story.Of2014().On("2014-08-15").Given(Payer, Payment("4000000", "2014-08-15")).Given(Finance, new ContestPayment(1, "Har inte kommit"))
            .Given(Finance, new ConfirmPayment(1, Day("2014-08-15"), "Bg 1"));
        Assert.Null(confirmed.Dossier.Grant.Payments[0].Contested);
    }
}
