using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Obligations;

public class ActsTests
{
    static CompleteObligation Held(string note = "Samrådet hölls.", string on = "2015-05-20") => new("annual-consultation-2015", Day(on), note, null);

    static Story InMay() => Story.Of2014().On("2015-05-21");

    [Fact]
    public void A_joint_act_recorded_by_one_party_counts_as_done_at_once_and_is_confirmed_by_the_other()
    {
        var story = InMay().When(ProjectLead, Held()).Then(new ObligationCompleted("annual-consultation-2015", Day("2015-05-20"), "Samrådet hölls.", [], "SKR"));
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["annual-consultation-2015"]));
        Assert.Null(story["annual-consultation-2015"].Completions[^1].ConfirmedBy);

        story.When(ProjectLead, new ConfirmCompletion("annual-consultation-2015")).ThenRefused("own-record", RefusalKind.Forbidden);
        story.When(ProjectLead with { Party = "RK", Role = Role.Officer }, new ConfirmCompletion("annual-consultation-2015")).ThenRefused("four-eyes", RefusalKind.Forbidden);
        story.When(Officer, new ConfirmCompletion("annual-consultation-2015")).Then(new CompletionConfirmed("annual-consultation-2015", "RK"));
        story.When(Officer, new ConfirmCompletion("annual-consultation-2015")).ThenNothing();
        story.When(OtherOfficer, new ConfirmCompletion("annual-consultation-2015")).ThenRefused("already-confirmed");
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_a_day_after_the_last_one_allowed()
    {
        var story = Story.Of2014();
        story.When(ProjectLead, new ScheduleObligation("annual-consultation-2015", Day("2015-06-01"), IsSure: false)).ThenFaults(("/sure", "scheduled-late"));
        story.When(ProjectLead, new ScheduleObligation("annual-consultation-2015", Day("2015-06-01"))).Then<ObligationScheduled>();
        story.When(ProjectLead, new ScheduleObligation("annual-consultation-2015", Day("2015-05-31"), IsSure: false)).Then<ObligationScheduled>();
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_an_extension_of_what_was_delivered_and_beyond_all_other_days()
    {
        var story = Story.Of2014().On("2015-01-20");
        ExtendObligation Until(string day) => new("mapping-report", Day(day), "A1", IsSure: false);
        story.When(Officer, Until("2018-01-01")).ThenFaults(("/sure", "extension-beyond-agreement"));
        story.When(Officer, Until("2018-01-01") with { IsSure = true }).Then<ExtensionGranted>();

        story = Story.Of2014().On("2015-01-20").When(Officer, Until("2017-12-31")).Story.Submitted("mapping-report");
        story.When(Officer, Until("2015-03-01")).ThenFaults(("/sure", "extension-of-submitted"));
        story.Given(Officer, new ReturnSubmission("mapping-report", 1, "Skäl", Day("2015-02-20"))).When(Officer, Until("2015-03-01")).Then<ExtensionGranted>();
    }

    [Fact]
    public void A_joint_act_takes_place_once()
    {
        var story = InMay().Given(ProjectLead, Held());

        story.When(ProjectLead, Held()).ThenNothing();
        story.When(ProjectLead, Held("Andra ord")).ThenRefused("already-completed");
        story.When(Officer, Held()).ThenRefused("already-completed");
    }

    [Fact]
    public void A_continuous_one_is_done_and_may_be_recorded_again()
    {
        var story = InMay().Given(Officer, new CompleteObligation("review-bodies-information", Day("2015-05-01"), "Brev sänt.", null))
            .Given(Officer, new CompleteObligation("review-bodies-information", Day("2015-05-02"), "Brev sänt.", null));

        Assert.Equal(2, story["review-bodies-information"].Completions.Count);
        Assert.Equal(ObligationStatus.Done, story.Agreement.StatusOf(story["review-bodies-information"]));
        story.When(Officer, new CompleteObligation("review-bodies-information", Day("2015-05-02"), "Brev sänt.", null)).ThenNothing();
        story.When(ProjectLead, new ConfirmCompletion("review-bodies-information")).Then<CompletionConfirmed>();
    }

    [Fact]
    public void An_act_is_recorded_by_those_who_owe_it_with_a_note_on_a_day_that_has_been()
    {
        var story = InMay();

        story.When(ProjectLead, Held(on: "2015-05-22")).ThenRefused("date-in-future", RefusalKind.Invalid);
        story.When(ProjectLead, Held(" ")).ThenRefused("text-length", RefusalKind.Invalid);
        story.When(ProjectLead, Held() with { Documents = [Id(9)] }).ThenRefused("unknown-document", RefusalKind.Invalid);
        story.When(ProjectLead, Held() with { Obligation = "mapping-report" }).ThenRefused("not-an-act");
        story.When(ProjectLead, Held() with { Obligation = "review-bodies-information" }).ThenRefused("not-responsible", RefusalKind.Forbidden);
        story.When(Finance, Held()).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.When(Officer, new ConfirmCompletion("annual-consultation-2015")).ThenRefused("nothing-to-confirm");
        story.When(Officer, new ConfirmCompletion("mapping-report")).ThenRefused("nothing-to-confirm");
    }

    [Fact]
    public void An_act_can_be_minuted()
    {
        var story = InMay().Given(ProjectLead, Document(1, "minutes"));

        Assert.Equal([new(Id(1), 1)], story.When(ProjectLead, Held() with { Documents = [Id(1)] }).Then<ObligationCompleted>().Documents);
    }

    [Fact]
    public void What_concerns_only_one_party_is_not_the_other_s_to_confirm() =>
        InMay().Given(ProjectLead, new CompleteObligation("documentation", Day("2015-05-01"), "Webbplatsen.", null))
            .When(Officer, new ConfirmCompletion("documentation")).ThenRefused("not-responsible", RefusalKind.Forbidden);

    [Fact]
    public void A_day_is_set_for_joint_acts_not_settled_and_not_in_the_past()
    {
        var story = Story.Of2014().On("2015-04-01").When(ProjectLead, new ScheduleObligation("annual-consultation-2015", Day("2015-05-20")))
            .Then(new ObligationScheduled("annual-consultation-2015", Day("2015-05-20")));

        story.When(Officer, new ScheduleObligation("annual-consultation-2015", Day("2015-05-20"))).ThenNothing();
        story.When(Officer, new ScheduleObligation("annual-consultation-2015", Day("2015-03-31"))).ThenRefused("date-in-past", RefusalKind.Invalid);
        story.When(Officer, new ScheduleObligation("mapping-report", Day("2015-05-20"))).ThenRefused("not-schedulable");
        story.On("2015-05-21").Given(ProjectLead, Held()).When(Officer, new ScheduleObligation("annual-consultation-2015", Day("2015-05-25"))).ThenRefused("obligation-settled");
    }

    [Fact]
    public void What_is_waived_is_owed_no_more()
    {
        var story = InMay().When(Officer, new WaiveObligation("annual-consultation-2015", "Hölls inte", "A2015/30"))
            .Then(new ObligationWaived("annual-consultation-2015", "Hölls inte", "A2015/30"));

        Assert.Equal(ObligationStatus.Waived, story.Agreement.StatusOf(story["annual-consultation-2015"]));
        Assert.False(story["annual-consultation-2015"].IsOverdue(Day("2016-01-01")));
        story.When(Officer, new WaiveObligation("annual-consultation-2015", "Hölls inte", "A2015/30")).ThenNothing();
        story.When(OtherOfficer, new WaiveObligation("annual-consultation-2015", "Hölls inte", "A2015/30")).ThenRefused("obligation-settled");
        story.When(ProjectLead, Held()).ThenRefused("obligation-settled");
        story.When(Officer, new WaiveObligation("mapping-report", "", "")).ThenFaults(("/reason", "text-length"), ("/reference", "text-length"));
    }
}
