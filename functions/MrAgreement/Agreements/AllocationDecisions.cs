using MrAgreement.Calendars;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Decisions on how the grant is shared out.</summary>
static class AllocationDecisions
{
    /// <summary>What stands against sharing out, or taking back, anything as things are; null for nothing.</summary>
    internal static Refused? Against(Dossier dossier, Occasion on)
    {
        var it = dossier.Grant;
        return it.Terms?.Shares is not { Count: > 0 } && !dossier.Agreement.Terms.Parties.Any(party => party.CanShare)
            ? new("no-shares")
            : Beyond(it, Kronor.Smallest) is { } spent && it.Allocations.TrueForAll(a => Taken(it, LeastBack(it, a.Made), on) is not null)
            ? spent
            : null;
    }

    static AllocationMade LeastBack(Grant it, AllocationMade given) => Made(it, new(-Kronor.Smallest, given.Year, given.Reference,
        given.Category, given.Appropriation, given.Party));

    static Refused? Beyond(Grant it, Kronor amount)
    {
        var left = it.Balances.Decided - it.Allocations.Sum(a => a.Made.Amount);
        return amount.IsPositive && amount > left ? new("allocation-exceeds-decided", ("amount", amount), ("left", left)) : null;
    }

    internal static Decision Decide(Dossier dossier, MakeAllocation command, Occasion on)
    {
        if (Against(dossier, on) is { } refused)
            return refused;
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
            return new Refused("no-shares", RefusalKind.NotSo);
        if (Allocation.Same(it, command) is { } same)
            return same.By == on.By.Id ? new Nothing()
                : new Refused("already-allocated", RefusalKind.NotSo, ("number", same.Number), ("reference", same.Made.Reference));

        if (Beyond(it, command.Amount) is { } beyond)
            return beyond.NotSo();
        var made = Made(it, command);
        return Taken(it, made, on)?.NotSo() ?? (Decision)made;
    }

    static AllocationMade Made(Grant it, MakeAllocation command) => new(it.Allocations.Count + 1, command.Amount, command.Year,
        command.Reference.Trim(), Parts(it, command), command.Category, command.Appropriation, command.Party);

    // Nobody is left with less than nothing, or with less than what is accepted as spent.
    static Refused? Taken(Grant it, AllocationMade made, Occasion on)
    {
        var like = new MakeAllocation(made.Amount, made.Year, made.Reference, made.Category, made.Appropriation, made.Party);
        if (made.Parts.FirstOrDefault(part => (it.Allocated(part.Party, like) + part.Amount).IsNegative) is { } taken)
            return new("allocation-below-zero", ("key", taken.Party), ("left", it.Allocated(taken.Party, like)));
        return made.Amount.IsNegative && Reported(it, made, on) is { } reported
            ? new("allocation-below-reported", ("key", reported.Party), ("number", reported.Number), ("spent", reported.Spent))
            : null;
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
