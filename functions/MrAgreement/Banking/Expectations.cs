using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Banking;

/// <summary>A requisition under way that is not paid in full.</summary>
/// <param name="Left">What is still to be paid of it.</param>
/// <param name="Reference">What the payer was asked to put on the payment.</param>
public sealed record ExpectedRequisition(
    AgreementId Agreement, int Number, DiaryNumber DiaryNumber, Kronor Left, string Reference, Counterpart Payer, LocalDate DispatchedOn);

/// <summary>An attested repayment that no payment has carried out yet.</summary>
/// <param name="Reference">Our own, sent with the payment as its EndToEndId.</param>
public sealed record ExpectedRepayment(
    AgreementId Agreement, int Number, DiaryNumber DiaryNumber, Kronor Amount, string Reference, Counterpart Payee, LocalDate AttestedOn);

/// <summary>A payment that is recorded already, by hand or from a bank's file.</summary>
/// <param name="References">Its own, and that of the requisition or the repayment that it belongs to.</param>
/// <param name="BankReference">The bank's, once it has been seen in a bank's file; null until then.</param>
public sealed record KnownPayment(
    AgreementId Agreement, int Number, DiaryNumber DiaryNumber, PaymentDirection Direction, LocalDate PaidOn, Kronor Amount,
    IReadOnlyList<string> References, string? BankReference)
{
    /// <summary>Whether a bank's file has told of it; if not, the transaction that is the same payment is still to come.</summary>
    public bool IsSeen { get; init; } = BankReference is not null;
}

/// <summary>What transactions are matched with; across agreements, in any order.</summary>
public sealed record Expectations
{
    public IReadOnlyList<ExpectedRequisition> Requisitions { get; init; } = [];
    public IReadOnlyList<ExpectedRepayment> Repayments { get; init; } = [];
    public IReadOnlyList<KnownPayment> Payments { get; init; } = [];

    /// <summary>Whether there is nothing that a transaction could be.</summary>
    public bool IsNothing => Requisitions.Count + Repayments.Count + Payments.Count == 0;
}
