using System.Globalization;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Grants;

namespace MrAgreement.Tests.Banking;

/// <summary>Random files against random expectations, and what must always hold.</summary>
public class MatchingRandomTests
{
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "20150203", CultureInfo.InvariantCulture);

    static readonly string[] diaryNumbers = ["A2014/2289/DISK", "S2013/8812/FST", "Fi2015/2449", "SKR 15/0012"];
    static readonly string[] references = ["1234567897", "18", "26", "R-1", "-"];

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(0, 300).Select(n => new TheoryDataRow<int>(seed + n));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_matched_twice_or_overpaid_and_the_order_of_what_is_expected_changes_nothing(int walk)
    {
        try
        {
            Holds(new Random(walk));
        }
        catch (Exception failed)
        {
            throw new InvalidOperationException($"Repeat it with MRAGREEMENT_SEED={walk}: {failed.Message}", failed);
        }
    }

    static void Holds(Random random)
    {
        var expected = Expected(random);
        List<BankTransaction> file = [.. Enumerable.Range(1, 60).Select(n => Transaction(random, n))];

        var results = Matching.Of(file, expected);

        Assert.Equal(file, results.Select(r => r.Transaction));
        var matched = results.Where(r => r.Outcome is Matched).Select(r => (r.Transaction, ((Matched)r.Outcome).Target)).ToList();
        Assert.Equal(matched.Count, matched.Select(m => m.Target).Distinct().Count());
        foreach (var (transaction, target) in matched)
        {
            Assert.Null(transaction.Doubt);
            Assert.Equal(target is TransactionTarget, transaction.IsReversal);
            var (amount, direction) = target switch
            {
                RequisitionTarget t => (expected.Requisitions.Single(r => (r.Agreement, r.Number) == (t.Agreement, t.Number)).Left, PaymentDirection.In),
                RepaymentTarget t => (expected.Repayments.Single(r => (r.Agreement, r.Number) == (t.Agreement, t.Number)).Amount, PaymentDirection.Out),
                PaymentTarget t => expected.Payments.Where(p => !p.IsSeen && (p.Agreement, p.Number) == (t.Agreement, t.Number)).Select(p => (p.Amount, p.Direction)).Single(),
                TransactionTarget t => file.Where(other => other.Number == t.Number && !other.IsReversal && matched.Exists(m => m.Transaction == other)).Select(other => (other.Amount!.Value, Other(other.Direction))).Single(),
                _ => throw new InvalidOperationException($"{target} was matched.")
            };
            Assert.Equal((amount, direction), (transaction.Amount, transaction.Direction));
        }
        foreach (var proposed in results.Select(r => r.Outcome).OfType<Proposed>())
        {
            Assert.InRange(proposed.Candidates.Count, 1, Matching.MostCandidates);
            Assert.Equal(proposed.Candidates.Count, proposed.Candidates.Distinct().Count());
        }

        Assert.Equal(results.Select(r => r.Outcome), Matching.Of(file, Shuffled(expected, random)).Select(r => r.Outcome));
    }

    static PaymentDirection Other(PaymentDirection it) => it == PaymentDirection.In ? PaymentDirection.Out : PaymentDirection.In;

    static Expectations Expected(Random random) => new()
    {
        Requisitions = [.. Enumerable.Range(1, 20).Select(n => Bank.Requisition(n, Amount(random), One(diaryNumbers, random), One(references, random)) with { DispatchedOn = Bank.Day.PlusDays(random.Next(-40, 10)) })],
        Repayments = [.. Enumerable.Range(1, 5).Select(n => Bank.Repayment(n, Amount(random), One(references, random), One(diaryNumbers, random)))],
        Payments = [.. Enumerable.Range(1, 8).Select(n => Bank.Payment(n, Amount(random), random.Next(2) == 0 ? PaymentDirection.In : PaymentDirection.Out,
            random.Next(3) == 0 ? $"B{random.Next(60)}" : null, One(references, random)) with { DiaryNumber = DiaryNumber.Parse(One(diaryNumbers, random)) })]
    };

    static BankTransaction Transaction(Random random, int number)
    {
        var it = Bank.In(Amount(random)) with
        {
            Number = number, Entry = number / 2, BankReference = random.Next(5) == 0 ? null : $"B{random.Next(60)}", EntryReference = $"E{number / 2}", IsWholeEntry = random.Next(6) == 0,
            Direction = random.Next(4) == 0 ? PaymentDirection.Out : PaymentDirection.In, IsReversal = random.Next(10) == 0, Doubt = random.Next(20) == 0 ? "details-do-not-sum" : null,
            Texts = random.Next(2) == 0 ? [$"Dnr {One(diaryNumbers, random)}", One(diaryNumbers, random)] : [One(diaryNumbers, random)],
            PaymentReferences = random.Next(2) == 0 ? [One(references, random)] : [], EndToEndId = random.Next(2) == 0 ? One(references, random) : null,
            Counterpart = random.Next(2) == 0 ? Bank.Payer : Counterpart.None, BookedOn = Bank.Day.PlusDays(random.Next(-3, 3))
        };
        return random.Next(20) == 0 ? it with { Amount = null, Currency = "EUR" } : it;
    }

    static Expectations Shuffled(Expectations it, Random random)
    {
        var (requisitions, repayments, payments) = (it.Requisitions.ToArray(), it.Repayments.ToArray(), it.Payments.ToArray());
        random.Shuffle(requisitions);
        random.Shuffle(repayments);
        random.Shuffle(payments);
        return it with { Requisitions = requisitions, Repayments = repayments, Payments = payments };
    }

    static string Amount(Random random) => One(["100", "50", "25.5", "150", "75.5", "0.01"], random);

    static string One(string[] of, Random random) => of[random.Next(of.Length)];
}
