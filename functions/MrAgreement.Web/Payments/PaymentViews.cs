using Microsoft.AspNetCore.Http;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Web.Http;
using Period = NodaTime.Period;

namespace MrAgreement.Web.Payments;

/// <summary>A requisition that is to be paid.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">The agreement's diary number.</param>
/// <param name="Title">The agreement's title.</param>
/// <param name="Requisition">Number of the requisition.</param>
/// <param name="Instalment">Key of the instalment.</param>
/// <param name="Party">Who is paid.</param>
/// <param name="Amount">What it asks for.</param>
/// <param name="Left">What is left to pay of it.</param>
/// <param name="Bankgiro">Where to pay.</param>
/// <param name="Plusgiro">Where to pay.</param>
/// <param name="AccountBefore">Where the requisition before it asked to be paid, if elsewhere.</param>
/// <param name="Reference">What the payment is to say.</param>
/// <param name="Status">dispatched, or received by the payer.</param>
/// <param name="Since">The day on which it was received, or sent.</param>
/// <param name="DueOn">The day that the terms give the payment; a requisition has none of its own.</param>
/// <param name="Appropriation">Where in the state budget the money comes from.</param>
/// <param name="Version">Sent back with the payment, one that has moved since is refused.</param>
public sealed record ToPayView(
    AgreementId Agreement, string DiaryNumber, string Title, int Requisition, string Instalment, string Party, Kronor Amount, Kronor Left,
    Bankgiro? Bankgiro, Plusgiro? Plusgiro, string? AccountBefore, string Reference, RequisitionStatus Status, LocalDate Since,
    LocalDate? DueOn, Appropriation? Appropriation, long Version)
{
    internal static ToPayView Of(MoneyRow it) => new(it.Agreement, it.DiaryNumber, it.Title, it.Number, it.Instalment!, it.Party, it.Amount,
        it.Left, it.Bankgiro, it.Plusgiro, it.AccountBefore, it.Reference!, it.Status!.Value, it.Waiting!.Value, it.DueOn,
        it.Appropriation, it.Version);
}

/// <summary>What is to come back.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="DiaryNumber">The agreement's diary number.</param>
/// <param name="Title">The agreement's title.</param>
/// <param name="Disallowance">Number of the decision that claims it; null for what was not spent.</param>
/// <param name="Reference">Of the decision.</param>
/// <param name="Party">Who pays it back.</param>
/// <param name="Amount">All of it.</param>
/// <param name="Come">What has come back of it, or was set off.</param>
/// <param name="Left">What is left.</param>
/// <param name="DueOn">By when it is to be back.</param>
/// <param name="Overdue">Past that day.</param>
/// <param name="OverdueDays">Days past it; 0 when not overdue.</param>
/// <param name="OnItsWay">Attested to be paid back in the agreement, and not come yet.</param>
/// <param name="Interest">Interest so far on what is late in the agreement, told with its soonest demand; indicative.</param>
public sealed record DemandView(
    AgreementId Agreement, string DiaryNumber, string Title, int? Disallowance, string? Reference, string Party, Kronor Amount, Kronor Come,
    Kronor Left, LocalDate? DueOn, bool Overdue, int OverdueDays, Kronor OnItsWay, Kronor? Interest)
{
    internal static DemandView Of(MoneyRow it, LocalDate today, Kronor? interest) => new(it.Agreement, it.DiaryNumber, it.Title,
        it.Number == 0 ? null : it.Number, it.Reference, it.Party, it.Amount, it.Come, it.Left, it.DueOn, it.IsLate(today),
        it.IsLate(today) ? Period.DaysBetween(it.DueOn!.Value, today) : 0, it.OnItsWay, interest);
}

/// <param name="Payments">At most 100; each of a requisition of its own.</param>
public sealed record PaymentsRequest(IReadOnlyList<PaidRequisition> Payments);

/// <param name="Results">One for each payment that was sent, in order.</param>
/// <param name="Recorded">How many were recorded now.</param>
/// <param name="Refused">How many were refused.</param>
public sealed record PaymentsView(IReadOnlyList<PaidView> Results, int Recorded, int Refused);

/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Requisition">Number of the requisition.</param>
/// <param name="Outcome">recorded, unchanged when it was recorded before, or refused.</param>
/// <param name="Payment">Number of the payment within the agreement.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record PaidView(AgreementId Agreement, int Requisition, PaidState Outcome, int? Payment, Problem? Problem)
{
    internal static PaidView Of(PaidOutcome it, HttpContext http) => new(it.Of.Agreement, it.Of.Requisition,
        it.Refused is not null ? PaidState.Refused : it.IsNew ? PaidState.Recorded : PaidState.Unchanged, it.Payment,
        it.Refused is { } refused ? Problem.Of(http, refused) : null);
}

/// <summary>What has become of a payment that was sent among others.</summary>
public enum PaidState
{
    Recorded,
    Unchanged,
    Refused
}
