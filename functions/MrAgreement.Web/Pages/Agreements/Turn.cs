using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Obligations;
using NodaTime;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>Something that waits for one person: it is their turn.</summary>
/// <param name="Act">What is to be done, as in <c>submit</c> or <c>attest</c>: the text <c>turn.submit</c>.</param>
/// <param name="What">Title of the obligation, or number of the requisition and the like.</param>
/// <param name="Place">Where on the agreement's pages it is done, after the agreement's address.</param>
/// <param name="DueOn">The effective date; null when there is none.</param>
public sealed record Turn(string Act, object What, string Place, LocalDate? DueOn = null, bool IsOverdue = false)
{
    /// <summary>What waits for the person now, soonest first; what falls due later than the first reminder is not yet in it.</summary>
    public static IReadOnlyList<Turn> For(Dossier dossier, Actor actor, LocalDate today)
    {
        var horizon = today.PlusDays(dossier.Agreement.Plan.Before.DefaultIfEmpty(0).Max());
        return [.. Acts(dossier, actor, today).Concat(Shares(dossier, actor, today)).Concat(dossier.Agreement.InOrder.SelectMany(o => Obliged(dossier, o, actor, today)))
            .Where(turn => turn.DueOn is null || turn.DueOn <= horizon || turn.Act == "review")
            .OrderBy(turn => turn.DueOn ?? LocalDate.MaxIsoValue)];
    }

    static IEnumerable<Turn> Obliged(Dossier dossier, Obligation it, Actor actor, LocalDate today)
    {
        Turn Its(string act, string? place = null) => new(act, it.Title, place ?? $"/obligations/{it.Key}", it.EffectiveDueOn, it.IsOverdue(today));

        var acts = ObligationActs.For(dossier, it, actor);
        if (acts.Contains(ObligationAct.Submit))
            yield return Its(dossier.Agreement.StatusOf(it) == ObligationStatus.Returned ? "complete" : "submit");
        if (acts.Contains(ObligationAct.Accept))
            yield return Its("review");
        if (acts.Contains(ObligationAct.Confirm))
            yield return Its("confirm");
        if (it.Kind == ObligationKind.Joint && acts.Contains(ObligationAct.Complete))
            yield return Its("record");
        if (it is { Kind: ObligationKind.Requisition, IsSettled: false } && May(dossier, actor, Right.PrepareMoney)
            && dossier.Grant.Requisitions.All(r => r.Instalment != it.Instalment || r.Status == RequisitionStatus.Refused))
            yield return Its("requisition", "#grant");
    }

    static IEnumerable<Turn> Acts(Dossier it, Actor actor, LocalDate today)
    {
        if (it.Agreement.Status == AgreementStatus.Draft && May(it, actor, Right.SignAgreement))
            yield return new("sign", it.Agreement.Terms.DiaryNumber.ToString(), "#acts");
        if (!it.Agreement.IsRunning)
            yield break;
        foreach (var amendment in it.Agreement.Amendments.Where(a => a.Confirmed is null && a.Proposed.Party != actor.Party && May(it, actor, Right.ProposeAmendment)))
            yield return new("confirm-amendment", amendment.Number, "#amendments");
        foreach (var turn in it.Grant.Requisitions.Select(r => (Act: ActOn(it, r, actor), r.Number)).Where(turn => turn.Act is not null))
            yield return new(turn.Act!, turn.Number, "#requisitions");
        if (May(it, actor, Right.PrepareMoney) && it.Grant is { FinalAccounts: not null, Payable: { IsPositive: true } payable } && !it.Grant.Repayments.Exists(r => r.Status != RepaymentStatus.Done))
            yield return new("repay", payable, "/grant/settlement", Settlement.DueOn(it), Settlement.DueOn(it) < today);
        if (!May(it, actor, Right.Attest))
            yield break;
        foreach (var adjustment in it.Grant.Adjustments.Where(a => a.AttestedBy is null && a.PreparedBy != actor.Id))
            yield return new("attest-adjustment", adjustment.Number, "#adjustments");
        foreach (var statement in it.Grant.Statements.Where(s => s.AttestedBy is null && s.PreparedBy != actor.Id && !it.Grant.Statements.Exists(n => n.Replaces == s.Number)))
            yield return new("attest-statement", statement.Number, $"/grant/statements/{statement.Number}");
        foreach (var repayment in it.Grant.Repayments.Where(r => r.Status == RepaymentStatus.Prepared && r.PreparedBy != actor.Id))
            yield return new("attest-repayment", repayment.Number, "#repayments");
    }

    // A year is reported when it is over; what came back, at once.
    static IEnumerable<Turn> Shares(Dossier it, Actor actor, LocalDate today)
    {
        if (!it.Agreement.IsRunning)
            yield break;
        const string reports = "/grant/allocation-reports";
        var allocated = it.Grant.Allocations.SelectMany(a => a.Made.Parts.Where(part => part.Party == actor.Party).Select(part => (a.Made.Year, part.Amount)))
            .GroupBy(part => part.Year).Where(year => year.Sum(part => part.Amount).IsPositive).Select(year => year.Key);
        if (May(it, actor, Right.ReportSpend))
            foreach (var (year, last) in allocated.Select(year => (year, AllocationReport.Last(it.Grant, actor.Party, year))))
                if (last?.Status == AllocationReportStatus.Returned || (last is null && year < today.Year))
                    yield return new(last is null ? "report-spend" : "complete-report", year, reports);
        foreach (var report in it.Grant.AllocationReports)
            if (report.Status == AllocationReportStatus.Prepared && report.Party == actor.Party && report.PreparedBy != actor.Id && May(it, actor, Right.AttestReport)
                && AllocationReport.Last(it.Grant, report.Party, report.Year) == report)
                yield return new("attest-report", report.Number, $"{reports}/{report.Number}");
            else if (report.IsReviewedBy(actor.Id) && May(it, actor, Right.Compile))
                yield return new("review-report", report.Number, $"{reports}/{report.Number}");
    }

    static string? ActOn(Dossier dossier, Requisition it, Actor actor) => it.Status switch
    {
        RequisitionStatus.Prepared when it.PreparedBy != actor.Id && May(dossier, actor, Right.Attest) => "attest",
        RequisitionStatus.Attested when May(dossier, actor, Right.PrepareMoney) => "dispatch",
        RequisitionStatus.Dispatched when May(dossier, actor, Right.ReceiveRequisition) => "receive",
        RequisitionStatus.Received when May(dossier, actor, Right.ReceiveRequisition) => "pay",
        _ => null
    };

    static bool May(Dossier it, Actor actor, Right right) => Rights.May(actor, right, it.Agreement.Terms.Parties);
}
