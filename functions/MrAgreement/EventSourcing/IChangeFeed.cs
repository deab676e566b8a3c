namespace MrAgreement.EventSourcing;

/// <summary>All logs of a store as one sequence: the order in which their rows were taken into it, the same for everybody who asks, on
/// whatever host, and whatever their clocks say (docs/decisions/0082).</summary>
public interface IChangeFeed
{
    /// <summary>At most so many moves from a place on (inclusive), in order. What was acknowledged before it was asked has its place by
    /// then, and no move comes before one that somebody has seen.</summary>
    Task<IReadOnlyList<Move>> From(long place, int limit, CancellationToken cancellation = default);

    /// <summary>The last move; null while there is none.</summary>
    Task<Move?> Last(CancellationToken cancellation = default);
}

/// <summary>That a log went on.</summary>
/// <param name="Place">In the feed, from 1.</param>
/// <param name="From">Sequence of the first row that came.</param>
/// <param name="To">Sequence of the last.</param>
/// <param name="Hash">Of the last row: another one by the same place is another feed.</param>
public sealed record Move(long Place, AgreementId Agreement, long From, long To, Sha256 Hash);

/// <summary>How far somebody has followed the feed.</summary>
/// <param name="Place">Of the last move of which they were given something; 0 for none.</param>
/// <param name="Hash">Of that move.</param>
/// <param name="To">The last row of it that they have passed; of an agreement that they came to see by it, one before its own rows while
/// they are given what was there.</param>
public sealed record ChangePlace(long Place, Sha256 Hash, long To)
{
    /// <summary>Before everything.</summary>
    public static readonly ChangePlace Start = new(0, default, 0);

    /// <summary>After a row of a move.</summary>
    public static ChangePlace In(Move move, long to) => new(move.Place, move.Hash, to);

    /// <summary>After all of a move.</summary>
    public static ChangePlace After(Move move) => In(move, move.To);
}
