using System.Text;
using CsvHelper;

namespace MrAgreement.Formats.Tables;

/// <summary>Reads a table: CSV with headings, semicolons or commas, UTF-8 or as Swedish spreadsheets write it (Windows-1252). Source: RFC
/// 4180.</summary>
static class CsvRows
{
    /// <summary>The rows in order, and what can't be read of them; the rows are not to be used where anything can't.</summary>
    /// <param name="needed">Headings that must be there.</param>
    /// <param name="headings">Those and the others that may be.</param>
    /// <param name="most">How many rows may be in a file.</param>
    public static (IReadOnlyList<T> Rows, IReadOnlyList<Fault> Faults) Read<T>(ReadOnlySpan<byte> file, IReadOnlyList<string> needed,
        IReadOnlyList<string> headings, int most, Func<CsvRow, T> read)
    {
        var (rows, faults) = (new List<T>(), new FileFaults());
        using var csv = CsvReader.FromText(Text(file), new()
        {
            TrimWhitespace = true, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = it => faults.Add((int)it.LineNumber, "malformed-row")
        });
        csv.ReadHeader();
        var found = csv.Headers.ToArray();
        foreach (var heading in found.Where((it, i) => !headings.Contains(it) || Array.IndexOf(found, it) != i))
            faults.Add(1, "unknown-column", ("column", heading), ("columns", string.Join(", ", headings)));
        foreach (var heading in needed.Except(found))
            faults.Add(1, "missing-column", ("column", heading));
        // Without its columns no row says anything.
        while (needed.All(found.Contains) && csv.Read())
        {
            if (rows.Count == most)
                return ([], [Fault.OnLine((int)csv.LineNumber, "too-many", ("max", most))]);
            rows.Add(read(new(csv, faults)));
        }
        return (rows, faults);
    }

    static string Text(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.UTF8.Preamble))
            file = file[Encoding.UTF8.Preamble.Length..];
        return System.Text.Unicode.Utf8.IsValid(file) ? Encoding.UTF8.GetString(file) : Encoding.Latin1.GetString(file);
    }
}

/// <summary>A row as it is read; what can't be read of it is noted.</summary>
sealed class CsvRow(CsvReader csv, FileFaults faults)
{
    /// <summary>From 1, the headings counted.</summary>
    public int Number { get; } = (int)csv.LineNumber;

    /// <summary>What stands in a column; null when nothing does.</summary>
    public string? Cell(string column) =>
        csv.TryGetFieldIndex(column, out var index) && csv.GetString(index) is { Length: > 0 } text ? text : null;

    public string Needed(string column)
    {
        if (Cell(column) is { } text)
            return text;
        Note(column, "required", ("field", column));
        return "-";
    }

    public T? Value<T>(string column, Func<string, T?> read, string rule, params IReadOnlyList<(string Place, object Value)> values)
        where T : struct
    {
        if (Cell(column) is not { } text)
            return null;
        if (read(text) is not { } value)
        {
            Note(column, rule, values);
            return null;
        }
        return value;
    }

    /// <summary>One word of a few; null when nothing is written.</summary>
    public T? Word<T>(string column) where T : struct, Enum =>
        Value(column, Words<T>.Read, "unknown-word", ("words", Words<T>.All));

    /// <summary>One word or more of a few, with blanks or commas between.</summary>
    public IReadOnlyList<T> SeveralWords<T>(string column) where T : struct, Enum
    {
        var known = (Cell(column)?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? []).Select(Words<T>.Read).ToList();
        if (known.Contains(null) || known.Count == 0)
            Note(column, "unknown-kind", ("kinds", Words<T>.All));
        return [.. known.OfType<T>()];
    }

    void Note(string column, string rule, params IReadOnlyList<(string Place, object Value)> values) =>
        faults.Add(Fault.InCell(Number, column, rule, values));

    static class Words<T> where T : struct, Enum
    {
        static readonly Dictionary<string, T?> known = Enum.GetValues<T>().ToDictionary(it => Json.NameOf(it), it => (T?)it);

        public static string All { get; } = string.Join(", ", known.Keys);

        public static T? Read(string word) => known.GetValueOrDefault(word);
    }
}
