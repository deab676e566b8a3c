using MrAgreement.Banking;
using MrAgreement.Money;

namespace MrAgreement.Formats.Banking;

public enum CamtKind
{
    /// <summary>camt.053: all entries of an account in a period, between two balances.</summary>
    Statement,

    /// <summary>camt.054: single entries, told at once.</summary>
    Advice
}

/// <summary>What a file says of itself.</summary>
/// <param name="Version">2–8, of 001.02–001.08.</param>
/// <param name="Created">A time without an offset is Stockholm's.</param>
public sealed record CamtMessage(CamtKind Kind, int Version, string Id, Instant Created);

/// <summary>One account's part of a file.</summary>
/// <param name="Currency">Null where the file gives none.</param>
/// <param name="Opening">Null in an advice, in a foreign currency, and
/// where the file gives none; so too <paramref name="Closing"/>.</param>
public sealed record CamtStatement(string Id, BankAccount Account, string? Currency, LocalDate? From, LocalDate? To, Kronor? Opening,
    Kronor? Closing);

/// <summary>Where an entry stands.</summary>
/// <param name="Part">Which of the file's statements or advices, from 1.</param>
readonly record struct CamtPlace(CamtKind Kind, int Part, BankAccount Account);

/// <summary>How much was read.</summary>
/// <param name="NotBooked">Entries that the bank has not booked: left out.</param>
/// <param name="Transactions">Handed over.</param>
public sealed record CamtCounts(int Entries, int NotBooked, int Transactions);

/// <summary>What is more than any bank's file has; beyond it the file is refused.</summary>
public sealed record CamtLimits
{
    public static readonly CamtLimits Default = new();

    /// <summary>In bytes.</summary>
    public long File { get; init; } = 200_000_000;

    public int Statements { get; init; } = 10_000;

    /// <summary>Transactions of one entry: they are held until they are known to make its amount.</summary>
    public int TransactionsOfEntry { get; init; } = 50_000;
}
