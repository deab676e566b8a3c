using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Tests.Banking;

/// <summary>A match is taken back, and a bank file that was the wrong one is withdrawn.</summary>
public class BankWithdrawalTests
{
    static BankFile File(int n, int transactions) =>
        new(Id(8000 + n), Sha256.Of(BitConverter.GetBytes(n)), $"camt-{n}.xml", 1000, "camt.054.001.02", $"M{n}", Utc("2015-02-03T08:00:00Z"), [], transactions, 0, transactions, []);

    // One and the same reference at the bank is one payment, in whichever file.
    static BankTransaction In(int number, string amount, string reference, params string[] texts) => Bank.In(amount, texts) with { Number = number, Line = number, Entry = number, BankReference = reference };

    static Story Dispatched() => Story.Of2014().On("2015-01-28").Given(Finance, Requisition()).Given(Approver, new AttestRequisition(1)).Given(Finance, new DispatchRequisition(1)).On("2015-02-04");

    static Story Taken(Story story, Dictionary<Guid, BankTransaction[]> files, int n, params BankTransaction[] transactions)
    {
        var seen = story.Dossier.Grant.BankImports.Select(i => new ToldFile(i.Read.File.Import, files[i.Read.File.Import])).ToList();
        files[Id(8000 + n)] = transactions;
        return story.Given(Finance, new ImportBankFile(File(n, transactions.Length), transactions, seen, seen.LastOrDefault()?.Import, story.Dossier.Grant.WithdrawnFiles.Count));
    }

    static WithdrawBankFile Withdrawal(Story story, Dictionary<Guid, BankTransaction[]> files, int n) => new(Id(8000 + n), "Fel konto",
        [.. story.Dossier.Grant.BankImports.Where(i => i.Read.File.Import != Id(8000 + n)).Select(i => new ToldFile(i.Read.File.Import, files[i.Read.File.Import]))]);

    [Fact]
    public void A_match_that_made_a_payment_takes_it_along_and_the_transaction_waits()
    {
        var story = Taken(Dispatched(), [], 1, In(1, "4000000", "B1", "A2014/2289/DISK"));
        Assert.Equal((RequisitionStatus.Paid, Kr("4000000")), (story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Balances.Received));

        story.When(Finance, new UnmatchTransaction(Id(8001), 1, "Avser annat")).Then(new TransactionUnmatched(Id(8001), 1, "Avser annat"), new PaymentReversed(1, Bank.Day, "Avser annat"));

        var import = story.Dossier.Grant.BankImports[0];
        Assert.Equal((false, 1, RequisitionStatus.Dispatched, Kr("0")), (import.IsDecided(1), import.Waiting, story.Dossier.Grant.Requisitions[0].Status, story.Dossier.Grant.Balances.Received));
        story.When(Finance, new UnmatchTransaction(Id(8001), 1, "Avser annat")).ThenRefused("transaction-not-matched");
        story.When(Finance, new UnmatchTransaction(Id(8001), 9, "Avser annat")).ThenRefused("no-such-transaction", RefusalKind.NotFound);
        story.When(Finance, new MatchTransaction(Id(8001), In(1, "4000000", "B1"), [new RequisitionTarget(story.Dossier.Id, 1)])).Then<TransactionMatched>();
        Assert.Equal(Kr("4000000"), story.Dossier.Grant.Balances.Received);
    }

    [Fact]
    public void A_match_that_confirmed_a_payment_leaves_it_to_whoever_recorded_it()
    {
        var story = Taken(Dispatched().Given(Payer, Payment("4000000", "2015-02-03", "Utb 1", 1)), [], 1, In(1, "4000000", "B1", "A2014/2289/DISK"));
        Assert.Equal(PartyRole.Recipient, story.Dossier.Grant.Payments[0].Confirmed!.Side);

        story.When(Finance, new UnmatchTransaction(Id(8001), 1, "Fel")).Then(new TransactionUnmatched(Id(8001), 1, "Fel"));

        var payment = Assert.Single(story.Dossier.Grant.Payments);
        Assert.Equal((null, null, null, RequisitionStatus.Paid), (payment.Confirmed, payment.Bank, payment.Reversed, story.Dossier.Grant.Requisitions[0].Status));
    }

    [Fact]
    public void A_reversal_that_is_taken_back_lets_the_payment_stand_and_the_bank_s_first_word_for_it()
    {
        var back = In(2, "4000000", "B1") with { Direction = PaymentDirection.Out, IsReversal = true };
        var story = Taken(Dispatched(), [], 1, In(1, "4000000", "B1", "A2014/2289/DISK"), back);
        if (story.Dossier.Grant.Payments[0].Reversed is null)
            story.Given(Finance, new MatchTransaction(Id(8001), back, [new PaymentTarget(story.Dossier.Id, 1)]));
        Assert.Equal(2, story.Dossier.Grant.Payments[0].Bank!.Transaction);

        story.When(Finance, new UnmatchTransaction(Id(8001), 2, "Ingen återföring")).Then(new TransactionUnmatched(Id(8001), 2, "Ingen återföring"));

        Assert.Equal((null, 1, RequisitionStatus.Paid), (story.Dossier.Grant.Payments[0].Reversed, story.Dossier.Grant.Payments[0].Bank!.Transaction, story.Dossier.Grant.Requisitions[0].Status));
    }

    [Fact]
    public void What_a_file_told_first_comes_forward_in_the_files_that_remain_and_counts_there_once()
    {
        Dictionary<Guid, BankTransaction[]> files = [];
        var story = Dispatched();
        Taken(story, files, 1, In(1, "4000000", "R1", "A2014/2289/DISK"), In(2, "77", "R2"));
        Taken(story, files, 2, In(1, "4000000", "R1"), In(2, "78", "R3"));
        Taken(story, files, 3, In(1, "4000000", "R1"));
        Assert.Equal([0, 1, 1], story.Dossier.Grant.BankImports.Select(i => i.Duplicates));

        story.Given(Finance, Withdrawal(story, files, 1));

        Assert.Equal([Id(8002), Id(8003)], story.Dossier.Grant.BankImports.Select(i => i.Read.File.Import));
        Assert.Equal((null, 0, 1), (story.Dossier.Grant.BankImports[0].Told(1), story.Dossier.Grant.BankImports[0].Duplicates, story.Dossier.Grant.BankImports[0].Waiting));
        Assert.Equal(new Duplicate(DuplicateBasis.BankReference, new(Id(8002), 1)), story.Dossier.Grant.BankImports[1].Told(1));
        Assert.Equal((Kr("0"), RequisitionStatus.Dispatched), (story.Dossier.Grant.Balances.Received, story.Dossier.Grant.Requisitions[0].Status));
        story.Given(Finance, new MatchTransaction(Id(8002), files[Id(8002)][0], [new RequisitionTarget(story.Dossier.Id, 1)]));
        Assert.Equal(Kr("4000000"), story.Dossier.Grant.Balances.Received);
        // The same file may come again, and is known by then.
        Taken(story, files, 4, files[Id(8001)]);
        Assert.Equal(new Duplicate(DuplicateBasis.BankReference, new(Id(8002), 1)), story.Dossier.Grant.BankImports[2].Told(1));
    }

    [Fact]
    public void Files_that_remain_stand_as_if_it_had_never_come()
    {
        Dictionary<Guid, BankTransaction[]> files = [], never = [];
        var (story, other) = (Dispatched(), Dispatched());
        Taken(story, files, 1, In(1, "500", "R1"), In(2, "77", "R2"));
        foreach (var (it, kept) in new[] { (story, files), (other, never) })
        {
            Taken(it, kept, 2, In(1, "500", "R1"), In(2, "78", "R3") with { BankReference = null });
            Taken(it, kept, 3, In(1, "78", "R4") with { BankReference = null }, In(2, "500", "R1"), In(3, "77", "R2"));
        }
        story.Given(Finance, Withdrawal(story, files, 1));

        foreach (var (one, expected) in story.Dossier.Grant.BankImports.Zip(other.Dossier.Grant.BankImports))
        {
            Assert.Equal(expected.Duplicates, one.Duplicates);
            foreach (var n in Enumerable.Range(1, expected.Read.File.Transactions))
                Assert.Equal($"{expected.Told(n)} {string.Join(' ', expected.HeldAgainst(n))}", $"{one.Told(n)} {string.Join(' ', one.HeldAgainst(n))}");
        }
    }

    [Fact]
    public void It_stays_while_a_submitted_statement_has_its_payments_and_not_for_those_of_the_payer()
    {
        Dictionary<Guid, BankTransaction[]> files = [];
        var story = Taken(Dispatched(), files, 1, In(1, "4000000", "R1", "A2014/2289/DISK")).On("2016-05-02")
            .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), [])).Given(Approver, new AttestStatement(1))
            .Given(Finance, new MrAgreement.Obligations.Submit("financial-statement-2016", "Redovisning", [], 1));

        story.When(Finance, Withdrawal(story, files, 1)).ThenRefused("import-stands");
        story.When(Finance, new UnmatchTransaction(Id(8001), 1, "Avser annat")).ThenRefused("match-stands");
        story.When(Payer, Withdrawal(story, files, 1)).ThenRefused("forbidden", RefusalKind.Forbidden);
        story.Given(Payer, Payment("4000000", "2015-02-03", "Utb 1", 1));
        story.When(Finance, Withdrawal(story, files, 1)).Then(new BankFileWithdrawn(Id(8001), "Fel konto", []));
        Assert.Equal(Kr("4000000"), story.Dossier.Grant.Balances.Received);
    }

    [Fact]
    public void A_statement_stands_on_what_was_there_when_it_was_submitted_not_when_it_was_drawn_up()
    {
        Dictionary<Guid, BankTransaction[]> files = [];
        var story = Taken(Dispatched(), files, 1, In(1, "4000000", "R1", "A2014/2289/DISK")).On("2016-05-02")
            .Given(Finance, new PrepareStatement(StatementKind.Annual, Year(2015), []));
        story.Given(Finance, Withdrawal(story, files, 1));
        Taken(story, files, 2, files[Id(8001)]).Given(Approver, new AttestStatement(1))
            .Given(Finance, new MrAgreement.Obligations.Submit("financial-statement-2016", "Redovisning", [], 1));

        story.When(Finance, Withdrawal(story, files, 2)).ThenRefused("import-stands");
    }
}
