using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Grants;

/// <summary>
/// What a party that shares a grant sees of it: what is decided, requisitioned and
/// paid to the recipient, its own parts and its own reports. Every sum is made of
/// these, so that no other party's figure follows from one, nor from two of different days.
/// </summary>
static class OwnShare
{
    public static Grant Of(Grant it, string party) => it with
    {
        SetOffs = [],
        Payments = [.. it.Payments.Where(p => p.Direction == PaymentDirection.In)],
        Adjustments = [],
        Repayments = [],
        Disallowances = [],
        BankImports = [],
        WithdrawnFiles = [],
        Ledger = Ledger.None,
        WaivedExceptions = [],
        FinalAccounts = null,
        Allocations = [.. it.Allocations.Select(a => Own(a, [.. a.Made.Parts.Where(part => part.Party == party)]))],
        AllocationReports = [.. it.AllocationReports.Select(r => r.Party == party ? r : Unseen(r))]
    };

    static Allocation Own(Allocation it, IReadOnlyList<AllocationPart> parts) =>
        it with { Made = it.Made with { Amount = parts.Sum(part => part.Amount), Parts = parts } };

    // Kept in its place, since reports are numbered in order.
    static AllocationReport Unseen(AllocationReport it) => it with
    {
        Prepared = it.Prepared with { Lines = [], Comment = null }, Status = AllocationReportStatus.Prepared, AttestedBy = null,
        AttestedOn = null, DecidedBy = null, DecisionText = null, IsCost = false
    };
}
