using MrAgreement.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Tests.Banking;

public class DuplicatesTests
{
    static readonly Expectations expected = Bank.Expect(Bank.Requisition(1, "100"), Bank.Requisition(2, "200"));

    [Fact]
    public void The_same_transaction_in_another_file_counts_once()
    {
        var statement = Bank.In("100", "A2014/2289");
        var seen = Matching.Of([statement], expected)[0].Seen;

        Assert.Equal(new Duplicate(DuplicateBasis.BankReference), Bank.Outcome(statement with { Number = 7, Line = 9, Entry = 3, Texts = [] }, expected with { Seen = [seen] }));
        Assert.IsType<Matched>(Bank.Outcome(statement with { BankReference = "other" }, expected with { Seen = [seen] }));
        Assert.IsType<Matched>(Bank.Outcome(statement with { Account = new("IBAN", "SE1") }, expected with { Seen = [seen] }));
        Assert.IsType<Unmatched>(Bank.Outcome(statement with { Direction = PaymentDirection.Out, IsReversal = true }, expected with { Seen = [seen] }));
    }

    [Fact]
    public void What_was_told_poorly_is_matched_by_what_is_told_better_later_and_counts_once()
    {
        var advice = Bank.In("100", "A2014/2289");
        var poor = Matching.Of([advice with { Texts = [] }], expected)[0].Seen;
        var better = Matching.Of([advice], expected)[0].Seen with { IsMatched = false };

        Assert.IsType<Matched>(Bank.Outcome(advice, expected with { Seen = [poor] }));
        Assert.IsType<Duplicate>(Bank.Outcome(advice, expected with { Seen = [poor with { IsMatched = true }] }));
        Assert.IsType<Duplicate>(Bank.Outcome(advice, expected with { Seen = [poor with { IsDismissed = true }] }));
        Assert.IsType<Duplicate>(Bank.Outcome(advice with { Texts = [] }, expected with { Seen = [better] }));

        // And where the poor one is looked at again, the better one stands, or else the first.
        Assert.IsType<Duplicate>(Bank.Outcome(advice with { Texts = [] }, expected with { Seen = [better with { IsLater = true }] }));
        Assert.IsType<Matched>(Bank.Outcome(advice, expected with { Seen = [better with { IsLater = true }] }));
        Assert.IsType<Duplicate>(Bank.Outcome(advice, expected with { Seen = [poor with { IsLater = true, IsMatched = true }] }));
    }

    [Fact]
    public void The_same_transaction_twice_in_a_file_counts_once()
    {
        var it = Bank.In("100", "A2014/2289");

        Assert.Equal(new Duplicate(DuplicateBasis.BankReference), Matching.Of([it, it with { Number = 2, Entry = it.Entry + 1 }], expected)[1].Outcome);
    }

    [Fact]
    public void One_reference_for_a_whole_bundle_tells_nothing_of_its_transactions()
    {
        var first = Bank.In("100", "A2014/2289");
        IReadOnlyList<BankTransaction> bundle = [first, first with { Number = 2 }, first with { Number = 3, Amount = Kronor.Of(200) }];

        var results = Matching.Of(bundle, expected);
        Assert.DoesNotContain(results, r => r.Outcome is Duplicate);
        Assert.All(Matching.Of(bundle, expected with { Seen = [.. results.Select(r => r.Seen)] }), r => Assert.IsType<Duplicate>(r.Outcome));
    }

    [Fact]
    public void Without_a_reference_the_content_tells_and_equals_are_counted()
    {
        var it = Bank.In("100", "A2014/2289") with { BankReference = null };
        IReadOnlyList<BankTransaction> two = [it, it with { Number = 2, Entry = it.Entry + 1 }];

        var results = Matching.Of(two, expected);
        Assert.DoesNotContain(results, r => r.Outcome is Duplicate);
        Assert.All(Matching.Of(two, expected with { Seen = [.. results.Select(r => r.Seen)] }), r => Assert.Equal(new Duplicate(DuplicateBasis.Content), r.Outcome));
        Assert.IsNotType<Duplicate>(Bank.Outcome(it with { BookedOn = it.BookedOn.PlusDays(1) }, expected with { Seen = [.. results.Select(r => r.Seen)] }));
    }

    [Fact]
    public void A_bundle_told_whole_after_its_transactions_counts_no_more()
    {
        var part = Bank.In("100", "A2014/2289") with { EntryReference = "E1" };
        var whole = Bank.In("300") with { EntryReference = "E1", BankReference = "E1", IsWholeEntry = true };

        Assert.Equal(new Duplicate(DuplicateBasis.Entry), Bank.Outcome(whole, expected with { Seen = [Matching.Of([part], expected)[0].Seen] }));
    }

    [Fact]
    public void Transactions_told_after_their_bundle_count_unless_the_bundle_was_matched()
    {
        var part = Bank.In("100", "A2014/2289") with { EntryReference = "E1" };
        var whole = Bank.In("100") with { EntryReference = "E1", BankReference = "E1", IsWholeEntry = true };

        Assert.IsType<Matched>(Bank.Outcome(part, expected with { Seen = [Matching.Of([whole], expected)[0].Seen] }));
        Assert.Equal(new Duplicate(DuplicateBasis.Entry), Bank.Outcome(part, expected with { Seen = [Matching.Of([whole with { Texts = ["A2014/2289"] }], expected)[0].Seen] }));
    }
}
