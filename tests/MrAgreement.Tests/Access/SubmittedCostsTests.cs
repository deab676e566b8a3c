using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Access;

/// <summary>Costs are told to the payer, and to whoever reads what is public, once they are submitted.</summary>
public class SubmittedCostsTests
{
    static readonly IReadOnlyList<Actor> untold = [Payer, Reader];
    static readonly IReadOnlyList<Actor> told = [ProjectLead, Finance, Approver, Officer, Auditor, Admin];

    static Story Booked() => Story.Of2014().On("2014-08-01")
        .Given(Payer, new RecordPayment(PaymentDirection.In, Day("2014-08-01"), Kr("4000000"), "A2014/2289/DISK", null))
        .On("2016-05-02").Spent("100").Given(Finance, new PrepareAdjustment(AdjustmentKind.Accrual, Kr("11"), Year(2015), null, "Periodisering"))
        .Given(Approver, new AttestAdjustment(1))
        .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), [])).Given(Approver, new AttestStatement(1));

    static Story Submitted() => Booked().Given(Finance, new Submit("financial-statement-2016", "Redovisning", [], 1)).Spent("25", "2016-03-01");

    static Kronor Costs(Story story, Actor by) => Sight.Seen(story.Dossier, by).Grant.Costs;

    [Fact]
    public void Before_anything_is_submitted_there_are_none()
    {
        var story = Booked();

        Assert.All(untold, by => Assert.Equal((Kronor.Zero, Kr("4000000")), (Costs(story, by), Sight.Seen(story.Dossier, by).Grant.Balances.Remaining)));
        Assert.All(told, by => Assert.Equal(Kr("111"), Costs(story, by)));
        Assert.All(untold, by => Assert.Empty(Cost.Of(Sight.Seen(story.Dossier, by).Grant, new(Day("2014-01-01"), Day("2017-12-31")))));
        Assert.All(untold, by => Assert.Equal(0, Sight.Seen(story.Dossier, by).Grant.Ledger.Rows(new(null, Day("2014-01-01"), Day("2017-12-31")))));
    }

    [Fact]
    public void Afterwards_they_are_what_was_submitted_and_not_what_was_booked_since()
    {
        var story = Submitted();

        Assert.All(untold, by => Assert.Equal(Kr("111"), Costs(story, by)));
        Assert.All(told, by => Assert.Equal(Kr("136"), Costs(story, by)));
        Assert.All(untold, by => Assert.Equal([new Cost(CategoryMap.Unassigned, 2015, Kr("111"))],
            Cost.Of(Sight.Seen(story.Dossier, by).Grant, new(Day("2014-01-01"), Day("2017-12-31")))));
    }

    [Fact]
    public void An_adjustment_shows_with_the_statement_that_has_it()
    {
        var (before, after) = (Booked(), Submitted());
        var prepared = EventJson.Read("adjustment-prepared", before.Log.Single(row => row.Type == "adjustment-prepared").Data!);

        Assert.False(Sight.Sees(before.Dossier, Payer, before.Dossier.Grant.Adjustments[0]));
        Assert.False(Sight.Sees(before.Dossier, Payer, prepared));
        Assert.True(Sight.Sees(after.Dossier, Payer, after.Dossier.Grant.Adjustments[0]));
        Assert.True(Sight.Sees(after.Dossier, Payer, prepared));
        Assert.True(Sight.Sees(before.Dossier, Officer, prepared));
    }

    [Fact]
    public void A_cost_that_is_disallowed_since_counts_no_more_for_anybody()
    {
        var story = Submitted().Given(Officer, new DisallowCosts(Kr("40"), Day("2016-05-02"), "A2016/1", "Ej stödberättigande", null, null));

        Assert.All(untold, by => Assert.Equal(Kr("71"), Costs(story, by)));
        Assert.Equal(Kr("96"), Costs(story, Officer));
        story.Given(Officer, new WithdrawDisallowance(1, "Misstag"));
        Assert.All(untold, by => Assert.Equal(Kr("111"), Costs(story, by)));
    }

    [Fact]
    public void The_reconciliation_settlement_and_lists_are_of_what_was_submitted()
    {
        var story = Submitted();
        var seen = Sight.Seen(story.Dossier, Payer);

        Assert.Equal(Kr("3999889"), seen.Grant.Payable);
        Assert.All(Reconciliation.Of(seen, story.Today).Where(check => !check.IsInternal), check =>
            Assert.DoesNotContain(new object?[] { check.Expected, check.Actual }, value => value is Kronor it && (it == Kr("136") || it == Kr("3999864"))));
        Assert.Equal(MrAgreement.Reconciliations.Outcome.Ok, Reconciliation.Of(seen, story.Today).Single(check => check.Rule == "balance-adds-up").Outcome);
        var row = Projection.Summary(Projection.Portfolio(story.Dossier));
        Assert.Equal((Kr("111"), Kr("136")), (row.SeenBy(Payer)!.Used, row.SeenBy(Officer)!.Used));
        Assert.Null((row with { Submitted = null }).SeenBy(Reader));
    }

    [Fact]
    public void A_later_word_on_the_same_days_takes_the_place_of_the_earlier()
    {
        var story = Submitted().Given(Officer, new ReturnSubmission("financial-statement-2016", 1, "Ofullständig", Day("2016-06-01"))).Spent("9")
            .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), [])).Given(Approver, new AttestStatement(2));
        Assert.Equal(Kr("111"), Costs(story, Payer));

        story.Given(Finance, new Submit("financial-statement-2016", "Kompletterad", [], 2));
        Assert.Equal(Kr("120"), Costs(story, Payer));
    }

    [Fact]
    public void A_word_that_was_taken_back_is_none_and_one_that_was_returned_gives_way_to_one_that_stands()
    {
        var story = Submitted().Spent("9").Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2014), [])).Given(Approver, new AttestStatement(2))
            .Given(Finance, new Submit("financial-statement-2017", "Om 2014", [], 2)).Given(ProjectLead, new WithdrawSubmission("financial-statement-2016", 1, "Fel"));
        Assert.Equal(Kronor.Zero, Costs(story, Payer));

        story = Submitted().On("2018-01-15").Given(Finance, new PrepareStatement(StatementKind.Final, new(Day("2014-06-13"), Day("2018-01-15")), []))
            .Given(Approver, new AttestStatement(2)).Given(Finance, new Submit("final-accounts", "Slutlig", [], 2));
        Assert.Equal(Kr("136"), Costs(story, Payer));
        story.Given(Officer, new ReturnSubmission("final-accounts", 1, "Ofullständig", Day("2018-02-28")));
        Assert.Equal(Kr("111"), Costs(story, Payer));
    }

    [Fact]
    public void An_auditor_is_let_in_by_a_party_and_reads_what_it_reads_but_not_what_it_says_among_its_own()
    {
        var story = Booked().Given(ProjectLead, new DraftSubmission("final-report", "Halvfärdig", null, [], null));
        Actor Of(string party) => Auditor with { Party = party };

        Assert.True(Sight.SeesLedger(story.Dossier, Of("SKR")) && Sight.SeesBooks(story.Dossier, Of("SKR")));
        Assert.Equal(Kr("111"), Costs(story, Of("RK")));
        Assert.False(Sight.SeesLedger(story.Dossier, Of("RK")));
        Assert.Equal(Kronor.Zero, Costs(story, Of("KAMK")));
        Assert.False(Sight.Sees(story.Agreement, Of("MSB")));
        Assert.True(Sight.SeesDraft(story.Dossier, Of("SKR"), "SKR"));
        Assert.False(Sight.SeesDraft(story.Dossier, Of("RK"), "SKR"));
        Assert.False(Sight.IsOwnHouse(story.Dossier, Of("SKR"), "SKR"));
        Assert.True(Sight.IsOwnHouse(story.Dossier, Finance, "SKR"));
    }
}
