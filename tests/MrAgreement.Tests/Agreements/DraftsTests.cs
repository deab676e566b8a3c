using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Agreements;

public class DraftsTests
{
    static readonly IReadOnlyList<Actor> all = [ProjectLead, Finance, Approver, Officer, Payer, Auditor, Reader, Admin];
    static readonly IReadOnlyList<Actor> own = [ProjectLead, Finance, Approver, Auditor, Reader, Admin];

    // A reader reads what is published, and no ledger.
    static readonly IReadOnlyList<Actor> bookkeepers = [ProjectLead, Finance, Approver, Auditor, Admin];

    static Story Prepared() => Story.Of2014().On("2016-05-02").Spent("100").Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), []));

    static IEnumerable<Actor> Seeing(Story story, Event happened) => all.Where(a => Sight.Sees(story.Dossier, a, happened));

    [Fact]
    public void A_statement_is_the_recipient_s_own_until_it_is_submitted()
    {
        var story = Prepared().Given(Approver, new AttestStatement(1));
        var (statement, prepared) = (story.Dossier.Grant.Statements[0], EventJson.Read("statement-prepared", story.Log[^2].Data!));
        Assert.Equal(own, all.Where(a => Sight.Sees(story.Dossier, a, statement)));
        Assert.All([prepared, new StatementAttested(1)], happened => Assert.Equal(own, Seeing(story, happened)));

        story.Given(Finance, new Submit("financial-statement-2016", "Redovisning", [], 1));
        Assert.Equal(all, all.Where(a => Sight.Sees(story.Dossier, a, story.Dossier.Grant.Statements[0])));
        Assert.All([prepared, new StatementAttested(1)], happened => Assert.Equal(all, Seeing(story, happened)));
    }

    [Fact]
    public void The_ledger_and_the_bank_s_files_are_the_recipient_s_own()
    {
        var story = Prepared();

        Assert.Equal(bookkeepers, all.Where(a => Sight.SeesLedger(story.Dossier, a)));
        Assert.Equal(bookkeepers, Seeing(story, Books.File(1, 2015)));
        Assert.Equal(bookkeepers, Seeing(story, new TransactionDismissed(Id(1), 1, "Lön till Anna")));
        Assert.Equal(bookkeepers, Seeing(story, new TransactionReopened(Id(1), 1)));
        Assert.Equal(bookkeepers, Seeing(story, new TransactionUnmatched(Id(1), 1, "Lön till Anna")));
        Assert.Equal(bookkeepers, Seeing(story, new BankFileWithdrawn(Id(1), "Lön till Anna", [])));
        Assert.Equal(bookkeepers, Seeing(story, new LedgerImportWithdrawn(Id(1), "Lön till Anna", [], [])));
        Assert.Equal(bookkeepers, Seeing(story, new TransactionRecognised(Id(1), 1, new(Id(2), 1))));
        Assert.Equal(bookkeepers, Seeing(story, new TransactionDistinguished(Id(1), 1)));
        Assert.Equal(bookkeepers, Seeing(story, new TransactionMatched(Id(1), 1, null, [1], "5490000123")));
        Assert.Equal(bookkeepers, Seeing(story, new BankFileImported(new(Id(1), Sha256.Of([1]), "bank.xml", 1, "camt.053.001.02", "M", Utc("2015-01-01T00:00:00Z"), [], 0, 0, 0, []), 0)));
    }

    [Fact]
    public void An_accepted_exception_of_the_ledger_s_is_told_to_those_who_see_the_ledger()
    {
        var story = Prepared();

        Assert.Equal(bookkeepers, Seeing(story, new ExceptionWaived("costs-in-period", "Kostnad för Anna", "0", "100")));
        Assert.Equal(bookkeepers, Seeing(story, new ExceptionWaived("statement-is-the-ledger", "Rättas", "0", "100")));
        Assert.Equal(all, Seeing(story, new ExceptionWaived("payments-on-requisition", "Återbetalas", "0", "1")));
    }
}
