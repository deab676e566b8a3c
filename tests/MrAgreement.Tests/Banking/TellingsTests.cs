using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Tests.Banking;

/// <summary>When two files tell of one payment, when of two, and when nothing tells.</summary>
public class TellingsTests
{
    static readonly BankTransaction it = Bank.In("100", "A2014/2289") with { Number = 1, Entry = 1, BankReference = "B1", EndToEndId = "E1" };

    /// <summary>What the last transaction of the last file is.</summary>
    static MatchOutcome? Of(params BankTransaction[][] files)
    {
        List<ToldFile> told = [.. files.Select((f, i) => new ToldFile(Some.Id(8001 + i), [.. f.Select((t, n) => t with { Number = n + 1 })]))];
        return new Tellings([], told).Of(new(told[^1].Import, told[^1].Transactions.Count));
    }

    static MatchOutcome? Of(BankTransaction first, BankTransaction second) => Of([first], [second]);

    static readonly Telling theFirst = new(Some.Id(8001), 1);

    static MatchOutcome Known(DuplicateBasis basis) => new Duplicate(basis, theFirst);

    static readonly MatchOutcome asked = new Perhaps([theFirst]);

    [Fact]
    public void A_reference_that_is_no_placeholder_and_nothing_against_it_make_them_one()
    {
        Assert.Equal(Known(DuplicateBasis.BankReference), Of(it, it with { EndToEndId = null, Texts = [] }));
        Assert.Equal(Known(DuplicateBasis.BankReference), Of(it, it with { BankReference = null, EntryReference = "B 1", EndToEndId = null }));
        Assert.Equal(Known(DuplicateBasis.PaymentReference), Of(it, it with { BankReference = null }));
        Assert.Equal(Known(DuplicateBasis.PaymentReference), Of(it with { UniqueId = "U" }, it with { UniqueId = "u", BankReference = null, EndToEndId = null }));
    }

    [Fact]
    public void One_thing_that_contradicts_makes_them_two()
    {
        Assert.Null(Of(it, it with { Direction = PaymentDirection.Out }));
        Assert.Null(Of(it, it with { IsReversal = true }));
        Assert.Null(Of(it, it with { Amount = Kronor.Of(101) }));
        Assert.Null(Of(it with { Amount = null, Currency = "EUR", AmountText = "100.0" }, it with { Amount = null, Currency = "USD", AmountText = "100" }));
        Assert.Null(Of(it, it with { EndToEndId = "E2" }));
        Assert.Null(Of(it, it with { BankReference = "B2" }));
        Assert.Null(Of(it with { PaymentReferences = ["18"] }, it with { PaymentReferences = ["26"] }));
        Assert.Null(Of(it, it with { Account = new("BBAN", "99988877766") }));
        Assert.Null(Of(it, it with { BookedOn = it.BookedOn.PlusDays(1) }));
        Assert.Null(Of(it, it with { IsAdvice = true, BookedOn = it.BookedOn.PlusDays(6) }));
        Assert.Equal(Known(DuplicateBasis.BankReference), Of(it, it with { IsAdvice = true, BookedOn = it.BookedOn.PlusDays(-5) }));
    }

    [Theory]
    [InlineData("NONREF")]
    [InlineData("NOTPROVIDED")]
    [InlineData("Not provided")]
    [InlineData("0000")]
    [InlineData("-")]
    [InlineData("xxx")]
    [InlineData("Okänd")]
    public void A_placeholder_is_no_reference(string placeholder)
    {
        var one = it with { BankReference = placeholder, EndToEndId = null };

        Assert.Equal(asked, Of(one, one));
        Assert.Null(Of(one, one with { BookedOn = one.BookedOn.PlusYears(1) }));
        Assert.Equal(Known(DuplicateBasis.PaymentReference), Of(it with { BankReference = placeholder }, it));
    }

    [Fact]
    public void Where_nothing_is_shared_and_nothing_contradicts_a_person_is_asked()
    {
        Assert.Equal(asked, Of(it, it with { BankReference = null, EndToEndId = null }));
        Assert.Equal(asked, Of(it with { EndToEndId = null }, it with { BankReference = null }));
        Assert.Equal(asked, Of(it with { BankReference = null, EndToEndId = null, Documents = ["A2014/2289"] }, it with { BankReference = null, Documents = ["A2014/2289"] }));
        Assert.Equal(new Perhaps([new(Some.Id(8001), 2), theFirst]).Others.Order(ByNumber), ((Perhaps)Of([it with { BankReference = null }, it with { BankReference = null, EndToEndId = "E2" }], [it with { EndToEndId = null }])!).Others.Order(ByNumber));
    }

    static readonly Comparer<Telling> ByNumber = Comparer<Telling>.Create((a, b) => a.Transaction.CompareTo(b.Transaction));

    [Fact]
    public void A_bankgiro_the_account_behind_it_and_its_IBAN_are_one_account()
    {
        var iban = it with { Account = new("IBAN", "SE3550000000054910000003") };
        Assert.Equal(Known(DuplicateBasis.BankReference), Of(iban, it with { Account = new("BBAN", "54910000003") }));
        Assert.Equal(Known(DuplicateBasis.BankReference), Of(iban, it with { Account = new("", "54910000003") }));
        Assert.Equal(Known(DuplicateBasis.BankReference), Of(iban, it with { Account = new("BGNR", "50501055") }));
        Assert.Null(Of(iban, it with { Account = new("IBAN", "SE4550000000058398257466") }));
        Assert.Null(Of(iban, it with { Account = new("BBAN", "58398257466") }));

        // A payment to the bankgiro was booked on another account.
        Assert.Null(Of([iban with { BankReference = "B9", EndToEndId = "E9" }, it with { Account = new("IBAN", "SE4550000000058398257466"), OwnAccount = new("BGNR", "50501055"), BankReference = "B8", EndToEndId = "E8" }, iban],
            [it with { Account = new("BGNR", "50501055") }]));
    }

    [Fact]
    public void A_fee_and_its_payment_are_two_though_they_have_one_reference()
    {
        var fee = it with { Amount = Kronor.Of(25), EntryReference = "PAY-77", BankReference = "PAY-77", EndToEndId = null };
        Assert.Null(Of([fee, fee with { Amount = Kronor.Of(100), Entry = 2, IsWholeEntry = true }]));
        Assert.Null(Of(fee, fee with { Amount = Kronor.Of(100), Entry = 2, IsWholeEntry = true }));
    }

    [Fact]
    public void A_reference_that_stands_on_many_entries_of_a_file_tells_nothing()
    {
        var many = Enumerable.Range(1, 4).Select(n => it with { Entry = n, Amount = Kronor.Of(n), EndToEndId = null }).ToArray();
        Assert.Equal(new Perhaps([new(Some.Id(8001), 4)]), Of(many, [many[3]]));
    }

    [Fact]
    public void Two_alike_in_one_statement_are_two_and_are_asked_about_only_when_they_share_a_reference()
    {
        var unnamed = it with { BankReference = null, EndToEndId = null };
        Assert.Null(Of([unnamed, unnamed with { Entry = 2 }]));
        Assert.Null(Of([it, it with { Entry = 2, EndToEndId = "E2" }]));
        Assert.Equal(asked, Of([it, it with { Entry = 2 }]));
        Assert.Null(Of([it, it]));
        Assert.Equal(Known(DuplicateBasis.BankReference), Of([it, it with { Entry = 2, Part = 2 }]));
    }

    [Fact]
    public void Each_of_those_that_are_alike_is_the_like_of_one()
    {
        BankTransaction[] two = [it, it];
        List<ToldFile> files = [new(Some.Id(8001), [it, it with { Number = 2 }]), new(Some.Id(8002), [it, it with { Number = 2 }, it with { Number = 3 }])];
        var tellings = new Tellings([], files);

        Assert.Equal([new Duplicate(DuplicateBasis.BankReference, new(Some.Id(8001), 1)), new Duplicate(DuplicateBasis.BankReference, new(Some.Id(8001), 2)), null],
            Enumerable.Range(1, 3).Select(n => tellings.Of(new(Some.Id(8002), n))));
        Assert.Null(Of(two));
    }

    [Fact]
    public void What_tells_more_takes_the_place_of_what_waits()
    {
        var poor = it with { Texts = [], EndToEndId = null };
        List<ToldFile> files = [new(Some.Id(8001), [poor]), new(Some.Id(8002), [it])];
        var tellings = new Tellings([], files);

        Assert.Equal((null, new Duplicate(DuplicateBasis.BankReference, new(Some.Id(8002), 1))), (tellings.Of(new(Some.Id(8002), 1)), tellings.Of(theFirst)));
        var (known, asks) = tellings.Brought(Some.Id(8002));
        Assert.Empty(asks);
        Assert.Equal((Some.Id(8001), Some.Id(8002), 1), (known[0].Import, known[0].Other, known[0].Counted()));
    }

    [Fact]
    public void A_bundle_counts_once_told_whole_and_in_parts_in_either_order()
    {
        var part = it with { EntryReference = "E1", BankReference = "T1", EndToEndId = null };
        BankTransaction[] parts = [part, part with { Amount = Kronor.Of(200), BankReference = "T2" }];
        var whole = Bank.In("300") with { Number = 1, EntryReference = "E1", BankReference = "E1", IsWholeEntry = true, IsAdvice = true };

        Assert.Equal(Known(DuplicateBasis.Entry), Of(parts, [whole]));
        Assert.Equal(asked, Of(parts, [whole with { EntryReference = "NONREF", BankReference = "NONREF" }]));
        Assert.Null(Of(parts, [whole with { EntryReference = "E2", BankReference = "E2" }]));
        Assert.Null(Of(parts, [whole with { Amount = Kronor.Of(301) }]));

        List<ToldFile> files = [new(Some.Id(8001), [whole]), new(Some.Id(8002), [parts[0], parts[1] with { Number = 2 }])];
        Assert.Equal((new Duplicate(DuplicateBasis.Entry, new(Some.Id(8002), 1)), null), (new Tellings([], files).Of(theFirst), new Tellings([], files).Of(new(Some.Id(8002), 1))));
    }

    [Fact]
    public void A_hundred_thousand_that_are_alike_are_compared_at_once()
    {
        List<BankTransaction> alike = [.. Enumerable.Range(1, 100_000).Select(n => it with { Number = n, Entry = n, BankReference = null, EndToEndId = null })];
        var (known, asks) = new Tellings([], [new(Some.Id(8001), alike), new(Some.Id(8002), alike)]).Brought(Some.Id(8002));

        Assert.Empty(known);
        Assert.Equal(100_000, asks.Where(a => a.Runs[0].First == 1).Take(1).Sum(a => a.Counted()));
    }

    [Fact]
    public void Runs_tell_what_each_is_held_against()
    {
        var same = SameTransactions.Of(new[] { (1, 11), (2, 12), (3, 20), (5, 21), (6, 22) }.Select(p => (new Telling(Some.Id(2), p.Item1), new Telling(Some.Id(1), p.Item2), (DuplicateBasis?)null, 0)));

        Assert.Equal([new(1, 11, 2), new(3, 20, 1), new(5, 21, 2)], Assert.Single(same).Runs);
        Assert.Equal([11, 12, 20, null, 21, 22, null], Enumerable.Range(1, 7).Select(n => same[0].Against(n)?.Transaction));
    }
}
