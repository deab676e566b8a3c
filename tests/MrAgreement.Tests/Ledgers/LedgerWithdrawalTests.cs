using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using static MrAgreement.Tests.Ledgers.Books;

namespace MrAgreement.Tests.Ledgers;

/// <summary>A wrong ledger file is withdrawn: the sums are those of the files that remain.</summary>
public class LedgerWithdrawalTests
{
    static readonly LedgerImported wrong = File(1, 2015, Sum("5010", "2015-03-01", "100"), Sum("6550", "2015-04-01", "40"));

    // The same voucher of 100 is in it, which brought nothing then, and one of its own.
    static readonly LedgerImported second = File(2, 2015, Sum("5010", "2015-05-01", "7")) with { Known = 1 };
    static readonly LedgerImported alone = second with { Known = 0, Changes = [Sum("5010", "2015-03-01", "100"), .. second.Changes] };

    static Story Imported() => Story.Of2014().On("2016-01-15").Imported(wrong).Imported(second);

    static WithdrawLedgerImport Withdrawal(params LedgerImported[] remaining) => new(wrong.Import, "Fel projekt", remaining);

    [Fact]
    public void What_it_hid_of_the_files_that_remain_comes_forward()
    {
        var story = Imported();
        Assert.Equal(Kr("147"), story.Dossier.Grant.Costs);

        story.When(Finance, Withdrawal(alone)).Then(new LedgerImportWithdrawn(wrong.Import, "Fel projekt", [Sum("6550", "2015-04-01", "-40", -1)],
            [new(second.Import, second.FinancialYear, 0, alone.Changes, [], [])]));

        Assert.Equal(Kr("107"), story.Dossier.Grant.Costs);
        Assert.Equal([second.Import], story.Dossier.Grant.Ledger.Imports.Select(i => i.Read.Import));
        Assert.Equal(["5010"], story.Dossier.Grant.Ledger.Accounts.Keys);
    }

    [Fact]
    public void The_ledger_is_as_if_the_file_had_never_been_there()
    {
        var (story, never) = (Imported().Given(Finance, Withdrawal(alone)), Story.Of2014().On("2016-01-15").Imported(alone));
        var (one, other) = (story.Dossier.Grant.Ledger, never.Dossier.Grant.Ledger);

        Assert.Equal(other.Costs, one.Costs);
        foreach (var account in new[] { "5010", "6550" })
            foreach (var day in new[] { "2015-03-01", "2015-04-01", "2015-05-01" })
                Assert.Equal((other.Rows(new([account], Day(day), Day(day))), other.Amount(new([account], Day(day), Day(day)))), (one.Rows(new([account], Day(day), Day(day))), one.Amount(new([account], Day(day), Day(day)))));
        Assert.Equal(other.LastBookedOn, one.LastBookedOn);
    }

    [Fact]
    public void It_is_told_with_who_and_why_and_the_same_file_may_be_imported_again()
    {
        var story = Imported().Given(Finance, Withdrawal(alone));

        var it = Assert.Single(story.Dossier.Grant.WithdrawnFiles);
        Assert.Equal((wrong.Import, "bok-1.se", "Fel projekt", Finance.Id), (it.Import, it.Name, it.Reason, it.By));
        story.When(Finance, Withdrawal(alone)).ThenNothing();
        story.When(Finance, Withdrawal(alone) with { Reason = "Annat skäl" }).ThenRefused("already-withdrawn", RefusalKind.NotSo);
        story.When(Finance, story.Import(wrong with { Import = Id(77), Changes = [Sum("6550", "2015-04-01", "40")] })).Then<LedgerImported>();
        Assert.Equal(Kr("147"), story.Dossier.Grant.Costs);
    }

    [Fact]
    public void What_was_reckoned_of_other_files_than_the_log_has_is_overtaken()
    {
        var story = Imported();

        story.When(Finance, Withdrawal()).ThenRefused("import-overtaken");
        var compared = story.Import(File(3, 2015));
        story.Given(Finance, Withdrawal(alone));
        story.When(Finance, compared).ThenRefused("import-overtaken");
    }

    [Fact]
    public void It_takes_a_reason_and_the_one_who_prepares_the_money()
    {
        var story = Imported();

        story.When(Finance, Withdrawal(alone) with { Reason = " " }).ThenFaults(("/reason", "text-length"));
        story.When(Finance, Withdrawal(alone) with { Import = Id(5) }).ThenRefused("no-such-import", RefusalKind.NotFound);
        foreach (var other in new[] { ProjectLead, Approver, Officer, Payer, Auditor, Admin })
            story.When(other, Withdrawal(alone)).ThenRefused("forbidden", RefusalKind.Forbidden);
    }

    [Fact]
    public void It_stays_while_a_statement_stands_on_it_that_was_submitted()
    {
        var story = Imported().On("2016-05-02").Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), [])).Given(Approver, new AttestStatement(1));
        Assert.True(Acts.May(story.Dossier, Act.WithdrawLedgerImport, wrong.Import, new(Finance, story.Now)));

        story.Given(Finance, new Submit("financial-statement-2016", "Redovisning", [], 1));
        story.When(Finance, Withdrawal(alone)).ThenRefused("import-stands");
        Assert.Equal([1], ImportWithdrawals.StatementsOn(story.Dossier, wrong.Import));
        story.Spent("1").When(Finance, Withdrawal(alone) with { Import = story.Dossier.Grant.Ledger.Imports[^1].Read.Import, Remaining = [wrong, second] }).Then<LedgerImportWithdrawn>();

        story.Given(Officer, new ReturnSubmission("financial-statement-2016", 1, "Fel fil", Day("2016-06-01")));
        story.When(Finance, Withdrawal(alone)).Then<LedgerImportWithdrawn>();
        Assert.Contains(story.Dossier.Grant.Statements[0].Moved(story.Dossier.Grant, story.Dossier.CostDays), fault => fault.Rule == "figure-moved");
    }
}
