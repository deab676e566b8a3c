using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Grants;

/// <summary>The grant as it stands, or stood at the end of a day. Amounts in kronor, exact to the öre.</summary>
/// <param name="Balances">The money in all.</param>
/// <param name="Instalments">Each year's part.</param>
/// <param name="Costs">Costs by category and year; a party that sees its own share alone sees what it has reported itself.</param>
public sealed record GrantView(BalancesView Balances, IReadOnlyList<InstalmentView> Instalments, IReadOnlyList<CostView> Costs)
{
    internal static GrantView Of(Viewpoint at)
    {
        var it = at.Dossier.Grant;
        var seesDrafts = Sight.SeesLedger(at.Dossier, at.By);
        return new(BalancesView.Of(it.Balances, at.SeesWhole),
            [
                .. InstalmentFigures.Of(it).Where(of => of.Instalment is not null).Select(of => InstalmentView.Of(of.Instalment!,
                    at.Dossier, at.SeesWhole ? of.Used : null, at.SeesWhole ? of.Returned : null, seesDrafts))
            ],
            [.. Cost.Of(it, new(LocalDate.MinIsoValue, LocalDate.MaxIsoValue)).Select(c => new CostView(c.Category, c.Year, c.Amount))]);
    }
}

/// <param name="Decided">Decided or released instalments.</param>
/// <param name="Conditional">Instalments that wait for their condition.</param>
/// <param name="Received">Paid to the recipient.</param>
/// <param name="Charged">Charged to the appropriation as it was used, under a right to charge it; else 0.</param>
/// <param name="Costs">What the project has cost, whatever was received: imported
/// and adjusted. For a party that sees its own share alone: its own.</param>
/// <param name="Used">The same, at most what was received, or decided under a right to charge.</param>
/// <param name="Repaid">Paid back; null for a party that sees its own share alone.</param>
/// <param name="Rounding">Attested rounding entries; null likewise.</param>
/// <param name="Remaining">Received + charged − used − repaid + rounding; null likewise.</param>
public sealed record BalancesView(
    Kronor Decided, Kronor Conditional, Kronor Received, Kronor Charged, Kronor Costs, Kronor Used, Kronor? Repaid, Kronor? Rounding,
    Kronor? Remaining)
{
    internal static BalancesView Of(Balances it, bool seesWhole) =>
        new(it.Decided, it.Conditional, it.Received, it.Charged, it.Used + it.Beyond, it.Used,
        seesWhole ? it.Repaid : null, seesWhole ? it.Rounding : null, seesWhole ? it.Remaining : null);
}

/// <param name="Key">Its key, as in 2014.</param>
/// <param name="Amount">Its amount; the released one where a decision set another.</param>
/// <param name="Agreed">The most that a decision may release: as the terms have it, or an amendment since.</param>
/// <param name="Status">decided, conditional, released or lapsed.</param>
/// <param name="Condition">What must happen before it is decided.</param>
/// <param name="RequisitionDueOn">Last day to requisition it.</param>
/// <param name="Appropriation">Where in the state budget it comes from.</param>
/// <param name="Requisitioned">Dispatched to the payer and not refused; of what was ended, what was paid.</param>
/// <param name="InPreparation">Prepared and not dispatched yet; null for those who do not see the recipient's drafts.</param>
/// <param name="Received">Received on its requisitions.</param>
/// <param name="Awaited">What is still to come of it; nothing once it has lapsed, its
/// requisition was ended, or the agreement ended before it was requisitioned.</param>
/// <param name="UsedComputed">What is used of it, computed oldest first; null for a party that sees its own share alone.</param>
/// <param name="RepaidComputed">What is paid back of it, rounding included, computed oldest first; null likewise.</param>
/// <param name="Release">The decision that released it.</param>
/// <param name="LapseReason">Why it lapsed.</param>
public sealed record InstalmentView(
    string Key, Kronor Amount, Kronor Agreed, InstalmentStatus Status, string? Condition, LocalDate? RequisitionDueOn,
    Appropriation? Appropriation,
    Kronor Requisitioned, Kronor? InPreparation, Kronor Received, Kronor Awaited, Kronor? UsedComputed, Kronor? RepaidComputed,
    ReleaseView? Release, string? LapseReason)
{
    internal static InstalmentView Of(Instalment it, Dossier dossier, Kronor? used, Kronor? repaid, bool seesDrafts) => new(
        it.Key, it.Amount, it.Agreed, it.Status, it.Condition, it.RequisitionDueOn, it.Appropriation, dossier.Grant.Requisitioned(it.Key),
        seesDrafts ? dossier.Grant.InPreparation(it.Key) : null, dossier.Grant.Received(it.Key),
        dossier.Grant.IsRightToCharge ? Kronor.Zero : it.Awaited(dossier.Grant, dossier.Agreement.BarsRequisitions()), used, repaid,
        it.Released is { } released ? new(released.DecidedOn, released.Reference, released.RiksdagReference, released.RepayBy,
            released.Conditions) : null, it.LapseReason);
}

/// <param name="DecidedOn">The day of the decision.</param>
/// <param name="Reference">The decision's reference.</param>
/// <param name="RiksdagReference">The Riksdag's document that appropriated the money.</param>
/// <param name="RepayBy">Last day to pay back what is unspent of it.</param>
/// <param name="Conditions">Conditions of the decision.</param>
public sealed record ReleaseView(LocalDate DecidedOn, string Reference, string? RiksdagReference, LocalDate? RepayBy,
    IReadOnlyList<string>? Conditions);

/// <param name="Category">Cost category; unassigned where no account or adjustment tells.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="Amount">Cost in kronor.</param>
public sealed record CostView(string Category, int Year, Kronor Amount);

/// <summary>What is left to settle.</summary>
/// <param name="Basis">ledger, until the final accounts are submitted; then final-accounts.</param>
/// <param name="Received">Paid to the recipient.</param>
/// <param name="AcceptedCosts">Costs less what a recorded decision disallows.</param>
/// <param name="Unspent">Received less accepted costs.</param>
/// <param name="Payable">Unspent less repaid, rounded to whole kronor by lag (1970:1029).</param>
/// <param name="DueOn">When the next part is to be back.</param>
/// <param name="Interest">Interest on late repayment; indicative.</param>
/// <param name="Repaid">Paid back.</param>
/// <param name="Unconfirmed">Of what is paid back, what there is only the recipient's word for:
/// the payer confirms it, or a bank's file tells of it, before the agreement is closed.</param>
/// <param name="Remaining">The balance; the agreement closes only at exactly zero.</param>
/// <param name="Disallowed">What recorded decisions have disallowed; left out of the accepted costs.</param>
/// <param name="Parts">What is still to be paid back by which day, the soonest
/// first: what was unspent, and what each decision claims back.</param>
public sealed record SettlementView(
    string Basis, Kronor Received, Kronor AcceptedCosts, Kronor Unspent, Kronor Payable, LocalDate? DueOn, InterestView Interest,
    Kronor Repaid, Kronor Unconfirmed, Kronor Remaining, Kronor Disallowed,
    IReadOnlyList<RepaymentPart> Parts)
{
    internal static SettlementView Of(Viewpoint at)
    {
        var (grant, balances) = (at.Dossier.Grant, at.Dossier.Grant.Balances);
        return new(grant.FinalAccounts is not null ? "final-accounts" : grant.Told is null ? "ledger" : "statements", balances.Received,
            grant.Costs,
            Kronor.Greatest(Kronor.Zero, balances.Received - grant.Costs),
            grant.Payable, Settlement.DueOn(at.Dossier),
            new(grant.Terms?.Interest ?? InterestRule.None, Settlement.Interest(at.Dossier, at.Today), Indicative: true), balances.Repaid,
            Closures.ByWordAlone(at.Dossier).Where(p => p.Direction == PaymentDirection.Out).Sum(p => p.Amount), balances.Remaining,
            grant.Disallowed.Sum(d => d.Decision.Amount), Settlement.Outstanding(at.Dossier));
    }
}

/// <param name="Rule">none or rantelagen-6.</param>
/// <param name="Amount">Interest so far.</param>
/// <param name="Indicative">Always true: the figure is a help, not a claim.</param>
public sealed record InterestView(InterestRule Rule, Kronor Amount, bool Indicative);
