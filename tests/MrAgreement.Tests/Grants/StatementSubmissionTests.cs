using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Obligations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Grants;

public class StatementSubmissionTests
{
    static readonly PrepareStatement final = new(StatementKind.Final, new(Day("2014-06-13"), Day("2017-08-31")), []);
    static readonly PrepareStatement annual = new(StatementKind.Annual, Year(2015), []);

    static Submit Submit(int statement, string obligation = "final-accounts", params Guid[] documents) => new(obligation, "Redovisning", documents, statement);

    static Story Begun() => Story.Of2014().On("2017-08-31").Given(Payer, Payment("1000", "2014-09-05")).Spent("600");

    static Story Attested(PrepareStatement? prepared = null) => Begun().Given(Finance, prepared ?? final).Given(Approver, new AttestStatement(1));

    static Story Adjusted(Story story, AdjustmentKind kind, string amount)
    {
        story.Given(Finance, Adjustment(kind, amount, $"Nr {story.Dossier.Grant.Adjustments.Count}"));
        return story.Given(Approver, new AttestAdjustment(story.Dossier.Grant.Adjustments.Count));
    }

    static string Used(Story story) => story.Dossier.Grant.Balances.Used.ToString();

    [Fact]
    public void What_is_submitted_is_the_attested_statement_by_its_hash()
    {
        var story = Attested();
        var hash = Sha256.Of(story.Dossier.Grant.Statements[0].Written());

        story.When(Finance, Submit(1)).Then(
            new SubmissionMade("final-accounts", 1, "Redovisning", [], "SKR", 1), new StatementSubmitted(1, "final-accounts", 1, hash), new FinalAccountsFixed(Kr("600"), 1));
        Assert.Equal(hash, story.Dossier.Grant.Statements[0].Submitted!.Content);
        Assert.Equal(hash, Sha256.Of(story.Spent("1").Dossier.Grant.Statements[0].Written()));
        story.When(Finance, Submit(1)).ThenRefused("submission-unchanged");
    }

    [Fact]
    public void Only_what_a_colleague_has_attested_leaves_the_house()
    {
        Begun().Given(Finance, final).When(Finance, Submit(1)).ThenRefused("statement-not-attested");
        Begun().When(Finance, Submit(1)).ThenFaults(("/statement", "no-such-statement"));
        Begun().When(Finance, Submit(0)).ThenFaults(("/statement", "no-such-statement"));
        Attested().Spent("1").Given(Finance, final).Given(Approver, new AttestStatement(2)).When(Finance, Submit(1)).ThenRefused("statement-replaced");
        Attested().Given(Finance, final with { Explanations = [new("unassigned", "Hyran")] }).When(Finance, Submit(1)).Then<SubmissionMade>();
    }

    [Fact]
    public void An_annual_statement_is_no_final_accounts_and_final_accounts_are_a_statement()
    {
        Attested(annual).When(Finance, Submit(1)).ThenFaults(("/documents", "document-kind-missing"));
        Attested(annual).When(Finance, Submit(1, "financial-statement-2016")).Then<SubmissionMade>();
        Attested().When(Finance, Submit(1, "financial-statement-2017")).Then<SubmissionMade>();
    }

    [Fact]
    public void A_period_is_accounted_for_in_one_year_s_statement_only()
    {
        var story = Attested(annual).Given(Finance, Submit(1, "financial-statement-2016"));
        story.When(Finance, Submit(1, "financial-statement-2017")).ThenRefused("statement-delivered");
        // A correction is of the same period still.
        story.Spent("1").Given(Finance, annual).Given(Approver, new AttestStatement(2)).When(Finance, Submit(2, "financial-statement-2017")).ThenRefused("statement-delivered");

        story.Given(Finance, new WithdrawSubmission("financial-statement-2016", 1, "Fel år"));
        story.When(Finance, Submit(2, "financial-statement-2017")).Then<SubmissionMade>();
        story.When(Finance, Submit(2, "financial-statement-2016")).ThenRefused("statement-delivered");
    }

    [Fact]
    public void A_statement_fits_the_year_that_comes_after_its_period()
    {
        var story = Begun().Given(Finance, annual, annual with { Period = Year(2016) }, annual with { Period = Year(2017) }, final);
        Assert.Equal(["2016", "2017", "2017", ""], story.Dossier.Grant.Statements.Select(s => string.Join(' ', Enumerable.Range(2016, 2).Where(year => s.Fits(story.Agreement, story[$"financial-statement-{year}"])))));
        Assert.True(story.Dossier.Grant.Statements[3].Fits(story.Agreement, story["final-accounts"]));
    }

    [Fact]
    public void Final_accounts_fix_the_costs_that_their_statement_has_whatever_the_ledger_says_later()
    {
        var story = Attested().Given(Finance, Submit(1)).Spent("100");
        Assert.Equal("600", Used(story));

        story.Given(Officer, new ReturnSubmission("final-accounts", 1, "Komplettera", Day("2017-09-15")));
        Assert.Equal("700", Used(story));
        story.Given(Finance, final).Given(Approver, new AttestStatement(2)).Given(Finance, Submit(2));
        Assert.Equal(("700", 2), (Used(story), story["final-accounts"].LastSubmission!.Statement));
    }

    [Fact]
    public void A_cost_that_is_disallowed_later_is_accepted_no_more()
    {
        var story = Attested().Given(Finance, Submit(1)).Given(Officer, new AcceptSubmission("final-accounts", 1, null));

        Assert.Equal("550.5", Used(story.Given(Officer, new DisallowCosts(Kr("49.50"), Day("2017-08-31"), "B1", "Alkohol", null, null))));
        Assert.Equal("449.5", story.Dossier.Grant.Balances.Remaining.ToString());
    }

    [Fact]
    public void What_was_attested_after_the_statement_was_drawn_up_is_not_lost_when_it_is_submitted()
    {
        var story = Adjusted(Attested(), AdjustmentKind.Disallowed, "50").When(Finance, Submit(1)).ThenRefused("statement-moved");
        Assert.Equal("550", Used(story.Given(Finance, final).Given(Approver, new AttestStatement(2)).Given(Finance, Submit(2))));
    }

    [Fact]
    public void What_is_rounded_or_decided_for_days_after_it_moves_it_too()
    {
        Attested().Until("2017-09-01").Given(Finance, Adjustment(AdjustmentKind.Rounding, "0.5") with { Period = new(Day("2017-09-01"), Day("2017-09-01")) })
            .Given(Approver, new AttestAdjustment(1)).When(Finance, Submit(1)).ThenFaults(("/statement/rounding", "figure-moved"));
        Attested().Until("2017-09-01").Given(Officer, new DisallowCosts(Kr("50"), Day("2017-09-01"), "B1", "Alkohol", null, null))
            .When(Finance, Submit(1)).ThenFaults(("/statement/costsInAll", "figure-moved"));
    }

    [Fact]
    public void It_is_told_which_figures_have_moved_and_another_map_of_accounts_is_one() =>
        Adjusted(Attested(), AdjustmentKind.Disallowed, "50").When(Finance, Submit(1)).ThenFaults(("/statement/costs", "figure-moved"), ("/statement/used", "figure-moved"),
            ("/statement/closing", "figure-moved"), ("/statement/costsInAll", "figure-moved"), ("/statement/usedByCategory", "categories-moved"));

    [Fact]
    public void What_the_statement_already_says_counts_once() =>
        Assert.Equal("550", Used(Adjusted(Begun(), AdjustmentKind.Disallowed, "50").Given(Finance, final).Given(Approver, new AttestStatement(1)).Given(Finance, Submit(1))));

    [Fact]
    public void Final_accounts_by_documents_alone_fix_what_the_ledger_has() =>
        Assert.Equal(Kr("600"), Begun().Submitted("final-accounts", Finance).Dossier.Grant.FinalAccounts!.Costs);
}
