using MrAgreement.Ledgers;

namespace MrAgreement.Formats.Ledgers;

/// <summary>The objects that one list between braces names: pairs of a dimension and a code, in any order.</summary>
/// <param name="IsWellFormed">Whole pairs, and no dimension twice: a row can't be charged to two projects.</param>
sealed record SieObjects(IReadOnlyList<LedgerObject> List, bool IsWellFormed)
{
    public static readonly SieObjects None = new([], IsWellFormed: true);

    static readonly SieObjects malformed = new([], IsWellFormed: false);

    public static SieObjects Read(ReadOnlySpan<byte> inside, Recurring<string>.Maker code)
    {
        var fields = new SieFields(inside);
        if (fields.IsAtEnd)
            return None;
        var list = new List<LedgerObject>();
        while (!fields.IsAtEnd)
        {
            if (!SieValues.TryDigits(fields.Next(), out var dimension) || dimension == 0 || fields.IsAtEnd)
                return malformed;
            var it = new LedgerObject(dimension, code(fields.Next()));
            if (list.Any(other => other.Dimension == dimension))
                return malformed;
            // An empty code says that the row belongs to none.
            if (it.Code.Length > 0)
                list.Add(it);
        }
        return fields.IsUnclosed || fields.IsAbutting ? malformed : new([.. list], IsWellFormed: true);
    }
}
