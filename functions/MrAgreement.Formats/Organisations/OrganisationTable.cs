using System.Globalization;
using MrAgreement.Formats.Tables;
using MrAgreement.Organisations;
using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Formats.Organisations;

/// <summary>Reads a table of organisations, as <see cref="CsvRows"/> reads tables.</summary>
public static class OrganisationTable
{
    public const int MaxBytes = 4 * 1024 * 1024;
    const int MostRows = 10_000;

    static readonly string[] needed = ["id", "kinds", "name"];
    static readonly string[] headings = [.. needed, "from", "county", "organisation-number", "population"];

    /// <summary>What the columns are called.</summary>
    public static string Headings => string.Join(", ", headings);

    /// <summary>The 290 municipalities, 21 regions and 21 county boards that ship with the program; Gotland is one of two kinds, so that
    /// they are 331. Source: SOURCE.txt beside the file.</summary>
    public static IReadOnlyList<Organisation> Shipped { get; } = ReadShipped();

    /// <summary>The rows in order, and what can't be read of them; the rows are not to be used where anything can't.</summary>
    public static (IReadOnlyList<OrganisationRow> Rows, IReadOnlyList<Fault> Faults) Read(ReadOnlySpan<byte> file) =>
        CsvRows.Read(file, needed, headings, MostRows, Row);

    static OrganisationRow Row(CsvRow it) => new(it.Number, it.Needed("id"), it.SeveralWords<OrganisationKind>("kinds"), it.Needed("name"),
        it.Value("from", text => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : (LocalDate?)null,
            "invalid-date"),
        it.Cell("county"),
        it.Value("organisation-number", text => OrganisationNumber.TryRead(text, out var number) ? number : (OrganisationNumber?)null,
            "invalid-organisation-number"),
        it.Value("population",
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null,
            "invalid-number"));

    static IReadOnlyList<Organisation> ReadShipped()
    {
        using var stream = typeof(OrganisationTable).Assembly.GetManifestResourceStream("organisations.csv")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var (rows, _) = Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return OrganisationRow.Applied(OrganisationRegister.Empty, rows).Wanted;
    }
}
