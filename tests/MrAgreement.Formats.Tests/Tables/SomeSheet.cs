using MrAgreement.Formats.Tables;

namespace MrAgreement.Formats.Tests.Tables;

/// <summary>Fixed values.</summary>
static class SomeSheet
{
    public static Sheet Of(params IReadOnlyList<Cell>[] rows) => new(
        "Översikt", [new("Post", ColumnKind.Text, 34), new("Belopp", ColumnKind.Amount), new("Dag", ColumnKind.Date), new("År", ColumnKind.Number)], rows);
}
