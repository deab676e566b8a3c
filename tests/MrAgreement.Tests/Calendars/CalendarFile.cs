using NodaTime;
using NodaTime.Text;

namespace MrAgreement.Tests.Calendars;

/// <summary>The rows of a CSV file beside this one, without its header.</summary>
static class CalendarFile
{
    public static IReadOnlyList<string[]> Rows(string file)
    {
        using var stream = typeof(CalendarFile).Assembly.GetManifestResourceStream(typeof(CalendarFile), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(row => row.Split(','))];
    }

    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;
}
