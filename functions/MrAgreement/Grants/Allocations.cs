using MrAgreement.Money;
using MrAgreement.Parties;

namespace MrAgreement.Grants;

/// <summary>Shares an amount out by the key of the terms, or sets it aside for one party whole.</summary>
/// <param name="Amount">At most what is decided and not allocated yet; a negative one takes back.</param>
/// <param name="Year">Calendar year in which it is to be used.</param>
/// <param name="Reference">The decision that it rests on.</param>
/// <param name="Party">The one party that it is for; null for all that share, by the key.</param>
public sealed record MakeAllocation(Kronor Amount, int Year, string Reference, string? Category = null, Appropriation? Appropriation = null,
    string? Party = null) : GrantCommand(Act.MakeAllocation);

/// <param name="Parts">As they came out of the key that held then; a later key changes nothing in them.</param>
public sealed record AllocationMade(
    int Number, Kronor Amount, int Year, string Reference, IReadOnlyList<AllocationPart> Parts, string? Category = null,
    Appropriation? Appropriation = null, string? Party = null) : GrantEvent;

/// <summary>What one party gets of an allocation.</summary>
public sealed record AllocationPart(string Party, Kronor Amount);

/// <summary>An amount that is shared out (fördelning).</summary>
public sealed record Allocation(AllocationMade Made, PersonId By, long Touched)
{
    public int Number => Made.Number;

    internal static Grant Evolve(Grant it, AllocationMade happened, Recorded recorded) =>
        it with { Allocations = it.Allocations.Add(new(happened, recorded.By, recorded.Sequence)) };

    /// <summary>What has been allocated in the same words, by whomever.</summary>
    public static Allocation? Same(Grant it, MakeAllocation command) => it.Allocations.Find(a =>
        (a.Made.Amount, a.Made.Year, a.Made.Reference, a.Made.Category, a.Made.Appropriation, a.Made.Party)
        == (command.Amount, command.Year, command.Reference.Trim(), command.Category, command.Appropriation, command.Party));
}
