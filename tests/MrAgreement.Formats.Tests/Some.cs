using MrAgreement.Formats.Tables;

namespace MrAgreement.Formats.Tests;

/// <summary>Fixed values.</summary>
static class Some
{
    public static Sheet Sheet(params IReadOnlyList<Cell>[] rows) => new(
        "Översikt", [new("Post", ColumnKind.Text, 34), new("Belopp", ColumnKind.Amount), new("Dag", ColumnKind.Date), new("År", ColumnKind.Number)], rows);
}
