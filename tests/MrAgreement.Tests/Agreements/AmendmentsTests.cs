using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

public class AmendmentsTests
{
    static ProposeAmendment Amend(string from, params AmendmentChange[] changes) => new(Day("2014-12-01"), "A2014/9999/DISK", Day(from), changes);

    static AmendmentChange Move(string key, DueTerms due) => new(Reschedule: new(key, due));

    static AmendmentChange Drop(string key) => new(Drop: new(key, "Behövs inte längre"));

    static Story InDecember() => Story.Of2014().On("2014-12-10");

    [Fact]
    public void Recorded_by_the_grantor_it_takes_effect_at_once_when_its_day_has_come()
    {
        var story = InDecember().When(Officer, Amend("2014-12-01", Move("mapping-report", On("2015-03-01")))).Then(
            new AmendmentProposed(1, Day("2014-12-01"), "A2014/9999/DISK", Day("2014-12-01"), [Move("mapping-report", On("2015-03-01"))], "RK"),
            new AmendmentTookEffect(1, []));

        Assert.Equal(Day("2015-03-01"), story["mapping-report"].DueOn);
    }

    [Fact]
    public void Nothing_in_it_comes_before_the_signature()
    {
        var story = InDecember();
        story.When(Officer, Amend("2014-06-12", Drop("mapping-report"))).ThenFaults(("/effectiveFrom", "before-signature"));
        story.When(Officer, Amend("2014-12-01", Drop("mapping-report")) with { DecidedOn = Day("2014-06-12") }).ThenFaults(("/decidedOn", "before-signature"));
        story.When(Officer, Amend("2014-12-01", Drop("action-plan"), Move("mapping-report", On("2014-06-12")))).ThenFaults(("/changes/1/reschedule/due/on", "before-signature"));
        story.When(Officer, Amend("2014-12-01", new AmendmentChange(Add: Deliverable("more", new(Month: new(2014, 5)))))).ThenFaults(("/changes/0/add/due/on", "before-signature"));
        story.When(Officer, Amend("2014-06-13", Move("mapping-report", On("2014-06-13")))).Then<AmendmentProposed>();
    }

    [Fact]
    public void Whoever_is_not_sure_is_asked_about_dates_that_have_passed_when_it_applies_also_those_that_hang_on_them()
    {
        var story = InDecember();
        var unsure = Amend("2014-12-20", Move("annual-consultation-2017", On("2014-12-19"))) with { IsSure = false };

        story.When(Officer, unsure).ThenFaults([.. Enumerable.Repeat(("/sure", "amendment-into-past"), 3)]);
        story.When(Officer, unsure with { EffectiveFrom = Day("2014-12-19") }).Then<AmendmentProposed>();
        story.When(Officer, unsure with { IsSure = true }).Then<AmendmentProposed>();
    }

    [Fact]
    public void It_tells_which_dates_it_moves_from_where_to_where()
    {
        var story = InDecember().Given(Officer, Amend("2015-01-20", Move("annual-consultation-2017", On("2017-05-10"))));

        Assert.Equal(
            ["annual-consultation-2017 2017-05-31 2017-05-10", "financial-statement-2017 2017-05-31 2017-05-10", "follow-up-report-2017 2017-05-31 2017-05-10"],
            Amendment.Moves(story.Agreement, story.Agreement.Amendments[0].Proposed).Select(move => $"{move.After.Key} {move.Before.DueOn:yyyy-MM-dd} {move.After.DueOn:yyyy-MM-dd}").Order());
        Assert.Empty(Amendment.Moves(story.Until("2015-01-20").Agreement, story.Agreement.Amendments[0].Proposed));
    }

    [Fact]
    public void From_a_day_to_come_it_takes_effect_by_itself_on_that_day()
    {
        var story = InDecember().Given(Officer, Amend("2015-01-20", Move("mapping-report", On("2015-03-01"))));
        Assert.Equal(Day("2015-02-01"), story["mapping-report"].DueOn);
        Assert.Contains(Utc("2015-01-19T23:00:00Z"), WakeUps(story, "2015-01-31"));

        Assert.Equal(Day("2015-02-01"), story.Until("2015-01-19")["mapping-report"].DueOn);
        Assert.Equal(Day("2015-03-01"), story.Until("2015-01-20")["mapping-report"].DueOn);
        Assert.Equal(PersonId.System, story.Log.Single(row => row.Type == "amendment-took-effect").Actor);
    }

    [Fact]
    public void Proposed_by_the_recipient_it_waits_for_the_grantor_s_confirmation()
    {
        var story = InDecember().Given(ProjectLead, Amend("2014-12-01", Move("mapping-report", On("2015-03-01")))).Until("2014-12-20");
        Assert.Equal(Day("2015-02-01"), story["mapping-report"].DueOn);

        story.When(ProjectLead, new ConfirmAmendment(1)).ThenRefused("own-amendment");
        story.When(ProjectLead with { Party = "RK", Role = Role.Officer }, new ConfirmAmendment(1)).ThenRefused("four-eyes", RefusalKind.Forbidden);
        story.When(Officer, new ConfirmAmendment(1)).Then(new AmendmentConfirmed(1, "RK"), new AmendmentTookEffect(1, []));
        Assert.Equal(Day("2015-03-01"), story["mapping-report"].DueOn);
        story.When(Officer, new ConfirmAmendment(1)).ThenNothing();
        story.When(OtherOfficer, new ConfirmAmendment(1)).ThenRefused("amendment-confirmed");
        story.When(Officer, new ConfirmAmendment(2)).ThenRefused("no-such-amendment", RefusalKind.NotFound);
    }

    [Fact]
    public void The_grantor_s_shows_as_unconfirmed_until_the_recipient_has_confirmed_it()
    {
        var story = InDecember().Given(Officer, Amend("2014-12-01", Move("mapping-report", On("2015-03-01"))));
        Assert.Null(story.Agreement.Amendments[0].Confirmed);

        story.When(ProjectLead, new ConfirmAmendment(1)).Then(new AmendmentConfirmed(1, "SKR"));
        Assert.Equal(ProjectLead.Id, story.Agreement.Amendments[0].ConfirmedBy);
    }

    [Fact]
    public void It_never_touches_what_is_done_by_then()
    {
        var story = InDecember().Given(Officer, Amend("2015-01-20", Move("mapping-report", On("2015-03-01")), Drop("mapping-discussion")))
            .On("2015-01-10").Submitted("mapping-report").Accepted("mapping-report").Until("2015-01-20");

        Assert.Equal((Day("2015-02-01"), ObligationStatus.Done), (story["mapping-report"].DueOn!.Value, story.Agreement.StatusOf(story["mapping-report"])));
        Assert.Equal(ObligationStatus.Waived, story.Agreement.StatusOf(story["mapping-discussion"]));
        Assert.Equal(["mapping-report"], story.Agreement.Amendments[0].TookEffect!.Untouched);
    }

    [Fact]
    public void What_is_done_already_is_not_amended() =>
        InDecember().Submitted("mapping-report").Accepted("mapping-report")
            .When(Officer, Amend("2015-01-20", Move("mapping-report", On("2015-03-01")))).ThenRefused("obligation-settled");

    [Fact]
    public void It_adds_reschedules_and_drops_yearly_ones_as_the_terms_name_them()
    {
        var story = Story.Of2014().On("2015-05-10").Completed("annual-consultation-2015").Given(Officer, Amend("2015-05-01",
            Move("annual-consultation", new(EveryYear: new(4, 2016, 2017))), Drop("financial-statement-2017"),
            new(Add: Deliverable("minutes", After("annual-consultation", 14), false, "annual-consultation"))));

        Assert.Equal(Day("2015-05-31"), story["annual-consultation-2015"].DueOn);
        Assert.Equal(Day("2016-04-30"), story["annual-consultation-2016"].DueOn);
        Assert.Equal(Day("2016-04-30"), story["follow-up-report-2016"].DueOn);
        Assert.Equal("A2014/9999/DISK", story["financial-statement-2017"].Waived!.Reference);
        Assert.Equal((Day("2015-06-14"), Day("2016-05-14")), (story["minutes-2015"].DueOn!.Value, story["minutes-2016"].DueOn!.Value));
        Assert.Equal(["annual-consultation-2016"], story["minutes-2016"].Rests);
        Assert.Equal("minutes-2017", story.Agreement.Order[^1]);
        Assert.Equal(story.Dossier.Sequence, story["minutes-2017"].Touched);
    }

    [Fact]
    public void It_overrides_a_day_that_was_set_or_given_before()
    {
        var story = InDecember().Given(Officer, new ExtendObligation("mapping-report", Day("2015-06-01"), "A2014/8"), Amend("2014-12-01", Move("mapping-report", On("2015-03-01"))));

        Assert.Equal(Day("2015-03-01"), story["mapping-report"].DueOn);
    }

    [Fact]
    public void The_same_from_the_same_person_is_recorded_once()
    {
        var story = InDecember().Given(Officer, Amend("2014-12-01", new AmendmentChange(Add: Deliverable("extra", On("2015-06-01")))));

        story.When(Officer, Amend("2014-12-01", new AmendmentChange(Add: Deliverable("extra", On("2015-06-01"))))).ThenNothing();
        story.When(Officer, Amend("2014-12-05", Move("extra", On("2015-07-01")))).Then<AmendmentProposed>();
    }

    [Fact]
    public void The_same_changes_from_another_day_are_another_amendment()
    {
        var story = InDecember().Given(Officer, Amend("2015-01-10", Drop("coordination-group")));

        story.When(Officer, Amend("2014-12-10", Drop("coordination-group"))).Then<AmendmentTookEffect>();
    }

    [Fact]
    public void Each_change_is_one_and_names_what_exists()
    {
        InDecember().When(Officer, Amend("2015-01-01")).ThenRefused("changes-missing", RefusalKind.Invalid);
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange())).ThenFaults(("/changes/0", "one-change-each"));
        InDecember().When(Officer, Amend("2015-01-01", Drop("mapping-report") with { Add = Deliverable("x", NoDate) })).ThenFaults(("/changes/0", "one-change-each"));
        InDecember().When(Officer, Amend("2015-01-01", Drop("nothing"), Move("nothing", On("2015-01-01"))))
            .ThenFaults(("/changes/0/drop/key", "unknown-obligation"), ("/changes/1/reschedule/key", "unknown-obligation"));
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Drop: new("mapping-report", " ")))).ThenFaults(("/changes/0/drop/reason", "text-length"));
        InDecember().When(Officer, Amend("2015-01-01", Drop("mapping-report")) with { Reference = " " }).ThenFaults(("/reference", "text-length"));
    }

    [Fact]
    public void A_new_date_must_be_one()
    {
        InDecember().When(Officer, Amend("2015-01-01", Move("annual-consultation", new(EveryYear: new(13, 2015, 2017))))).ThenFaults(("/changes/0/reschedule/due/everyYear", "every-year"));
        InDecember().When(Officer, Amend("2015-01-01", Move("mapping-report", new(EveryYear: new(5, 2015, 2017))))).ThenFaults(("/changes/0/reschedule/due", "not-yearly"));
        InDecember().When(Officer, Amend("2015-01-01", Move("mapping-report", new()))).ThenFaults(("/changes/0/reschedule/due", "one-due-rule"));
        InDecember().When(Officer, Amend("2015-01-01", Move("mapping-report", Before("nothing")))).ThenFaults(("/changes/0/reschedule/due/before", "unknown-obligation"));
        InDecember().When(Officer, Amend("2015-01-01", Move("mapping-report", Before("annual-consultation")))).ThenFaults(("/changes", "unknown-obligation"));
        InDecember().When(Officer, Amend("2015-01-01", Move("mapping-report", On("9999-12-31")))).ThenFaults(("/changes/0/reschedule/due/on", "date-range"));
    }

    [Fact]
    public void It_makes_no_circle()
    {
        InDecember().When(Officer, Amend("2015-01-01", Move("mapping-report", After("mapping-report", 1)))).ThenFaults(("/changes/0/reschedule/due/after", "circle"));
        InDecember().When(Officer, Amend("2015-01-01", Move("action-plan", After("mapping-discussion", 1)))).ThenFaults(("/changes", "circle"));
        InDecember().Given(Officer, Amend("2015-03-01", Move("mapping-report", Before("final-report"))))
            .When(Officer, Amend("2015-04-01", Move("final-report", After("mapping-report", 1)))).ThenFaults(("/changes", "circle"));
    }

    [Fact]
    public void What_it_adds_has_a_key_of_its_own()
    {
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("annual-consultation", NoDate)))).ThenFaults(("/changes/0/add/key", "key-taken"));
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("requisition-2015", NoDate)))).ThenFaults(("/changes/0/add/key", "key-taken"));
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("x", NoDate)), new AmendmentChange(Add: Deliverable("x", NoDate))))
            .ThenFaults(("/changes/1/add/key", "key-taken"));
        InDecember().Given(Officer, Amend("2015-02-01", new AmendmentChange(Add: Deliverable("x", NoDate))))
            .When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("x", On("2015-06-01"))))).ThenFaults(("/changes/0/add/key", "key-taken"));
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("x", Before("annual-consultation") with { From = 2030 })))).ThenFaults(("/changes/0/add/due", "no-year"));
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("x", Before("x"), true, "x", "nothing") with { Responsible = ["MSB"] })))
            .ThenFaults(("/changes/0/add", "unknown-party"), ("/changes/0/add/due/before", "circle"), ("/changes/0/add/rests", "circle"), ("/changes/0/add/rests", "unknown-obligation"));
    }

    [Fact]
    public void An_agreement_that_has_ended_is_amended_no_more()
    {
        var story = InDecember().Given(Officer, Amend("2015-06-01", Drop("coordination-group")), new TerminateAgreement(Day("2015-01-01"), "A2015/1", Day("2015-06-30"))).Until("2015-01-01");

        story.When(Officer, Amend("2015-01-01", Drop("documentation"))).ThenRefused("agreement-terminated");
        story.When(ProjectLead, new ConfirmAmendment(1)).ThenRefused("agreement-terminated");
        Assert.Null(story.Until("2016-01-01").Agreement.Amendments[0].TookEffect);
    }

    [Fact]
    public void Nothing_is_changed_twice_in_one_amendment()
    {
        InDecember().When(Officer, Amend("2015-01-01", Drop("action-plan"), Move("action-plan", On("2015-06-01")))).ThenFaults(("/changes/1/reschedule/key", "changed-twice"));
        InDecember().When(Officer, Amend("2015-01-01", Move("action-plan", On("2015-06-01")), Drop("action-plan"))).ThenFaults(("/changes/1/drop/key", "changed-twice"));
        InDecember().When(Officer, Amend("2015-01-01", Move("annual-consultation", new(EveryYear: new(4, 2015, 2017))), Drop("annual-consultation-2016"))).ThenFaults(("/changes/1/drop/key", "changed-twice"));
        InDecember().When(Officer, Amend("2015-01-01", Move("action-plan", On("2015-06-01")), Move("action-plan", On("2015-07-01")))).ThenFaults(("/changes/1/reschedule/key", "changed-twice"));
    }

    [Fact]
    public void No_date_is_counted_from_something_without_one()
    {
        InDecember().When(Officer, Amend("2015-01-01", Move("action-plan", After("coordination-group", 10)))).ThenFaults(("/changes/0/reschedule/due/after", "hangs-on-undated"));
        InDecember().When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("x", Before("documentation"))))).ThenFaults(("/changes/0/add/due/before", "hangs-on-undated"));
        // The discussion is counted from the plan, which would have no date.
        InDecember().When(Officer, Amend("2015-01-01", Move("action-plan", NoDate))).ThenFaults(("/changes/0/reschedule/due", "dates-counted-from-it"));
        InDecember().When(Officer, Amend("2014-12-10", Move("action-plan", NoDate), Move("mapping-discussion", On("2015-04-01")))).Then<AmendmentTookEffect>();
        // With a day set for it, it has one; and what is set later will.
        InDecember().Given(Officer, new ScheduleObligation("coordination-group", Day("2015-03-01"))).When(Officer, Amend("2014-12-10", Move("action-plan", After("coordination-group", 10)))).Then<AmendmentTookEffect>();
        InDecember().When(Officer, Amend("2014-12-10", Move("action-plan", new(Scheduled: true)))).Then<AmendmentTookEffect>();
    }

    [Fact]
    public void No_date_is_counted_from_something_that_is_let_go()
    {
        InDecember().When(Officer, Amend("2015-01-01", Drop("action-plan"), Move("final-report", After("action-plan", 10)))).ThenFaults(("/changes/1/reschedule/due/after", "hangs-on-dropped"));
        InDecember().Given(Officer, new WaiveObligation("action-plan", "Behövs inte", "A1"))
            .When(Officer, Amend("2015-01-01", new AmendmentChange(Add: Deliverable("x", After("action-plan", 1))))).ThenFaults(("/changes/0/add/due/after", "hangs-on-dropped"));
        InDecember().Given(Officer, Amend("2015-03-01", Drop("action-plan"))).When(Officer, Amend("2015-02-01", Move("final-report", After("action-plan", 1)))).ThenFaults(("/changes/0/reschedule/due/after", "hangs-on-dropped"));
        // Counted from what is itself counted from something let go.
        InDecember().When(Officer, Amend("2015-01-01", Drop("action-plan"), Move("final-report", After("mapping-discussion", 1)))).ThenFaults(("/changes/1/reschedule/due/after", "hangs-on-dropped"));
    }

    [Fact]
    public void More_money_is_agreed_on_by_it_before_more_is_released()
    {
        static AmendmentChange Raise(string amount, string? instalment = null) => new(Raise: new(Kr(amount), instalment));
        var story = InDecember().When(Officer, Amend("2014-12-10", Raise("5000000", "2015"))).ThenFaults(("/changes/0/raise/amount", "instalments-exceed-total"));
        story.When(Officer, Amend("2014-12-10", Raise("4000000", "2015"), Raise("12000000"), Raise("1", "2017"))).ThenFaults(("/changes/0/raise/amount", "raise-not-higher"), ("/changes/1/raise/amount", "raise-not-higher"), ("/changes/2/raise/instalment", "no-such-instalment"));
        story.When(Officer, Amend("2014-12-10", Raise("13000000"), Raise("14000000"))).ThenFaults(("/changes/1/raise", "changed-twice"));
        story.Given(Officer, Amend("2014-12-20", Raise("13000000"), Raise("5000000", "2015")));
        story.When(Officer, Release("2015", amount: "5000000", decidedOn: "2014-12-01")).ThenRefused("release-exceeds-agreed");

        story.Until("2014-12-20").When(Officer, Release("2015", amount: "5000000.01", decidedOn: "2014-12-01")).ThenRefused("release-exceeds-agreed");
        Assert.Equal((Kr("5000000"), Kr("9000000"), Kr("13000000")), (story.Dossier.Grant.Instalment("2015")!.Amount, story.Dossier.Grant.Balances.Conditional, story.Dossier.Grant.AgreedTotal));
        story.When(Officer, Release("2015", amount: "5000000", decidedOn: "2014-12-01")).Then<MrAgreement.Grants.InstalmentReleased>();
        story.Given(Officer, new MrAgreement.Grants.LapseInstalment("2016", "Nej")).When(Officer, Amend("2014-12-21", Raise("5000000", "2016"))).ThenFaults(("/changes/0/raise/instalment", "instalment-lapsed"));
        story.When(Officer, Amend("2014-12-21", Raise("5000000", "2014"))).Then<AmendmentProposed>();
        Assert.Equal((Kr("5000000"), Kr("10000000")), (story.Until("2014-12-21").Dossier.Grant.Instalment("2014")!.Amount, story.Dossier.Grant.Balances.Decided));
    }

    static IEnumerable<NodaTime.Instant> WakeUps(Story story, string until)
    {
        var seen = new List<NodaTime.Instant>();
        var end = MrAgreement.Calendars.StockholmTime.Noon(Day(until));
        var it = story.Dossier;
        while (Lifecycle.NextWakeUp(it) is { } next && next <= end)
        {
            seen.Add(next);
            foreach (var happened in Lifecycle.Due(it, next).Events)
                it = it.Evolve(happened, new(it.Sequence + 1, next, PersonId.System));
        }
        return seen;
    }
}
