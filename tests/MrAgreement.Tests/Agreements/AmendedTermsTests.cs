using MrAgreement.Agreements;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

/// <summary>Amendments of what is no date: words and documents, instalments, the period, parties, duties and reminders.</summary>
public class AmendedTermsTests
{
    static ProposeAmendment Amend(params AmendmentChange[] changes) => new(Day("2014-12-01"), "A2014/9999/DISK", Day("2014-12-01"), changes);

    static string Json(Terms terms) => System.Text.Json.JsonSerializer.Serialize(terms, MrAgreement.EventSourcing.Json.Options);

    static Story InDecember() => Story.Of2014().On("2014-12-10");

    static string[] Told(Story story) =>
        [.. story.Agreement.Amendments[^1].Difference.Select(it => $"{MrAgreement.EventSourcing.Json.NameOf(it.What)} {it.Of}: {Of(it.Old)} → {Of(it.New)}")];

    static string Of(DifferenceValue? value) => value is null ? "–"
        : string.Join(' ', new object?[] { value.Date?.ToString("yyyy-MM-dd", null), value.Amount, value.Period is { } p ? $"{p.From:yyyy-MM-dd}/{p.To:yyyy-MM-dd}" : null, value.Text,
            value.Words is { } words ? string.Join(',', words) : null, value.Days is { } days ? string.Join(',', days) : null }.Where(part => part is not null));

    // RK, SKR and KAMK, and two sub-recipients.
    static Story Shared() => Story.Signed(Terms(Deliverable("report", On("2015-02-01")), Deliverable("plan", On("2015-04-01"))) with
    {
        Parties = [.. Terms().Parties, new("LST-F", "Länsstyrelsen i Jönköping", PartyRole.SubRecipient, Duties: [Duty.MoneyHandler]), new("LST-U", "Länsstyrelsen i Västmanland", PartyRole.SubRecipient)]
    }).On("2014-12-10");

    [Fact]
    public void Words_and_documents_of_an_obligation_are_changed_and_told_before_and_after()
    {
        var story = InDecember().Given(Officer, Amend(new(Revise: new("mapping-report", "Kartläggning", "Rapporten lämnas.", ["report", "plan"])), new(Revise: new("follow-up-report", "Uppföljning"))));

        Assert.Equal(("Kartläggning", "Rapporten lämnas."), (story["mapping-report"].Title, story["mapping-report"].Text));
        Assert.Equal(["report", "plan"], story["mapping-report"].Documents);
        Assert.Equal("Uppföljning 2016", story["follow-up-report-2016"].Title);
        Assert.Contains("documents mapping-report: report → report,plan", Told(story));
        Assert.Contains(Told(story), told => told.StartsWith("title follow-up-report-2017: ", StringComparison.Ordinal) && told.EndsWith("→ Uppföljning 2017", StringComparison.Ordinal));
        Assert.Equal(Json(Some.Terms2014), Json(story.Agreement.Drafted));
    }

    [Fact]
    public void Words_that_are_none_or_the_same_are_refused_at_their_place()
    {
        var story = InDecember();
        story.When(Officer, Amend(new AmendmentChange(Revise: new("nothing", "X")))).ThenFaults(("/changes/0/revise/key", "unknown-obligation"));
        story.When(Officer, Amend(new AmendmentChange(Revise: new("mapping-report", story["mapping-report"].Title)))).ThenFaults(("/changes/0/revise", "changes-nothing"));
        story.When(Officer, Amend(new AmendmentChange(Revise: new("mapping-report", " ", Documents: ["Två ord"])))).ThenFaults(("/changes/0/revise/title", "text-length"), ("/changes/0/revise/documents", "document-kind"));
        story.When(Officer, Amend(new(Revise: new("mapping-report", "A")), new(Revise: new("mapping-report", "B")))).ThenFaults(("/changes/1/revise/key", "changed-twice"));
        story.When(Officer, Amend(new(Revise: new("mapping-report", "A")), new(Reschedule: new("mapping-report", On("2015-03-01"))))).Then<AmendmentProposed>();
    }

    [Fact]
    public void An_instalment_gets_another_amount_condition_and_day_and_its_requisition_that_day()
    {
        var story = InDecember().Given(Officer, Amend(new(Instalment: new("2015", Kr("3500000"), "Anslag 1:2", RequisitionDueOn: Day("2015-10-01"))), new(Instalment: new("2016", Unconditional: true))));

        var (second, third) = (story.Dossier.Grant.Instalment("2015")!, story.Dossier.Grant.Instalment("2016")!);
        Assert.Equal((Kr("3500000"), Kr("3500000"), "Anslag 1:2", InstalmentStatus.Conditional), (second.Amount, second.Agreed, second.Condition, second.Status));
        Assert.Equal((InstalmentStatus.Decided, null), (third.Status, third.Condition));
        Assert.Equal(Day("2015-10-01"), story["requisition-2015"].DueOn);
        Assert.Equal(["instalment-amount 2015: 4000000 → 3500000", "instalment-condition 2015: riksdag-appropriation → Anslag 1:2", "requisition-date 2015: – → 2015-10-01", "instalment-condition 2016: riksdag-appropriation → –"],
            Told(story).Where(told => !told.StartsWith("added", StringComparison.Ordinal)));
        Assert.Equal(2, story.Log.Count(row => row.Type == "instalment-amended"));
    }

    [Fact]
    public void A_lowered_amount_stays_lowered_though_an_earlier_amendment_had_raised_it_and_a_withdrawn_release_keeps_it()
    {
        var story = InDecember().Given(Officer, Amend(new(Raise: new(Kr("13000000"))), new(Raise: new(Kr("5000000"), "2015"))), Amend(new AmendmentChange(Instalment: new("2015", Kr("3000000")))));
        Assert.Equal(Kr("3000000"), story.Dossier.Grant.Agreed("2015"));

        story.On("2015-01-16").Given(Officer, Some.Release("2015"), new WithdrawRelease("2015", "Fel"));
        Assert.Equal((Kr("3000000"), InstalmentStatus.Conditional), (story.Dossier.Grant.Instalment("2015")!.Amount, story.Dossier.Grant.Instalment("2015")!.Status));
        story.Given(Officer, Amend(new AmendmentChange(Raise: new(Kr("3500000"), "2015"))) with { DecidedOn = Day("2015-01-10") });
        Assert.Equal(Kr("3500000"), story.Dossier.Grant.Agreed("2015"));
    }

    [Fact]
    public void What_is_released_requisitioned_or_does_not_add_up_is_refused()
    {
        var story = InDecember().Given(Finance, Some.Requisition());
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2014", Kr("1"))))).ThenFaults(("/changes/0/instalment/amount", "amended-below-requisitioned"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2014", Condition: "Beslut")))).ThenFaults(("/changes/0/instalment/condition", "condition-after-requisition"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2014", Unconditional: true)))).ThenFaults(("/changes/0/instalment/unconditional", "changes-nothing"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2015", Kr("4000001"))))).ThenFaults(("/changes/0/instalment/amount", "instalments-exceed-total"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2015", Kr("4000000"))))).ThenFaults(("/changes/0/instalment", "changes-nothing"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2015", Condition: "X", Unconditional: true, RequisitionDueOn: Day("2014-01-01"))))).ThenFaults(("/changes/0/instalment/unconditional", "condition-or-none"), ("/changes/0/instalment/requisitionDueOn", "before-signature"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2019", Kr("1"))))).ThenFaults(("/changes/0/instalment/key", "no-such-instalment"));
        story.When(Officer, Amend(new(Instalment: new("2015", Kr("1"))), new(Raise: new(Kr("5000000"), "2015")))).ThenFaults(("/changes/1/raise", "changed-twice"));
        story.When(Officer, Amend(new(Instalment: new("2015", Kr("3000000"))), new(Instalment: new("2016", Kr("5000000"))))).Then<AmendmentProposed>();
        story.On("2015-01-16").Given(Officer, Some.Release("2016"));
        story.When(Officer, Amend(new AmendmentChange(Instalment: new("2016", Kr("1")))) with { DecidedOn = Day("2015-01-10") }).ThenFaults(("/changes/0/instalment/key", "amended-instalment-released"));
    }

    [Fact]
    public void An_obligation_is_not_moved_to_where_it_is_but_back_to_where_it_was_before_what_moved_it_since()
    {
        var story = InDecember();
        AmendmentChange back = new(Reschedule: new("mapping-report", story.Agreement.Terms.Obligations.First(o => o.Key == "mapping-report").Due));
        story.When(Officer, Amend(back)).ThenFaults(("/changes/0/reschedule/due", "changes-nothing"));

        story.Given(Officer, new ExtendObligation("mapping-report", Day("2015-02-20"), "R1"));
        story.When(Officer, Amend(back)).Then<AmendmentProposed>();
    }

    [Fact]
    public void A_date_that_is_agreed_on_is_no_reading_any_more()
    {
        var story = InDecember();
        var read = story.Agreement.InOrder.First(o => o.Reading?.Due is not null && !o.IsSettled);

        story.Given(Officer, Amend(new AmendmentChange(Reschedule: new(read.Key, new(On: Day("2016-11-01"))))) with { IsSure = true });

        Assert.Null(story[read.Key].Reading?.Due);
        Assert.Equal(read.Reading! with { Due = null }, story[read.Key].Reading ?? new());
    }

    [Fact]
    public void An_instalment_that_was_released_before_the_day_is_left_untouched_and_said_to_be()
    {
        var story = InDecember().Given(Officer, Amend(new AmendmentChange(Instalment: new("2015", Kr("3000000")))) with { EffectiveFrom = Day("2015-02-01") })
            .On("2015-01-16").Given(Officer, Some.Release("2015")).Until("2015-02-02");

        Assert.Equal(["2015"], story.Agreement.Amendments[0].TookEffect!.Untouched);
        Assert.Equal(Kr("4000000"), story.Dossier.Grant.Agreed("2015"));
        Assert.Empty(story.Agreement.Amendments[0].Difference);
    }

    [Fact]
    public void The_period_is_moved_but_never_before_what_is_done()
    {
        var story = InDecember().Given(Officer, Amend(new AmendmentChange(Period: new(Day("2014-06-13"), Day("2018-06-30")))));
        Assert.Equal(["period : 2014-06-13/2017-12-31 → 2014-06-13/2018-06-30"], Told(story));
        Assert.Equal(Day("2018-06-30"), story.Dossier.CostDays.To);

        story.On("2015-01-10").Submitted("mapping-report").Accepted("mapping-report");
        ProposeAmendment Period(string from, string to) => Amend(new AmendmentChange(Period: new(Day(from), Day(to)))) with { DecidedOn = Day("2015-01-10") };
        story.When(Officer, Period("2014-06-13", "2015-01-09")).ThenFaults(("/changes/0/period/to", "period-before-done"));
        story.When(Officer, Period("2014-06-13", "2015-01-10")).Then<AmendmentProposed>();
        story.When(Officer, Period("2015-06-13", "2015-01-01")).ThenRefusedBy("period-reversed");
        story.When(Officer, Period("2014-01-01", "2014-06-12")).ThenRefusedBy("before-signature");
        story.When(Officer, Period("2014-06-13", "2015-01-10")).ThenNothing();
        story.When(Officer, Period("2014-06-13", "2015-01-10") with { Reference = "Annan" }).ThenFaults(("/changes/0/period", "changes-nothing"));
        story.When(Officer, Amend(new(Period: new(Day("2014-06-13"), Day("2019-01-01"))), new(Period: new(Day("2014-06-13"), Day("2020-01-01"))))).ThenFaults(("/changes/1", "one-change-each"));
    }

    [Fact]
    public void The_period_is_not_moved_before_what_was_paid()
    {
        var story = InDecember().Given(Payer, Some.Payment("4000000", "2014-12-09"));
        story.When(Officer, Amend(new AmendmentChange(Period: new(Day("2014-06-13"), Day("2014-12-08"))))).ThenFaults(("/changes/0/period/to", "period-before-done"));
        story.When(Officer, Amend(new AmendmentChange(Period: new(Day("2014-06-13"), Day("2014-12-09"))))).Then<AmendmentProposed>();
    }

    [Fact]
    public void A_party_takes_over_with_role_and_obligations_and_the_former_may_do_nothing_more()
    {
        var story = InDecember().Submitted("mapping-report").Accepted("mapping-report").Given(Officer, Amend(new AmendmentChange(TakeOver: new("RK", "KUD", "Kulturdepartementet"))));
        var theirs = Officer with { Party = "KUD", Id = new("kim.ku") };

        Assert.Equal(["taken-over RK: Regeringskansliet (Arbetsmarknadsdepartementet) RK → Kulturdepartementet KUD"], Told(story));
        Assert.Equal(("KUD", "Regeringskansliet (Arbetsmarknadsdepartementet)"), (story["action-plan"].Recipient, story.Agreement.NameOf("RK", story.Today)));
        Assert.Contains("KUD", story["annual-consultation-2015"].Responsible);
        story.When(Officer, new ExtendObligation("action-plan", Day("2015-06-01"), "A")).ThenRefused("no-such-agreement", RefusalKind.NotFound);
        story.When(theirs, new ExtendObligation("action-plan", Day("2015-06-01"), "A")).Then<ExtensionGranted>();
    }

    [Fact]
    public void A_party_with_something_open_or_a_key_in_use_does_not_change_hands()
    {
        var story = InDecember().Submitted("mapping-report");
        AmendmentChange Take(string from, string key, string name = "Ny") => new(TakeOver: new(from, key, name));
        story.When(Officer, Amend(Take("RK", "KUD"))).ThenFaults(("/changes/0/takeOver/from", "party-has-open-acts"));
        story.When(Officer, Amend(Take("SKR", "KUD"))).ThenFaults(("/changes/0/takeOver/from", "party-has-open-acts"));
        story.When(Officer, Amend(Take("KAMK", "SKR"))).ThenFaults(("/changes/0/takeOver/key", "key-taken"));
        story.When(Officer, Amend(Take("XX", "KUD", ""))).ThenFaults(("/changes/0/takeOver/name", "text-length"), ("/changes/0/takeOver/from", "unknown-party"));
        story.When(Officer, Amend(Take("KAMK", "NY"), Take("KAMK", "NY2"))).ThenFaults(("/changes/1/takeOver/from", "changed-twice"));
        story.Given(Finance, Some.Requisition()).When(Officer, Amend(Take("KAMK", "NY"))).ThenFaults(("/changes/0/takeOver/from", "party-has-open-acts"));
    }

    [Fact]
    public void A_party_joins_and_may_owe_what_is_added_with_it_and_leaves_when_it_owes_nothing()
    {
        var story = Shared().Given(Officer, Amend(new(Join: new Party("LST-Z", "Länsstyrelsen i Jämtland", PartyRole.SubRecipient)), new(Add: Deliverable("own", On("2015-05-01")) with { Responsible = ["LST-Z"] })));
        Assert.Equal(PartyRole.SubRecipient, story.Agreement.Party("LST-Z")!.Role);
        Assert.Equal(["added own: – → 2015-05-01", "joined LST-Z: – → Länsstyrelsen i Jämtland"], Told(story));

        AmendmentChange leaves = new(Leave: new("LST-Z"));
        story.When(Officer, Amend(leaves)).ThenFaults(("/changes/0/leave/key", "party-owes"));
        story.When(Officer, Amend(leaves, new(Drop: new("own", "Behövs inte")))).Then<AmendmentProposed>();
        Assert.Null(story.Agreement.Party("LST-Z"));
        Assert.Equal("Länsstyrelsen i Jämtland", story.Agreement.NameOf("LST-Z", story.Today));
        story.When(Officer, Amend(leaves) with { Reference = "Igen" }).ThenFaults(("/changes/0/leave/key", "unknown-party"));
    }

    [Fact]
    public void Who_has_signed_or_is_the_last_of_its_kind_does_not_just_leave_and_nobody_joins_twice()
    {
        var story = Shared();
        story.When(Officer, Amend(new AmendmentChange(Leave: new("RK")))).ThenFaults(("/changes/0/leave/key", "party-signed"));
        story.When(Officer, Amend(new AmendmentChange(Join: new Party("LST-U", "Igen", PartyRole.SubRecipient)))).ThenFaults(("/changes/0/join/key", "key-taken"));
        story.When(Officer, Amend(new AmendmentChange(Join: new Party("lst", "", PartyRole.SubRecipient)))).ThenRefusedBy("text-length");
        story.When(Officer, Amend(new AmendmentChange(Join: new Party("LST-Z", "Z", PartyRole.SubRecipient, Duties: [Duty.MoneyHandler])))).ThenFaults(("/changes/0/join/duties", "duty-taken"));
    }

    [Fact]
    public void A_party_that_got_something_to_do_before_the_day_stays_and_the_amendment_says_so()
    {
        var story = Shared().Given(Officer, Amend(new AmendmentChange(Leave: new("LST-U"))) with { EffectiveFrom = Day("2015-01-15") },
            Amend(new AmendmentChange(Add: Deliverable("own", On("2015-05-01")) with { Responsible = ["LST-U"] }))).Until("2015-01-15");

        Assert.Equal(["LST-U"], story.Agreement.Amendments[0].TookEffect!.Untouched);
        Assert.NotNull(story.Agreement.Party("LST-U"));
    }

    [Fact]
    public void A_duty_is_another_party_s_for_a_time_and_goes_back_by_itself()
    {
        var story = Shared().Given(Officer, Amend(new AmendmentChange(Duty: new(Duty.Reporter, "LST-U", Day("2015-03-31")))));
        Assert.Equal(["duty reporter: Sveriges Kommuner och Regioner SKR → 2015-03-31 Länsstyrelsen i Västmanland LST-U"], Told(story));
        Assert.True(story.Agreement.Party("LST-U")!.Has(Duty.Reporter));
        Assert.Contains(Utc("2015-03-31T22:00:00Z"), new[] { Amendment.Next(story.Agreement) }.OfType<Instant>());

        Assert.True(story.Until("2015-03-31").Agreement.Party("LST-U")!.Has(Duty.Reporter));
        Assert.False(story.Until("2015-04-01").Agreement.Party("LST-U")!.Has(Duty.Reporter));
        Assert.Null(story.Agreement.Party("LST-U")!.Duties);
        Assert.Equal(PersonId.System, story.Log.Single(row => row.Type == "duty-ended").Actor);
    }

    [Fact]
    public void A_duty_given_anew_goes_back_to_whoever_had_it_for_good()
    {
        var story = Shared().Given(Officer, Amend(new AmendmentChange(Duty: new(Duty.MoneyHandler, "LST-U", Day("2015-03-31")))), Amend(new AmendmentChange(Duty: new(Duty.MoneyHandler, "SKR", Day("2015-02-28")))));
        Assert.False(story.Agreement.Party("LST-U")!.Has(Duty.MoneyHandler));
        Assert.True(story.Until("2015-03-01").Agreement.Party("LST-F")!.Has(Duty.MoneyHandler));
        Assert.Empty(story.Agreement.Deputies);
    }

    [Fact]
    public void A_duty_is_of_one_that_shares_and_its_time_does_not_end_before_it_begins()
    {
        var story = Shared();
        story.When(Officer, Amend(new AmendmentChange(Duty: new(Duty.Reporter, "RK")))).ThenFaults(("/changes/0/duty/party", "duty-party"));
        story.When(Officer, Amend(new AmendmentChange(Duty: new(Duty.AssignmentHolder, "LST-U")))).ThenFaults(("/changes/0/duty/party", "duty-party"));
        story.When(Officer, Amend(new AmendmentChange(Duty: new(Duty.MoneyHandler, "LST-F")))).ThenFaults(("/changes/0/duty/party", "changes-nothing"));
        story.When(Officer, Amend(new AmendmentChange(Duty: new(Duty.Reporter, "XX", Day("2014-11-30"))))).ThenFaults(("/changes/0/duty/until", "period-reversed"));
        story.When(Officer, Amend(new AmendmentChange(Duty: new(Duty.Reporter, "XX")))).ThenFaults(("/changes/0/duty/party", "unknown-party"));
    }

    [Fact]
    public void Amended_reminders_move_the_wake_ups_and_catch_up_with_nothing()
    {
        var story = InDecember().Until("2015-01-10");
        var sent = story.Log.Count(row => row.Type == "reminder-sent");
        story.Given(Officer, Amend(new AmendmentChange(Reminders: new([60, 10], []))) with { DecidedOn = Day("2015-01-05") });

        Assert.Equal(["reminders : -90,-30,-14,-7,-1,1,7,14,28 → -60,-10"], Told(story));
        Assert.Equal(Utc("2015-01-22T07:00:00Z"), Lifecycle.NextWakeUp(story.Dossier));
        Assert.Equal(sent, story.Until("2015-01-21").Log.Count(row => row.Type == "reminder-sent"));
        Assert.Equal(sent + 1, story.Until("2015-01-22").Log.Count(row => row.Type == "reminder-sent"));
        story.When(Officer, Amend(new AmendmentChange(Reminders: new([60, 10], [])))).ThenFaults(("/changes/0/reminders", "changes-nothing"));
        story.When(Officer, Amend(new AmendmentChange(Reminders: new([0], [])))).ThenFaults(("/changes/0/reminders/before", "rungs"));
    }

    [Fact]
    public void The_difference_tells_what_hangs_on_a_date_and_once_in_effect_how_it_was_then()
    {
        var story = InDecember().Given(Officer, Amend(new(Reschedule: new("annual-consultation-2017", On("2017-05-10"))), new(Drop: new("coordination-group", "Behövs inte"))) with { EffectiveFrom = Day("2015-01-20") });
        Assert.Equal(["date annual-consultation-2017: 2017-05-31 → 2017-05-10", "date financial-statement-2017: 2017-05-31 → 2017-05-10", "date follow-up-report-2017: 2017-05-31 → 2017-05-10", "dropped coordination-group:  → Behövs inte"], Told(story).Order(StringComparer.Ordinal));

        story.On("2015-01-02").Given(Officer, new ExtendObligation("annual-consultation-2017", Day("2017-06-15"), "A2015/1")).Until("2015-01-20");
        Assert.Contains("date annual-consultation-2017: 2017-06-15 → 2017-05-10", story.Agreement.Amendments[0].Difference.Select(it => $"{MrAgreement.EventSourcing.Json.NameOf(it.What)} {it.Of}: {Of(it.Old)} → {Of(it.New)}"));
    }

    [Fact]
    public void It_brings_its_document_which_every_party_then_has_and_which_is_not_withdrawn()
    {
        var story = InDecember();
        var command = Amend(new AmendmentChange(Revise: new("mapping-report", "Kartläggning"))) with { Enclosed = [Some.Document(77, DocumentKind.Amendment)] };
        story.Given(Officer, command);

        var document = story.Dossier.Documents.InOrder.Single();
        Assert.Equal((DocumentKind.Amendment, "RK"), (document.Kind, document.Party));
        Assert.Equal([new DocumentVersion(document.Id, 1)], story.Agreement.Amendments[0].Proposed.Documents);
        Assert.Equal([1], MrAgreement.Access.Sight.Versions(story.Dossier, ProjectLead, document).Select(version => version.Number));
        Assert.Contains(1, DocumentDecisions.Held(story.Dossier, "SKR", document));
        story.When(Officer, new WithdrawDocument(document.Id, "Fel")).ThenRefused("document-handed-over");
        story.When(Officer, command).ThenNothing();
    }

    [Fact]
    public void Refused_it_leaves_no_document_behind()
    {
        var story = InDecember();
        story.When(Officer, Amend(new AmendmentChange(Leave: new("RK"))) with { Enclosed = [Some.Document(77, DocumentKind.Amendment)] }).ThenFaults(("/changes/0/leave/key", "party-signed"));
        Assert.Empty(story.Dossier.Documents.InOrder);
        story.When(Officer, Amend(new AmendmentChange(Revise: new("mapping-report", "K"))) with { Documents = [Some.Id(5)] }).ThenFaults(("/documents/0", "unknown-document"));
    }

    [Fact]
    public void The_recipient_s_changes_nothing_until_it_is_confirmed()
    {
        var story = InDecember().Given(ProjectLead, Amend(new AmendmentChange(Period: new(Day("2014-06-13"), Day("2018-06-30")))));
        Assert.Equal(Day("2017-12-31"), story.Agreement.Terms.Period.To);
        Assert.Equal(Day("2018-06-30"), story.Given(Officer, new ConfirmAmendment(1)).Agreement.Terms.Period.To);
    }
}
