using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;
using MrAgreement.Reconciliations;

namespace MrAgreement.Overviews;

public static partial class WorkList
{
    // What of the money waits: requisitions to repayments, and what those who share a grant report.
    sealed partial class Waiting
    {
        public IEnumerable<WorkItem> Money()
        {
            var grant = it.Grant;
            foreach (var turn in grant.Requisitions.SelectMany(Requisition))
                yield return turn;
            foreach (var (what, of, undone) in Preparations.ToRedo(grant))
                foreach (var turn in Each(With(Right.PrepareMoney), Redo(what), $"{of}", $"{of}", undone.Reason))
                    yield return turn;
            foreach (var adjustment in grant.Adjustments)
                foreach (var turn in Numbered(Act.AttestAdjustment, WorkKind.AttestAdjustment, adjustment.Number, adjustment.Amount))
                    yield return turn;
            var replaced = grant.Statements.Where(s => s.Undone is null).Select(s => s.Replaces).ToHashSet();
            foreach (var statement in grant.Statements.Where(s => s is { AttestedBy: null, Undone: null } && !replaced.Contains(s.Number)))
                foreach (var turn in Variance.Of(it, statement).Any(v => v.Explanation is null)
                    ? Numbered(Hands(Act.PrepareStatement), WorkKind.ExplainStatement, statement.Number)
                    : Numbered(Act.AttestStatement, WorkKind.AttestStatement, statement.Number))
                    yield return turn;
            // What was disallowed since is in it still.
            foreach (var statement in Statement.InForce(grant)
                .Where(s => !replaced.Contains(s.Number) && grant.Disallowed.Any(d => d.Concerns(s))))
                foreach (var turn in Numbered(Hands(Act.PrepareStatement), WorkKind.RedoStatement, statement.Number))
                    yield return turn;
            foreach (var turn in grant.Repayments.SelectMany(Repayment))
                yield return turn;
            foreach (var turn in grant.Payments.Where(p => p.IsUnconfirmed).SelectMany(Unconfirmed))
                yield return turn;
            var isClosing = grant.FinalAccounts is not null || it.Agreement.Reopened is not null;
            var claimed = isClosing ? Kronor.Zero
                : Settlement.Outstanding(it).Where(part => part.Disallowance is not null).Sum(part => part.Amount);
            if (claimed.IsPositive && !grant.Repayments.Exists(r => r.IsOpen))
                foreach (var turn in Each(Hands(Act.PrepareRepayment), WorkKind.RepayClaimed, number, number, dueOn: Settlement.DueOn(it),
                    amount: claimed))
                    yield return turn;
            if (isClosing && !grant.Repayments.Exists(r => r.IsOpen))
                foreach (var turn in grant.Payable.IsPositive
                    ? Each(Hands(Act.PrepareRepayment), WorkKind.Repay, number, number, dueOn: Settlement.DueOn(it), amount: grant.Payable)
                    : grant.IsToRound && !grant.Adjustments.Exists(a => a is { Kind: AdjustmentKind.Rounding, IsWaiting: true })
                        ? Each(Hands(Act.PrepareAdjustment), WorkKind.Round, number, number, dueOn: Settlement.DueOn(it),
                        amount: grant.Balances.Remaining) : [])
                    yield return turn;
            if (LedgerChecks.ToldOnce(grant, _ => true) is { IsException: true } told && Waivers.Of(grant, told) is null)
                foreach (var turn in Each(With(Right.PrepareMoney), WorkKind.CostsToldOnce, number, number))
                    yield return turn;
            foreach (var import in grant.BankImports.Where(i => i.Waiting > 0))
                foreach (var turn in Each(With(Right.PrepareMoney), WorkKind.Match, $"{import.Read.File.Import}", import.Read.File.Name))
                    yield return turn;
        }

        // A year is reported when it is over; what came back, at once.
        public IEnumerable<WorkItem> Shares()
        {
            var grant = it.Grant;
            foreach (var allocated in grant.Allocations.SelectMany(a => a.Made.Parts.Select(part => (part.Party, a.Made.Year, part.Amount)))
                .GroupBy(part => (part.Party, part.Year)))
            {
                var ((party, year), last) = (allocated.Key, AllocationReport.Last(grant, allocated.Key.Party, allocated.Key.Year));
                if (allocated.Sum(part => part.Amount).IsPositive
                    && (last is null || last.Status is AllocationReportStatus.Returned or AllocationReportStatus.SentBack))
                    foreach (var turn in Each(Hands(Act.PrepareAllocationReport, year).Where(hand => hand.Party == party),
                        last is null ? WorkKind.ReportSpend : WorkKind.CompleteReport, $"{year}",
                        $"{year}", last?.Undone?.Reason ?? last?.DecisionText, last is null ? new(year + 1, 1, 1) : null))
                        yield return turn;
            }
            foreach (var report in grant.AllocationReports)
                foreach (var turn in report.Status switch
                {
                    AllocationReportStatus.Prepared => Numbered(Act.AttestAllocationReport, WorkKind.AttestReport, report.Number),
                    AllocationReportStatus.Attested => Numbered(Act.ReturnAllocationReport, WorkKind.ReviewReport, report.Number),
                    _ => []
                })
                    yield return turn;
        }

        IEnumerable<WorkItem> Requisition(Requisition r) => r.Status switch
        {
            RequisitionStatus.Prepared => Numbered(Act.AttestRequisition, WorkKind.Attest, r.Number, r.Amount),
            RequisitionStatus.Attested => Numbered(Act.DispatchRequisition, WorkKind.Dispatch, r.Number, r.Amount),
            RequisitionStatus.Dispatched => Numbered(Act.ReceiveRequisition, WorkKind.Receive, r.Number, r.Amount),
            RequisitionStatus.Received => Numbered(PayersRecord, WorkKind.Pay, r.Number, it.Grant.LeftToPay(r)),
            RequisitionStatus.Paid or RequisitionStatus.Refused or RequisitionStatus.Ended or RequisitionStatus.Withdrawn
                or RequisitionStatus.SentBack => []
        };

        static WorkKind Redo(PreparedKind what) => what switch
        {
            PreparedKind.Requisition => WorkKind.RedoRequisition,
            PreparedKind.Adjustment => WorkKind.RedoAdjustment,
            PreparedKind.Repayment => WorkKind.RedoRepayment,
            PreparedKind.Statement => WorkKind.RedoSentBackStatement,
            _ => throw new System.Diagnostics.UnreachableException($"{what} is owed otherwise.")
        };

        // Once attested it is the recipient's to pay, and the payer looks for it; what is no longer owed is not to be paid.
        IEnumerable<WorkItem> Repayment(Repayment r) => r.Status switch
        {
            RepaymentStatus.Prepared => Numbered(Act.AttestRepayment, WorkKind.AttestRepayment, r.Number, r.Amount),
            RepaymentStatus.Attested when r.Amount > it.Grant.Payable =>
                Numbered(Hands(Act.WithdrawRepayment, r.Number), WorkKind.WithdrawRepayment, r.Number, r.Amount, Settlement.DueOn(it)),
            RepaymentStatus.Attested =>
                Numbered(Hands(Act.WithdrawRepayment, r.Number), WorkKind.PayRepayment, r.Number, r.Amount, Settlement.DueOn(it))
                .Concat(Numbered(PayersRecord, WorkKind.ReceiveRepayment, r.Number, r.Amount, Settlement.DueOn(it))),
            RepaymentStatus.Done or RepaymentStatus.Withdrawn or RepaymentStatus.SentBack => []
        };

        IEnumerable<Hand> PayersRecord => Hands(Act.RecordPayment).Where(hand => it.Agreement.SideOf(hand.Party) == PartyRole.Payer);

        // What one side says was paid, the other looks for, whichever way it went; only the recipient has bank files to find it in.
        IEnumerable<WorkItem> Unconfirmed(Payment p) => p.Contested is { } contested
            ? Each(Hands(Act.RecordPayment).Where(hand => it.Agreement.SideOf(hand.Party) == p.Side), WorkKind.PaymentContested,
                $"{p.Number}", $"{p.Number}", contested.Reason, amount: p.Amount)
            : Hands(Act.ConfirmPayment, p.Number).SelectMany(hand => Numbered([hand],
            p is { Direction: PaymentDirection.In, Requisition: null } ? WorkKind.PlacePayment
            : hand.Role == Role.Payer ? WorkKind.AcknowledgePayment : WorkKind.ConfirmPayment, p.Number, p.Amount));
    }
}
