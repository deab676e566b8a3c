using MrAgreement.Calendars;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on how the grant is shared out.</summary>
static class AllocationDecisions
{
    internal static Decision Decide(Dossier dossier, MakeAllocation command, Occasion on)
    {
        var it = dossier.Grant;
        var faults = new List<Fault>();
        if (command.Amount.IsZero)
            faults.Add(new("/amount", "amount-zero"));
        if (!DateRange.Holds(command.Year))
            faults.Add(new("/year", "year-range", ("from", DateRange.FirstYear), ("to", DateRange.LastYear)));
        if (command.Reference.Trim().Length is 0 or > 200)
            faults.Add(new("/reference", "text-length", ("max", 200)));
        if (command.Category is { } category && !it.KnowsCategory(category))
            faults.Add(new("/category", "category-unknown", ("category", category)));
        if (command.Appropriation is { } appropriation)
            faults.AddRange(GrantCheck.Faults(appropriation, "/appropriation"));
        if (command.Party is { } named && dossier.Agreement.Party(named) is not { CanShare: true })
            faults.Add(new("/party", "share-party", ("key", named)));
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        if (command.Party is null && it.Terms?.Shares is not { Count: > 0 })
            return new Refused("no-shares");
        if (Allocation.Same(it, command) is { } same)
            return same.By == on.By.Id ? new Nothing()
                : new Refused("already-allocated", ("number", same.Number), ("reference", same.Made.Reference));

        var left = it.Balances.Decided - it.Allocations.Sum(a => a.Made.Amount);
        if (command.Amount.IsPositive && command.Amount > left)
            return new Refused("allocation-exceeds-decided", ("amount", command.Amount), ("left", left));
        var parts = Parts(it, command);
        if (parts.FirstOrDefault(part => (it.Allocated(part.Party, command) + part.Amount).IsNegative) is { } taken)
            return new Refused("allocation-below-zero", ("key", taken.Party), ("left", it.Allocated(taken.Party, command)));
        var made = new AllocationMade(it.Allocations.Count + 1, command.Amount, command.Year, command.Reference.Trim(), parts,
            command.Category, command.Appropriation, command.Party);
        return command.Amount.IsNegative && Reported(it, made, on) is { } reported
            ? new Refused("allocation-below-reported", ("key", reported.Party), ("number", reported.Number), ("spent", reported.Spent))
            : made;
    }

    static IReadOnlyList<AllocationPart> Parts(Grant it, MakeAllocation command)
    {
        if (command.Party is { } only)
            return [new(only, command.Amount)];
        var key = it.Terms!.Shares!;
        return [.. key.Zip(Sharing.By(command.Amount, [.. key.Select(share => share.Weight)]),
            (share, amount) => new AllocationPart(share.Party, amount))];
    }

    // What is accepted as spent can't be taken back.
    static AllocationReport? Reported(Grant it, AllocationMade taken, Occasion on)
    {
        var after = it with { Allocations = it.Allocations.Add(new(taken, on.By.Id, 0)) };
        return it.AllocationReports.Find(report => report.Year == taken.Year
            && (report.Status == AllocationReportStatus.Accepted || report.IsCost)
            && ReportLimits.Against(it, report) is null && ReportLimits.Against(after, report) is not null);
    }
}
