using System.Globalization;
using MrAgreement.Agreements;
using MrAgreement.EventSourcing;
using MrAgreement.Grants;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Allocations;

/// <summary>An appropriation as one choice of a form: <c>1/6:1/14</c>.</summary>
static class AppropriationChoice
{
    public static string Value(Appropriation? it) => it is null ? "" : $"{it.Area}/{it.Item}/{it.Post}";

    /// <summary>Those that the grant's money comes from.</summary>
    public static IEnumerable<Appropriation> Known(Grant it) =>
        it.Instalments.Select(i => i.Appropriation).Concat(it.Allocations.Select(a => a.Made.Appropriation)).OfType<Appropriation>().Distinct();

    /// <summary>What was chosen; null for none.</summary>
    public static Appropriation? Read(Filled filled, string field)
    {
        if (filled.Optional(field) is not { } text)
            return null;
        if (Parse(text) is { } chosen)
            return chosen;
        filled.Note(new Fault($"/{field}", "choice-unknown"));
        return null;
    }

    public static Appropriation? Parse(string text) =>
        text.Split('/') is [var area, var item, var post] && int.TryParse(area, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, item, int.TryParse(post, NumberStyles.None, CultureInfo.InvariantCulture, out var found) ? found : null)
            : null;
}
