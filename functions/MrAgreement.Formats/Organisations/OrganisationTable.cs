using System.Globalization;
using System.Text;
using CsvHelper;
using MrAgreement.Organisations;
using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Formats.Organisations;

/// <summary>Reads a table of organisations: CSV with headings, semicolons or commas, UTF-8 or as Swedish spreadsheets write it
/// (Windows-1252). Source: RFC 4180.</summary>
public static class OrganisationTable
{
    public const int MaxBytes = 4 * 1024 * 1024;
    const int MostRows = 10_000;

    static readonly string[] needed = ["id", "kinds", "name"];
    static readonly string[] headings = [.. needed, "from", "county", "organisation-number", "population"];

    static readonly Dictionary<string, OrganisationKind?> all =
        Enum.GetValues<OrganisationKind>().ToDictionary(it => Json.NameOf(it), it => (OrganisationKind?)it);

    /// <summary>What the columns are called.</summary>
    public static string Headings => string.Join(", ", headings);

    /// <summary>The 290 municipalities, 21 regions and 21 county boards that ship with the program; Gotland is one of two kinds, so that
    /// they are 331. Source: SOURCE.txt beside the file.</summary>
    public static IReadOnlyList<Organisation> Shipped { get; } = ReadShipped();

    /// <summary>The rows in order, and what can't be read of them; the rows are not to be used where anything can't.</summary>
    public static (IReadOnlyList<OrganisationRow> Rows, IReadOnlyList<Fault> Faults) Read(ReadOnlySpan<byte> file)
    {
        var (rows, faults) = (new List<OrganisationRow>(), new FileFaults());
        using var csv = CsvReader.FromText(Text(file), new()
        {
            TrimWhitespace = true, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = it => faults.Add((int)it.LineNumber, "malformed-row")
        });
        csv.ReadHeader();
        var found = csv.Headers.ToArray();
        foreach (var heading in found.Where((it, i) => !headings.Contains(it) || Array.IndexOf(found, it) != i))
            faults.Add(1, "unknown-column", ("column", heading), ("columns", Headings));
        foreach (var heading in needed.Except(found))
            faults.Add(1, "missing-column", ("column", heading));
        // Without its columns no row says anything.
        while (needed.All(found.Contains) && csv.Read())
        {
            if (rows.Count == MostRows)
                return ([], [Fault.OnLine((int)csv.LineNumber, "too-many", ("max", MostRows))]);
            rows.Add(Row(csv, faults));
        }
        return (rows, faults);
    }

    static OrganisationRow Row(CsvReader csv, FileFaults faults)
    {
        var row = (int)csv.LineNumber;
        var kinds = Cell("kinds")?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [];
        var known = kinds.Select(it => all.GetValueOrDefault(it)).ToList();
        if (known.Contains(null) || known.Count == 0)
            faults.Add(Fault.InCell(row, "kinds", "unknown-kind", ("kinds", string.Join(", ", all.Keys))));
        return new(row, Needed("id"), [.. known.OfType<OrganisationKind>()], Needed("name"),
            Value("from", text => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : (LocalDate?)null,
                "invalid-date"),
            Cell("county"),
            Value("organisation-number", text => OrganisationNumber.TryRead(text, out var number) ? number : (OrganisationNumber?)null,
                "invalid-organisation-number"),
            Value("population",
                text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null,
                "invalid-number"));

        string? Cell(string column) =>
            csv.TryGetFieldIndex(column, out var index) && csv.GetString(index) is { Length: > 0 } text ? text : null;

        string Needed(string column)
        {
            if (Cell(column) is { } text)
                return text;
            faults.Add(Fault.InCell(row, column, "required", ("field", column)));
            return "-";
        }

        T? Value<T>(string column, Func<string, T?> read, string rule) where T : struct
        {
            if (Cell(column) is not { } text)
                return null;
            if (read(text) is not { } value)
            {
                faults.Add(Fault.InCell(row, column, rule));
                return null;
            }
            return value;
        }
    }

    static string Text(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble))
            file = file[Encoding.UTF8.Preamble.Length..];
        return System.Text.Unicode.Utf8.IsValid(file) ? Encoding.UTF8.GetString(file) : Encoding.Latin1.GetString(file);
    }

    static IReadOnlyList<Organisation> ReadShipped()
    {
        using var stream = typeof(OrganisationTable).Assembly.GetManifestResourceStream("organisations.csv")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var (rows, _) = Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return OrganisationRow.Applied(OrganisationRegister.Empty, rows).Wanted;
    }
}
