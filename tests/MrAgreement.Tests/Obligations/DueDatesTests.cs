using MrAgreement.Calendars;
using MrAgreement.Obligations;

namespace MrAgreement.Tests.Obligations;

public class DueDatesTests
{
    static readonly DueTerms EveryMay = new(EveryYear: new(5, 2015, 2017));

    static LocalDate? Due(params ObligationTerms[] obligations) => Story.Signed(Terms(obligations))["it"].DueOn;

    [Fact]
    public void A_fixed_date_is_that_day() =>
        Assert.Equal(Day("2015-02-01"), Due(Deliverable("it", On("2015-02-01"))));

    [Theory]
    [InlineData(2015, 5, "2015-05-31")]
    [InlineData(2015, 2, "2015-02-28")]
    [InlineData(2016, 2, "2016-02-29")]
    public void At_the_latest_in_a_month_is_its_last_day(int year, int month, string due) =>
        Assert.Equal(Day(due), Due(Deliverable("it", new(Month: new(year, month)))));

    [Fact]
    public void Before_another_counts_back_from_its_date() =>
        Assert.Equal(Day("2015-02-27"), Due(Deliverable("other", On("2015-03-01")), Deliverable("it", Before("other", 2))));

    [Fact]
    public void After_another_counts_on_from_its_date() =>
        Assert.Equal(Day("2015-03-15"), Due(Deliverable("other", On("2015-03-01")), Deliverable("it", After("other", 14))));

    [Fact]
    public void A_rule_may_hang_on_one_that_comes_later_in_the_terms() =>
        Assert.Equal(Day("2015-02-20"), Due(Deliverable("it", Before("b", 5)), Deliverable("b", Before("c", 4)), Deliverable("c", On("2015-03-01"))));

    [Fact]
    public void What_hangs_on_an_undated_one_has_no_date() =>
        Assert.Null(Due(Joint("other", new(Scheduled: true)), Deliverable("it", Before("other"))));

    [Fact]
    public void No_date_is_no_date() => Assert.Null(Due(Joint("it", NoDate)));

    [Fact]
    public void A_requisition_s_date_can_be_hung_on()
    {
        var terms = Terms2014 with { Obligations = [.. Terms2014.Obligations, Joint("talk", After("requisition-2014", 10), "requisition-2014")] };

        Assert.Equal(Day("2014-09-11"), Story.Signed(terms)["talk"].DueOn);
    }

    [Theory]
    [InlineData(null, null, "it-2015 it-2016 it-2017")]
    [InlineData(2016, null, "it-2016 it-2017")]
    [InlineData(null, 2016, "it-2015 it-2016")]
    [InlineData(2016, 2016, "it-2016")]
    [InlineData(2010, 2030, "it-2015 it-2016 it-2017")]
    public void What_hangs_on_a_yearly_one_is_yearly_with_it_within_from_and_to(int? from, int? to, string keys)
    {
        var story = Story.Signed(Terms(Joint("talk", EveryMay), Deliverable("it", Before("talk") with { From = from, To = to })));

        Assert.Equal(keys, string.Join(' ', story.Agreement.InOrder.Where(o => o.TermsKey == "it").Select(o => o.Key)));
    }

    [Fact]
    public void What_rests_on_a_yearly_one_without_being_yearly_rests_on_every_year_s() =>
        Assert.Equal(["talk-2015", "talk-2016", "talk-2017"], Story.Signed(Terms(Joint("talk", EveryMay), Deliverable("it", NoDate, true, "talk")))["it"].Rests);

    [Fact]
    public void Between_yearly_ones_a_rest_means_the_same_year_and_is_dropped_where_that_year_is_missing()
    {
        var story = Story.Signed(Terms(Joint("talk", EveryMay, "it"), Deliverable("it", Before("talk") with { From = 2016 })));

        Assert.Empty(story["talk-2015"].Rests);
        Assert.Equal(["it-2016"], story["talk-2016"].Rests);
    }

    [Fact]
    public void One_year_s_occurrence_can_be_named()
    {
        var story = Story.Signed(Terms(
            Joint("talk", EveryMay), Deliverable("report", Before("talk", 7)),
            Deliverable("it", After("talk-2016", 30), true, "talk-2015"), Deliverable("that", After("report-2016", 30))));

        Assert.Equal((Day("2016-06-30"), Day("2016-06-23")), (story["it"].DueOn!.Value, story["that"].DueOn!.Value));
        Assert.Equal(["talk-2015"], story["it"].Rests);
    }

    [Fact]
    public void A_report_moves_with_the_scheduled_consultation_until_it_is_done_and_is_then_frozen()
    {
        var story = Story.Of2014().On("2016-03-01").Given(ProjectLead, new ScheduleObligation("annual-consultation-2016", Day("2016-05-12")));
        Assert.Equal(Day("2016-05-12"), story["follow-up-report-2016"].DueOn);
        Assert.Equal(Day("2016-05-12"), story["financial-statement-2016"].DueOn);
        Assert.Equal(Day("2016-05-31"), story["annual-consultation-2016"].DueOn);

        story.Given(Officer, new ScheduleObligation("annual-consultation-2016", Day("2016-05-20")));
        Assert.Equal(Day("2016-05-20"), story["follow-up-report-2016"].DueOn);

        story.On("2016-05-02").Submitted("follow-up-report-2016").Accepted("follow-up-report-2016")
            .Given(Officer, new ScheduleObligation("annual-consultation-2016", Day("2016-05-27")));
        Assert.Equal(Day("2016-05-20"), story["follow-up-report-2016"].DueOn);
        Assert.Equal(Day("2016-05-27"), story["financial-statement-2016"].DueOn);
    }

    [Fact]
    public void A_date_set_later_is_the_date_of_one_that_waits_to_be_scheduled()
    {
        var story = Story.Signed(Terms(Joint("it", new(Scheduled: true)))).Given(ProjectLead, new ScheduleObligation("it", Day("2014-10-01")));

        Assert.Equal(Day("2014-10-01"), story["it"].DueOn);
    }

    [Fact]
    public void The_working_day_rule_keeps_the_written_date_and_the_one_that_counts_and_what_hangs_on_it_counts_from_the_written()
    {
        var story = Story.Signed(Terms(Deliverable("it", On("2015-02-01")), Deliverable("next", After("it", 7))) with { WorkingDayRule = WorkingDayRule.Lag1930 });

        Assert.Equal((Day("2015-02-01"), Day("2015-02-02")), (story["it"].DueOn!.Value, story["it"].EffectiveDueOn!.Value));
        Assert.Equal((Day("2015-02-08"), Day("2015-02-09")), (story["next"].DueOn!.Value, story["next"].EffectiveDueOn!.Value));
    }

    [Fact]
    public void A_day_for_completion_moves_nothing_that_hangs_on_it_before_it_is_accepted_or_after()
    {
        var story = Story.Signed(Terms(Deliverable("it", On("2015-02-01")), Deliverable("next", After("it", 7)), Deliverable("last", After("next", 7)))).On("2015-01-10").Submitted("it");
        story.Given(Officer, new ReturnSubmission("it", 1, "Komplettera", Day("2015-06-01")));
        Assert.Equal(("2015-06-01", "2015-02-08", "2015-02-15"), Dates());

        // Returned once more, and accepted: what hangs on it may move for other reasons still.
        story.Submitted("it", summary: "Kompletterad").Given(Officer, new ReturnSubmission("it", 2, "Komplettera mer", Day("2015-07-01")));
        Assert.Equal(("2015-07-01", "2015-02-08", "2015-02-15"), Dates());
        story.Submitted("it", summary: "Kompletterad igen").Accepted("it");
        Assert.Equal(("2015-07-01", "2015-02-08", "2015-02-15"), Dates());

        // An extension of what was returned is agreed, and moves them.
        var extended = Story.Signed(Terms(Deliverable("it", On("2015-02-01")), Deliverable("next", After("it", 7)))).On("2015-01-10").Given(Officer, new ExtendObligation("it", Day("2015-03-01"), "A"))
            .Submitted("it").Given(Officer, new ReturnSubmission("it", 1, "Komplettera", Day("2015-06-01")));
        Assert.Equal(Day("2015-03-08"), extended["next"].DueOn);
        extended.Given(Officer, new ExtendObligation("it", Day("2015-08-01"), "B"));
        Assert.Equal(Day("2015-08-08"), extended["next"].DueOn);

        (string, string, string) Dates() => (Text("it"), Text("next"), Text("last"));
        string Text(string key) => NodaTime.Text.LocalDatePattern.Iso.Format(story[key].DueOn!.Value);
    }

    [Fact]
    public void Without_a_working_day_rule_a_Sunday_stands() =>
        Assert.Equal(Day("2015-02-01"), Story.Of2014()["mapping-report"].EffectiveDueOn);

    [Theory]
    [InlineData("2015-03-29", "2015-03-29T21:59:59Z", "2015-03-29T22:00:00Z")]
    [InlineData("2015-10-25", "2015-10-25T22:59:59Z", "2015-10-25T23:00:00Z")]
    [InlineData("2015-02-01", "2015-02-01T22:59:59Z", "2015-02-01T23:00:00Z")]
    [InlineData("2015-07-01", "2015-07-01T21:59:59Z", "2015-07-01T22:00:00Z")]
    public void A_deadline_day_ends_at_midnight_in_Stockholm_on_both_sides_of_a_clock_change(string due, string last, string late)
    {
        var story = Story.Signed(Terms(Deliverable("it", On(due))));

        Assert.False(story["it"].IsOverdue(story.At(last).Today));
        Assert.True(story["it"].IsOverdue(story.At(late).Today));
    }

    [Fact]
    public void An_extension_moves_the_date_and_what_hangs_on_it()
    {
        var story = Story.Of2014().When(Officer, new ExtendObligation("action-plan", Day("2015-05-15"), "A2015/7/DISK"))
            .Then(new ExtensionGranted("action-plan", Day("2015-05-15"), "A2015/7/DISK"));

        Assert.Equal(Day("2015-05-15"), story["action-plan"].DueOn);
        Assert.Equal(Day("2015-05-15"), story["mapping-discussion"].DueOn);
    }

    [Fact]
    public void An_extension_to_the_same_day_by_another_decision_is_recorded()
    {
        var story = Story.Of2014().On("2015-01-20").Given(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/7"));

        story.When(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/7")).ThenNothing();
        story.When(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/9")).Then(new ExtensionGranted("mapping-report", Day("2015-03-01"), "A2015/9"));
        Assert.Equal(("A2015/9", Day("2015-03-01")), (story["mapping-report"].Extended!.Reference, story["mapping-report"].DueOn));
        Assert.Single(story["mapping-report"].Moves);
        // The day of a return is no extension yet.
        var returned = Story.Of2014().On("2015-01-20").Submitted("mapping-report").Given(Officer, new ReturnSubmission("mapping-report", 1, "Skäl", Day("2015-03-01")));
        returned.When(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/7")).Then<ExtensionGranted>();
    }

    [Fact]
    public void An_extension_is_to_a_later_day_of_something_dated_and_not_settled()
    {
        var story = Story.Of2014().Given(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/7"));

        story.When(Officer, new ExtendObligation("mapping-report", Day("2015-03-01"), "A2015/7")).ThenNothing();
        story.When(Officer, new ExtendObligation("mapping-report", Day("2015-02-28"), "A2015/7")).ThenRefused("extension-not-later", RefusalKind.Invalid);
        story.When(Officer, new ExtendObligation("coordination-group", Day("2015-02-28"), "A2015/7")).ThenRefused("obligation-undated");
        story.When(Officer, new ExtendObligation("mapping-report", Day("2015-04-01"), " ")).ThenRefused("text-length", RefusalKind.Invalid);
        story.When(Officer, new ExtendObligation("mapping-report", Day("2015-02-28"), " ")).ThenFaults(("/dueOn", "extension-not-later"), ("/reference", "text-length"));
        story.When(ProjectLead, new ExtendObligation("mapping-report", Day("2015-04-01"), "A2015/7")).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.Given(Officer, new WaiveObligation("mapping-report", "Behövs inte", "A2015/8"))
            .When(Officer, new ExtendObligation("mapping-report", Day("2015-04-01"), "A2015/7")).ThenRefused("obligation-settled");
    }

    [Fact]
    public void A_date_that_moves_touches_what_hangs_on_it()
    {
        var story = Story.Of2014();
        var before = story["follow-up-report-2016"].Touched;

        story.Given(Officer, new ScheduleObligation("annual-consultation-2016", Day("2016-05-12")));

        Assert.Equal((before < story["follow-up-report-2016"].Touched, story.Dossier.Sequence), (true, story["follow-up-report-2016"].Touched));
    }

    [Fact]
    public void What_hangs_in_a_circle_has_no_date()
    {
        var circle = Occurrences.Of([Deliverable("a", On("2015-01-01")), Deliverable("b", Before("a"))], []).ToDictionary(o => o.Key);
        circle["a"] = circle["a"] with { Due = new BeforeOther("b", 0) };

        Assert.All(DueDates.Work(System.Collections.Immutable.ImmutableDictionary.CreateRange(circle), WorkingDayRule.None, null, 1).Values, o => Assert.Null(o.DueOn));
    }
}
