using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Shares an amount out by the key of the terms, or sets it aside for one party whole.</summary>
/// <param name="Amount">At most what is decided and not allocated yet; a negative one takes back.</param>
/// <param name="Year">Calendar year in which it is to be used.</param>
/// <param name="Reference">The decision that it rests on.</param>
/// <param name="Party">The one party that it is for; null for all that share, by the key.</param>
public sealed record MakeAllocation(Kronor Amount, int Year, string Reference, string? Category = null, Appropriation? Appropriation = null, string? Party = null) : GrantCommand;

/// <param name="Parts">As they came out of the key that held then; a later key changes nothing in them.</param>
public sealed record AllocationMade(
    int Number, Kronor Amount, int Year, string Reference, IReadOnlyList<AllocationPart> Parts, string? Category = null, Appropriation? Appropriation = null, string? Party = null) : GrantEvent;

/// <summary>What one party gets of an allocation.</summary>
public sealed record AllocationPart(string Party, Kronor Amount);

/// <summary>An amount that is shared out (fördelning).</summary>
public sealed record Allocation(AllocationMade Made, PersonId By, long Touched)
{
    public int Number => Made.Number;

    internal static Grant Evolve(Grant it, AllocationMade happened, Recorded recorded) => it with { Allocations = it.Allocations.Add(new(happened, recorded.By, recorded.Sequence)) };

    /// <summary>What has been allocated in the same words, by whomever.</summary>
    public static Allocation? Same(Grant it, MakeAllocation command) => it.Allocations.Find(a =>
        (a.Made.Amount, a.Made.Year, a.Made.Reference, a.Made.Category, a.Made.Appropriation, a.Made.Party)
        == (command.Amount, command.Year, command.Reference.Trim(), command.Category, command.Appropriation, command.Party));

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
        if (Same(it, command) is { } same)
            return same.By == on.By.Id ? new Nothing() : new Refused("already-allocated", ("number", same.Number), ("reference", same.Made.Reference));

        var left = it.Balances.Decided - it.Allocations.Sum(a => a.Made.Amount);
        if (command.Amount.IsPositive && command.Amount > left)
            return new Refused("allocation-exceeds-decided", ("amount", command.Amount), ("left", left));
        var parts = Parts(it, command);
        if (parts.FirstOrDefault(part => (it.Allocated(part.Party, command) + part.Amount).IsNegative) is { } taken)
            return new Refused("allocation-below-zero", ("key", taken.Party), ("left", it.Allocated(taken.Party, command)));
        var made = new AllocationMade(it.Allocations.Count + 1, command.Amount, command.Year, command.Reference.Trim(), parts, command.Category, command.Appropriation, command.Party);
        return command.Amount.IsNegative && Reported(it, made, on) is { } reported
            ? new Refused("allocation-below-reported", ("key", reported.Party), ("number", reported.Number), ("spent", reported.Spent))
            : made;
    }

    // What is accepted as spent can't be taken back.
    static AllocationReport? Reported(Grant it, AllocationMade taken, Occasion on)
    {
        var after = it with { Allocations = it.Allocations.Add(new(taken, on.By.Id, 0)) };
        return it.AllocationReports.Find(report => report.Year == taken.Year && (report.Status == AllocationReportStatus.Accepted || report.IsCost)
            && ReportLimits.Against(it, report) is null && ReportLimits.Against(after, report) is not null);
    }

    static IReadOnlyList<AllocationPart> Parts(Grant it, MakeAllocation command)
    {
        if (command.Party is { } only)
            return [new(only, command.Amount)];
        var key = it.Terms!.Shares!;
        return [.. key.Zip(Sharing.By(command.Amount, [.. key.Select(share => share.Weight)]), (share, amount) => new AllocationPart(share.Party, amount))];
    }
}
