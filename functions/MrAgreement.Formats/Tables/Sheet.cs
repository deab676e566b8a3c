using MrAgreement.Money;

namespace MrAgreement.Formats.Tables;

/// <summary>A table of figures and texts, before it has a format.</summary>
/// <param name="Name">What a workbook calls it.</param>
/// <param name="Rows">Each with a cell for every column.</param>
public sealed record Sheet(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows);

/// <param name="Width">In characters.</param>
public sealed record Column(string Heading, ColumnKind Kind, int Width = 16);

public enum ColumnKind
{
    Text,

    /// <summary>Kronor, exact to the öre.</summary>
    Amount,

    Date,

    /// <summary>Whole numbers.</summary>
    Number
}

/// <summary>What stands in a row under a column; nothing when it is empty.</summary>
public readonly record struct Cell
{
    Cell(object? value) => Value = value;

    /// <summary>A string, an amount in kronor, a date or a whole number; null when it is empty.</summary>
    public object? Value { get; }

    public static implicit operator Cell(string? text) => new(text);
    public static implicit operator Cell(Kronor amount) => new(amount);
    public static implicit operator Cell(Kronor? amount) => new(amount);
    public static implicit operator Cell(LocalDate date) => new(date);
    public static implicit operator Cell(long number) => new(number);
}
