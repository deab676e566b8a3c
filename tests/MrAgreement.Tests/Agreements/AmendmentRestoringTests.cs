using MrAgreement.Agreements;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Agreements;

/// <summary>What an amendment in effect changed goes back by another amendment: recorded as it is proposed, it restores the terms.</summary>
public class AmendmentRestoringTests
{
    static ProposeAmendment Amend(string reference, params IReadOnlyList<AmendmentChange> changes) => new(Day("2014-12-01"), reference, Day("2014-12-01"), changes);

    static Story InDecember() => Story.Of2014().On("2014-12-10");

    static Story Shared() => Story.Signed(Terms(Deliverable("report", On("2015-02-01")), Deliverable("plan", On("2015-04-01"))) with
    {
        Parties = [.. Terms().Parties, new("LST-F", "Länsstyrelsen i Jönköping", PartyRole.SubRecipient, Duties: [Duty.MoneyHandler]), new("LST-U", "Länsstyrelsen i Västmanland", PartyRole.SubRecipient)]
    }).On("2014-12-10");

    static string Json(object it) => System.Text.Json.JsonSerializer.Serialize(it, MrAgreement.EventSourcing.Json.Options);

    static AmendmentRestoring Back(Story story, int number = 1) => AmendmentRestoring.Of(story.Dossier, story.Agreement.Amendments[number - 1], "Återställs")!;

    [Fact]
    public void Period_instalments_dates_words_and_reminders_are_as_they_were_when_it_is_recorded()
    {
        var story = InDecember();
        var (terms, due, title) = (Json(story.Agreement.Terms.Period), story["mapping-report"].DueOn, story["mapping-report"].Title);
        story.Given(Officer, Amend("A1", new(Period: new(Day("2014-06-13"), Day("2018-06-30"))), new(Instalment: new("2015", Kr("3500000"), "Anslag 1:2", RequisitionDueOn: Day("2015-10-01"))),
            new(Instalment: new("2016", Unconditional: true)), new(Reschedule: new("mapping-report", On("2015-03-01"))), new(Revise: new("action-plan", "Planen")), new(Reminders: new([30], [5]))));
        Assert.NotEqual(due, story["mapping-report"].DueOn);

        var back = Back(story);
        // Of all that, a day that there was not before is not taken away.
        Assert.Equal([1], back.Left);
        story.Given(Officer, Amend("A2", back.Changes));
        Assert.Equal((terms, due, title), (Json(story.Agreement.Terms.Period), story["mapping-report"].DueOn, story["mapping-report"].Title));
        Assert.Equal((Kr("4000000"), "riksdag-appropriation"), (story.Dossier.Grant.Instalment("2015")!.Agreed, story.Dossier.Grant.Instalment("2015")!.Condition));
        Assert.Equal("riksdag-appropriation", story.Dossier.Grant.Instalment("2016")!.Condition);
        Assert.True(story.Agreement.Plan.IsSame(Story.Of2014().Agreement.Plan));
        Assert.Equal(Story.Of2014()["action-plan"].Title, story["action-plan"].Title);
        // Nothing is left to restore but what had no day before.
        Assert.DoesNotContain(Back(story).Changes, change => change.Instalment?.RequisitionDueOn is null);
    }

    [Fact]
    public void Parties_and_duties_are_whose_they_were()
    {
        var story = Shared();
        var before = Json(story.Agreement.Terms.Parties.OrderBy(party => party.Key).Select(party => (party.Key, party.Name, party.Role)));
        story.Given(Officer, Amend("A1", new(Join: new("LST-C", "Länsstyrelsen i Uppsala", PartyRole.SubRecipient)), new(Leave: new("LST-U")), new(Duty: new(Duty.MoneyHandler, "SKR"))));
        Assert.NotNull(story.Agreement.Party("LST-C"));

        story.Given(Officer, Amend("A2", Back(story).Changes));
        Assert.Equal(before, Json(story.Agreement.Terms.Parties.OrderBy(party => party.Key).Select(party => (party.Key, party.Name, party.Role))));
        Assert.True(story.Agreement.Party("LST-F")!.Has(Duty.MoneyHandler));
    }

    [Fact]
    public void What_no_amendment_turns_round_is_said_to_be_left_and_what_never_applied_is_not_restored()
    {
        var story = InDecember().Given(Officer, Amend("A1", new(Raise: new(Kr("13000000"))), new(Drop: new("follow-up-report", "Behövs inte")), new(Raise: new(Kr("5000000"), "2015"))));
        var back = Back(story);
        Assert.Equal([0, 1], back.Left);
        Assert.Equal((Kr("4000000"), "2015"), (back.Changes.Single().Instalment!.Amount, back.Changes.Single().Instalment!.Key));

        story.Given(ProjectLead, Amend("A2", new AmendmentChange(Period: new(Day("2014-06-13"), Day("2019-06-30")))));
        Assert.Null(AmendmentRestoring.Of(story.Dossier, story.Agreement.Amendments[1], "Nej"));
    }

    [Fact]
    public void A_fault_of_money_is_told_at_the_amount_and_not_at_another_change() =>
        InDecember().When(Officer, Amend("A1", new(Reschedule: new("mapping-report", On("2015-03-01"))), new(Raise: new(Kr("5000000"), "2015")), new(Period: new(Day("2014-06-13"), Day("2018-06-30")))))
            .ThenFaults(("/changes/1/raise/amount", "instalments-exceed-total"));
}
