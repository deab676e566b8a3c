using CsvHelper;

namespace MrAgreement.Testing;

/// <summary>What a CSV file of ours says, read by a program that knows nothing of how we write: CsvHelper.</summary>
public static class CsvText
{
    /// <summary>Each row's fields; the first row is the headings.</summary>
    public static IReadOnlyList<string[]> Rows(byte[] file)
    {
        using var reader = CsvReader.Create(file, new() { Separator = ';', HasHeader = false, FieldCountMismatch = CsvFieldCountHandling.Throw, MalformedData = CsvMalformedDataHandling.Throw });
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
