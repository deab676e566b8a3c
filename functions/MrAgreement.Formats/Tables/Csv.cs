using System.Globalization;
using System.Text;
using MrAgreement.Money;
using NodaTime.Text;

namespace MrAgreement.Formats.Tables;

/// <summary>A sheet as CSV for Swedish spreadsheets: semicolons, decimal commas, UTF-8 with a byte order mark. Source: RFC 4180.</summary>
public static class Csv
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static byte[] Write(Sheet sheet)
    {
        var text = new StringBuilder();
        Line(sheet.Columns.Select(column => Guarded(column.Heading)));
        foreach (var row in sheet.Rows)
            Line(row.Select(Written));
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

        void Line(IEnumerable<string> fields) => text.AppendJoin(';', fields.Select(Quoted)).Append("\r\n");
    }

    static string Written(Cell cell) => cell.Value switch
    {
        null => "",
        Kronor amount => string.Create(CultureInfo.InvariantCulture,
            $"{(amount.IsNegative ? "-" : "")}{Math.Abs(amount.Öre) / 100},{Math.Abs(amount.Öre) % 100:00}"),
        LocalDate date => LocalDatePattern.Iso.Format(date),
        string text => Guarded(text),
        var number => string.Create(CultureInfo.InvariantCulture, $"{number}")
    };

    // Spreadsheets would take a text that begins so for a formula and carry it out.
    static string Guarded(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;

    static string Quoted(string field) =>
        field.AsSpan().ContainsAny(";\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
