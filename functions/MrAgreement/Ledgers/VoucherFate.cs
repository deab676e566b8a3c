namespace MrAgreement.Ledgers;

/// <summary>What a voucher of a file is in the light of what is known.</summary>
public enum VoucherFate
{
    /// <summary>It does not carry the project, and never did.</summary>
    Foreign,

    New,

    /// <summary>Earlier files had it just so.</summary>
    Same,

    /// <summary>This file has had it just so.</summary>
    Repeated,

    /// <summary>Known otherwise.</summary>
    Changed,

    /// <summary>This file has had another one by that number.</summary>
    Twice
}

/// <summary>A voucher that the rows have by a series and number; several may have the same in different years.</summary>
/// <param name="Id">As the store counts them: the earlier, the lower.</param>
/// <param name="HasText">Whether its text is kept.</param>
/// <param name="IsMet">Whether the file at hand has had it, or brought it.</param>
public readonly record struct VoucherCandidate(
    long Id, VoucherYear Year, LocalDate Date, VoucherFingerprint Fingerprint, bool HasText, bool IsMet);

/// <summary>Whether two vouchers are one, and what has become of it.</summary>
public static class VoucherRules
{
    /// <param name="carries">Whether any of its rows carries the project.</param>
    /// <param name="known">The same voucher as it is known; null when it is not.</param>
    public static VoucherFate Of(bool carries, VoucherFingerprint fingerprint, VoucherCandidate? known) =>
        known is not { } before ? carries ? VoucherFate.New : VoucherFate.Foreign
        : before.Fingerprint == fingerprint ? before.IsMet ? VoucherFate.Repeated : VoucherFate.Same
        : before.IsMet ? VoucherFate.Twice : VoucherFate.Changed;

    /// <summary>Which of those by the same series and number a voucher is. Where one of the two years is assumed, the other
    /// tells whether the number is the same; of several it is the one of the same day, and else the earliest.</summary>
    public static VoucherCandidate? Choose(IReadOnlyList<VoucherCandidate> found, VoucherYear year, LocalDate day)
    {
        VoucherCandidate? chosen = null;
        // A loop: this is asked for every voucher of a file.
        for (var i = 0; i < found.Count; i++)
            if (IsOne(found[i], year, day) && (chosen is not { } other || Rank(found[i]).CompareTo(Rank(other)) < 0))
                chosen = found[i];
        return chosen;

        (bool, bool, long) Rank(VoucherCandidate it) => (it.Year.IsAssumed != year.IsAssumed, it.Date != day, it.Id);
    }

    static bool IsOne(VoucherCandidate it, VoucherYear year, LocalDate day) =>
        it.Year.IsAssumed == year.IsAssumed ? it.Year.From == year.From
        : it.Year.IsAssumed ? year.Holds(it.Date)
        : it.Year.Holds(day);
}
