using System.Globalization;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Allocations;

/// <summary>An appropriation as one field of a form: <c>1/6:1/14</c>, expenditure area, appropriation and item.</summary>
static class AppropriationChoice
{
    public static string Value(Appropriation? it) => it is null ? "" : $"{it.Area}/{it.Item}/{it.Post}";

    /// <summary>Those that the grant's money comes from.</summary>
    public static IEnumerable<Appropriation> Known(Grant it) =>
        it.Instalments.Select(i => i.Appropriation).Concat(it.Allocations.Select(a => a.Made.Appropriation)).OfType<Appropriation>()
            .Distinct();

    /// <summary>What was written; null for nothing.</summary>
    public static Appropriation? Read(Filled filled, string field)
    {
        if (filled.Optional(field) is not { } text)
            return null;
        if (Parse(text) is { } written)
            return written;
        filled.Note(new Fault($"/{field}", "appropriation-unreadable"));
        return null;
    }

    // The item may be left out; whether there is such an appropriation is for the rules.
    public static Appropriation? Parse(string text) =>
        text.Split(['/', ',', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var area, var item] when Number(area) is { } number => new(number, item, null),
        [var area, var item, var post] when Number(area) is { } number && Number(post) is { } found => new(number, item, found),
        _ => null
    };

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
