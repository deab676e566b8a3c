using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Ledgers;

namespace MrAgreement.Tests.EventSourcing;

/// <summary>The files of the golden life, with something in every field.</summary>
static class GoldenFiles
{
    public static readonly LedgerImported Ledger = new(
        Id(9001), Sha256.Of([1]), "bok-1.se", 1000, "cp437", Year(2015), new(Day("2015-03-01"), Day("2015-12-31")), new(6, "P 2289"), [new(4000, 7999), new(8410, 8410)], true,
        5, 13, 6, 2, 1, [new("2890", "Upplupna kostnader", AccountKind.Liability, Kr("-900"), 1), new("5010", "Lokalhyra", AccountKind.Cost, Kr("0"), 4)],
        [new("5010", Day("2015-03-01"), Kr("100.5"), 3), new("5010", Day("2015-11-30"), Kr("-100.5"), 1), new("2890", Day("2015-12-31"), Kr("-900"), 1)],
        [new("A", "17", Day("2015-03-01"), DifferenceKind.Changed, [new("5010", Day("2015-03-01"), Kr("99"), 1)], [new("5010", Day("2015-03-01"), Kr("100.5"), 3)]), new("", "", Day("2015-04-01"), DifferenceKind.Missing, [], [])],
        [new("2890", Kr("-900"))], [new("ledger-imported-before", null, new Dictionary<string, string> { ["flag"] = "1" }), new("voucher-date-outside", 17, new Dictionary<string, string>())]);

    public static readonly LedgerImported WrongLedger = Ledger with { Import = Id(9002), File = Sha256.Of([4]), Name = "fel.se", Changes = [new("5010", Day("2015-03-01"), Kr("7"), 1)], Differences = [] };

    public static readonly BankFile Bank = new(
        Id(8001), Sha256.Of([2]), "camt.xml", 2000, "camt.053.001.08", "M1", Utc("2017-08-14T08:00:00Z"), [new("BBAN 12345678901", Day("2014-08-14"), Day("2014-08-15"), Kr("0"), Kr("4000000")), new("BBAN 2", null, null, null, null)],
        2, 1, 2, [new("entries-not-booked", null, new Dictionary<string, string> { ["count"] = "1" })]);

    public static readonly BankFile WrongBank = Bank with { Import = Id(8009), Address = Sha256.Of([5]), Name = "fel.xml" };

    public static readonly BankTransaction Transaction = new()
    {
        Number = 1, Line = 1, Entry = 1, Account = new("BBAN", "12345678901"), BankReference = "B1", BookedOn = Day("2014-08-15"), Direction = PaymentDirection.In,
        Amount = Kr("4000000"), Currency = "SEK", AmountText = "4000000.00"
    };

    public static readonly BankFile SecondBank = Bank with { Import = Id(8003), Address = Sha256.Of([3]), Transactions = 1 };

    /// <summary>The same as the other, or another: nothing tells.</summary>
    public static readonly BankTransaction Unnamed = Transaction with { BankReference = null };
}
