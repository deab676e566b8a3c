using CsvHelper;

namespace MrAgreement.Tests.Calendars;

/// <summary>The rows of a CSV file beside this one, without its header.</summary>
static class CalendarFile
{
    public static IReadOnlyList<string[]> Rows(string file)
    {
        using var stream = typeof(CalendarFile).Assembly.GetManifestResourceStream(typeof(CalendarFile), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = CsvReader.Create(stream, new() { FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw });
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
