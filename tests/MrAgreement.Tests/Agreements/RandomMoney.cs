using MrAgreement.Banking;
using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Ledgers;
using MrAgreement.Money;
using MrAgreement.Reconciliations;
using MrAgreement.Tests.Ledgers;

namespace MrAgreement.Tests.Agreements;

/// <summary>Random commands on ledger, bank and statements, and what must hold of the money whatever they were.</summary>
sealed class RandomMoney(int seed, Story story)
{
    static readonly IReadOnlyList<string> accounts = ["2890", "3010", "3990", "5010", "5810", "7010", "8410"];
    static readonly IReadOnlyList<string> categories = ["personal", "resor", "unassigned", "okänd"];

    // What can only be wrong if the program is.
    static readonly IReadOnlyList<string> neverWrong = ["requisitions-within-decided", "balance-adds-up", "four-eyes", "statement-adds-up", "used-is-the-sum", "every-row-accounted-for"];

    readonly Random random = new(seed);
    readonly Dictionary<int, Sha256> submitted = [];
    readonly Dictionary<Guid, IReadOnlyList<BankTransaction>> banks = [];
    int files;
    int stated;

    Grant Grant => story.Dossier.Grant;

    public Command Next() => random.Next(13) switch
    {
        0 or 1 => story.Import(Books.File(random.Next(3) > 0 ? ++files : files, 2015, [.. Enumerable.Range(0, random.Next(4)).Select(_ => Total())])),
        2 => new MapCategories([new("personal", [new(7000, 7699)]), .. random.Next(2) == 0 ? [new CategoryAccounts("resor", [new(5800, 5800 + random.Next(100))])] : Array.Empty<CategoryAccounts>()]),
        3 => new SetBudget(random.Next(2) == 0 ? BudgetKind.Budget : BudgetKind.Forecast, [new(One(categories), 2014 + random.Next(4), Kronor.Of(random.Next(100_000)))]),
        4 or 5 => new PrepareStatement(random.Next(3) == 0 ? StatementKind.Final : StatementKind.Annual, random.Next(3) == 0 ? null : Days(), random.Next(4) == 0 ? [new(One(categories), "Skäl")] : []),
        6 or 7 => new AttestStatement(Number(Grant.Statements.Count)),
        8 => new ReversePayment(Number(Grant.Payments.Count), Today().PlusDays(-random.Next(3)), $"Fel {random.Next(2)}"),
        9 => new WaiveException(Exception(), "Godtas"),
        10 => Bank(),
        11 => new ConfirmPayment(Number(Grant.Payments.Count), Today().PlusDays(-random.Next(8)), $"Bg {random.Next(2)}", random.Next(3) == 0 ? Number(Grant.Requisitions.Count) : null),
        _ => Match()
    };

    public void Holds()
    {
        Assert.Equal(Grant.Ledger.CostsUntil(LocalDate.MaxIsoValue, Grant.Terms?.Eligible), Grant.Ledger.Costs);
        var end = Position.Until(Grant, LocalDate.MaxIsoValue);
        Assert.Equal(Grant.Balances.Received - Grant.Balances.Repaid + Grant.Balances.Rounding, end.Received - end.Repaid + end.Rounding);
        if (Grant.FinalAccounts is null)
            Assert.Equal((Grant.Balances.Used, Grant.Balances.Remaining), (end.Used, end.Balance));
        foreach (var check in Reconciliation.Of(story.Dossier, story.Today))
            Assert.False(check.IsException && neverWrong.Contains(check.Rule), $"{check.Rule}: {check.Expected} {check.Actual}");
        foreach (var payment in Grant.Payments.Where(p => p.Bank is not null))
            Assert.Contains(payment.Number, Grant.BankImport(payment.Bank!.Import)!.Matches[payment.Bank.Transaction].Match.Payments);
        foreach (var statement in Grant.Statements.Skip(stated))
        {
            var it = statement.Content;
            Assert.Equal(it.Closing, it.Opening + it.Received - it.Used - it.Repaid + it.Rounding);
            Assert.Equal((it.Costs, it.Used), (it.Lines.Where(l => l.Category is not ("before-period" or "beyond-grant" or "below-zero")).Sum(l => l.Amount), it.Lines.Sum(l => l.Amount)));
        }
        // Only what was drawn up just now: what comes later is not in it.
        if (Grant.Statements.Count > stated && Grant.Statements[^1] is { } last)
            Assert.Equal((Position.Until(Grant, last.Period.To).Balance, Position.Until(Grant, last.Period.From.PlusDays(-1)).Balance), (last.Content.Closing, last.Content.Opening));
        stated = Grant.Statements.Count;
        foreach (var statement in Grant.Statements.Where(s => s.Submitted is not null))
            Assert.Equal(submitted[statement.Number] = submitted.GetValueOrDefault(statement.Number, statement.Submitted!.Content), Sha256.Of(statement.Written()));
    }

    /// <summary>Lays aside a bank transaction that waits; null when none does.</summary>
    public Command? Undecided() => Grant.BankImports.Find(i => i.Undecided > 0) is { } import
        && banks[import.Read.File.Import].FirstOrDefault(t => !import.IsDecided(t.Number)) is { } waiting
            ? new DismissTransaction(import.Read.File.Import, waiting.Number, "Annat")
            : null;

    string Exception() =>
        Reconciliation.Of(story.Dossier, story.Today) is var checks && checks.Where(c => c.IsException).ToList() is { Count: > 0 } exceptions && random.Next(5) > 0 ? One(exceptions).Rule : One(checks).Rule;

    ImportBankFile Bank()
    {
        var number = banks.Count + 1;
        List<BankTransaction> transactions = [.. Enumerable.Range(1, random.Next(1, 4)).Select(n => Transaction(n))];
        var file = new BankFile(Some.Id(8000 + number), Sha256.Of(BitConverter.GetBytes(number)), $"camt-{number}.xml", 1000, "camt.053.001.02", $"M{number}", story.Now, [], transactions.Count, 0, transactions.Count, []);
        banks[file.Import] = transactions;
        return new(file, transactions, [.. Grant.BankImports.Select(i => new ToldFile(i.Read.File.Import, banks[i.Read.File.Import]))], Grant.BankImports.LastOrDefault()?.Read.File.Import);
    }

    BankTransaction Transaction(int number)
    {
        var amount = random.Next(4) switch
        {
            0 when Grant.Requisitions is [.., { } last] => last.Amount,
            1 when Grant.Repayments is [.., { } last] => last.Amount,
            2 when Grant.Payments is [.., { } last] => last.Amount,
            _ => Kronor.FromÖre(random.Next(0, 300_000_000))
        };
        var diary = random.Next(3) > 0 ? [story.Agreement.Terms.DiaryNumber.ToString()] : Array.Empty<string>();
        return Banking.Bank.In(amount.ToString(), diary) with
        {
            Number = number, BankReference = $"B{random.Next(1000)}", BookedOn = Today(), IsReversal = random.Next(6) == 0,
            Direction = Grant.Payments.FindLast(p => p.Amount == amount)?.Direction ?? (random.Next(3) > 0 ? PaymentDirection.In : PaymentDirection.Out), EndToEndId = $"ÅTER {random.Next(3)}"
        };
    }

    Command Match()
    {
        if (Grant.BankImports is not [.., { } import])
            return Bank();
        var transaction = One(banks[import.Read.File.Import]);
        MatchTarget target = random.Next(3) switch
        {
            0 => new RequisitionTarget(story.Dossier.Id, Number(Grant.Requisitions.Count)),
            1 => new RepaymentTarget(story.Dossier.Id, Number(Grant.Repayments.Count)),
            _ => new PaymentTarget(story.Dossier.Id, Grant.Payments.FindLast(p => p.Amount == transaction.Amount && p.Bank is null)?.Number ?? Number(Grant.Payments.Count))
        };
        return random.Next(12) switch
        {
            10 when import.HeldAgainst(transaction.Number) is [var other, ..] => new RecogniseTransaction(import.Read.File.Import, transaction, other, banks[other.Import][other.Transaction - 1]),
            11 => new DistinguishTransaction(import.Read.File.Import, transaction.Number),
            0 => new DismissTransaction(import.Read.File.Import, transaction.Number, "Annat", transaction),
            1 => new ReopenTransaction(import.Read.File.Import, transaction.Number),
            _ => new MatchTransaction(import.Read.File.Import, transaction, [target])
        };
    }

    LedgerTotal Total() => new(One(accounts), new LocalDate(2014, 6, 1).PlusDays(random.Next(1200)), Kronor.FromÖre(random.Next(-50_000_000, 150_000_000)), 1);

    DateSpan Days() => random.Next(3) > 0 ? Some.Year(2014 + random.Next(4)) : new(new(2014, 6, 13), new LocalDate(2015, 1, 1).PlusDays(random.Next(900)));

    LocalDate Today() => StockholmTime.DateOf(story.Now);

    int Number(int count) => random.Next(3) > 0 ? count : random.Next(0, count + 2);

    T One<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];
}
