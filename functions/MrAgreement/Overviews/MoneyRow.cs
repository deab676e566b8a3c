using System.Text.Json.Serialization;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Overviews;

/// <summary>Which way money is to go; stored by name.</summary>
public enum MoneyKind
{
    /// <summary>Asked for by a requisition that was sent, and not paid.</summary>
    ToPay,

    /// <summary>Claimed back, and not come.</summary>
    Demand
}

/// <summary>Something that is to be paid, or is to come back: a row on the payer's desk. Holds nothing that depends on today's date,
/// and no more than the payer may know.</summary>
/// <param name="Number">Of the requisition, or of the decision that claims it; 0 for what was not spent.</param>
/// <param name="SeenBy">The keys of the parties whose people may see it.</param>
/// <param name="Party">Who is paid, or pays back.</param>
/// <param name="Amount">All of it.</param>
/// <param name="Left">What has not been paid, or come back.</param>
/// <param name="DueOn">By the agreement's working-day rule; null where there is no day, as a requisition has none of its own.</param>
/// <param name="Waiting">Since when it has waited: the day on which the requisition came, or was sent; null for a demand.</param>
/// <param name="Version">The last event that touched the requisition, or a payment of it; 0 for a demand.</param>
public sealed record MoneyRow(
    AgreementId Agreement, string DiaryNumber, string Title, MoneyKind Kind, int Number, IReadOnlyList<string> SeenBy, string Party,
    Kronor Amount, Kronor Left, LocalDate? DueOn, LocalDate? Waiting, string? Instalment, Bankgiro? Bankgiro, Plusgiro? Plusgiro,
    string? Reference, RequisitionStatus? Status, Appropriation? Appropriation, long Version)
{
    /// <summary>The account that the requisition before it asked to be paid to, where that is another; null where it is not.</summary>
    public string? AccountBefore { get; init; }

    /// <summary>Of what is attested to be paid back in the agreement and has not been: it may be on its way. Zero for nothing.</summary>
    public Kronor OnItsWay { get; init; }

    /// <summary>Whether the terms have interest on late repayment; told of the soonest demand of an agreement, for all of them.</summary>
    public bool BearsInterest { get; init; }

    [JsonIgnore]
    public Kronor Come => Amount - Left;

    /// <summary>The day by which it is sorted.</summary>
    [JsonIgnore]
    public LocalDate? Day => DueOn ?? Waiting;

    public bool IsLate(LocalDate today) => DueOn < today;
}

/// <param name="Viewer">Only what this party's people may see; null for one who sees every agreement.</param>
/// <param name="Page">From 1.</param>
public sealed record MoneyQuery(MoneyKind Kind, string? Viewer, int Page, int Limit);

/// <summary>One page of rows, how many there are in all, and what is left of all of them.</summary>
public sealed record MoneyList(IReadOnlyList<MoneyRow> Rows, int Total, Kronor Left);

/// <summary>From a dossier to its rows on the payer's desk.</summary>
public static class MoneyRows
{
    public static IEnumerable<MoneyRow> Of(Dossier it)
    {
        if (it.Grant.Terms is null || it.Grant.IsRightToCharge || it.Agreement.Status == AgreementStatus.Draft
            || it.Agreement is { Status: AgreementStatus.Closed })
            return [];
        // What nobody but the recipient knows of is no claim yet.
        var told = it with { Grant = SubmittedCosts.Of(it) };
        return [.. ToPay(it), .. Claimed(told)];
    }

    static IEnumerable<MoneyRow> ToPay(Dossier it) =>
        from requisition in it.Grant.Requisitions
        where requisition.Status is RequisitionStatus.Dispatched or RequisitionStatus.Received && it.Grant.LeftToPay(requisition).IsPositive
        select Row(it, MoneyKind.ToPay, requisition.Number, requisition.Amount, it.Grant.LeftToPay(requisition),
            it.Agreement.InOrder.FirstOrDefault(o => o is { Kind: Obligations.ObligationKind.Payment, IsSettled: false })?.EffectiveDueOn)
            with
            {
                Waiting = requisition.ReceivedOn ?? requisition.DispatchedOn, Instalment = requisition.Instalment,
                Bankgiro = requisition.Bankgiro, Plusgiro = requisition.Plusgiro, Reference = requisition.Reference,
                Status = requisition.Status, Appropriation = it.Grant.Instalment(requisition.Instalment)?.Appropriation,
                Version = requisition.TouchedOrPaid(it.Grant), AccountBefore = requisition.OnOtherAccount(it.Grant)?.Account
            };

    static IEnumerable<MoneyRow> Claimed(Dossier it)
    {
        var onItsWay = it.Grant.Repayments.Where(r => r.Status == RepaymentStatus.Attested).Sum(r => r.Amount);
        return Demands.Of(it).Select((demand, i) =>
            Row(it, MoneyKind.Demand, demand.Disallowance ?? 0, demand.Amount, demand.Left, demand.DueOn) with
            {
                Reference = demand.Disallowance is { } number ? it.Grant.Disallowances[number - 1].Decision.Reference : null,
                OnItsWay = onItsWay, BearsInterest = i == 0 && it.Grant.Terms?.Interest is InterestRule.Räntelagen6
            });
    }

    static MoneyRow Row(Dossier it, MoneyKind kind, int number, Kronor amount, Kronor left, LocalDate? dueOn)
    {
        var parties = it.Agreement.Terms.Parties;
        var handler = parties.FirstOrDefault(party => Rights.Does(party, Duty.MoneyHandler, parties))
            ?? parties.FirstOrDefault(party => party.Role == PartyRole.Recipient);
        return new(it.Id, it.Agreement.Terms.DiaryNumber.ToString(), it.Agreement.Terms.Title, kind, number,
            [.. parties.Where(party => party.Role != PartyRole.SubRecipient || party.Duties is { Count: > 0 }).Select(party => party.Key)],
            handler?.Name ?? "", amount, left, dueOn, null, null, null, null, null, null, null, 0);
    }
}
