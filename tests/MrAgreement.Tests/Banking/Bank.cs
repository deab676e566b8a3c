using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Tests.Banking;

/// <summary>Transactions to throw away, and what was expected.</summary>
static class Bank
{
    public static readonly BankAccount Ours = new("BBAN", "12345678901");
    public static readonly Counterpart Payer = new("Kammarkollegiet", new("BGNR", "50501055"));
    public static readonly LocalDate Day = new(2015, 2, 3);

    static int numbers;

    /// <summary>Money in; each its own reference at the bank.</summary>
    public static BankTransaction In(string amount, params string[] texts)
    {
        var number = Interlocked.Increment(ref numbers);
        return new()
        {
            Number = number, Line = number, Entry = number, Account = Ours, BankReference = $"B{number}", BookedOn = Day, Direction = PaymentDirection.In,
            Amount = Kronor.Parse(amount), Currency = "SEK", AmountText = amount, Texts = texts
        };
    }

    public static BankTransaction Out(string amount, string? endToEndId = null) => In(amount) with { Direction = PaymentDirection.Out, EndToEndId = endToEndId };

    public static ExpectedRequisition Requisition(int number, string left, string diaryNumber = "A2014/2289/DISK", string reference = "-", int agreement = 1) =>
        new(Some.AgreementId(agreement), number, DiaryNumber.Parse(diaryNumber), Kronor.Parse(left), reference, Payer, Day.PlusDays(-7));

    public static ExpectedRepayment Repayment(int number, string amount, string reference, string diaryNumber = "A2014/2289/DISK") =>
        new(Some.AgreementId(), number, DiaryNumber.Parse(diaryNumber), Kronor.Parse(amount), reference, Payer, Day.PlusDays(-7));

    public static KnownPayment Payment(int number, string amount, PaymentDirection direction = PaymentDirection.In, string? bankReference = null, params string[] references) =>
        new(Some.AgreementId(), number, DiaryNumber.Parse("A2014/2289/DISK"), direction, Day, Kronor.Parse(amount), references, bankReference);

    /// <summary>What comes of a single transaction.</summary>
    public static MatchOutcome Outcome(BankTransaction it, Expectations expected) => Assert.Single(Matching.Of([it], expected)).Outcome;

    public static Expectations Expect(params ExpectedRequisition[] requisitions) => new() { Requisitions = requisitions };

    public static RequisitionTarget Requisitioned(int number, int agreement = 1) => new(Some.AgreementId(agreement), number);

    public static Proposed Propose(MatchRule rule, params MatchTarget[] each) => new(rule, [.. each.Select(t => new Candidate(t))]);
}
