using System.Text.Json;
using MrAgreement.Web.Texts;
using MrAgreement.Work;

namespace MrAgreement.Web.Pages.Work;

/// <summary>What the fields of a plan are called.</summary>
static class PlanWords
{
    /// <summary>The field that a fault is in, as its form calls it; null for the plan, or a measure, as a whole. A row of a list of the
    /// plan's own is told by its number and what stands in it.</summary>
    /// <param name="pointer">As the rules have it: <c>/measures/0/period/to</c>.</param>
    public static string? Field(Language language, PlanContent plan, string pointer)
    {
        var parts = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var inMeasure = parts is ["measures", _, ..];
        var name = string.Join('-', parts.Skip(inMeasure ? 2 : 0).Where(part => !part.All(char.IsAsciiDigit))
            .Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
        var label = name.Length == 0 ? null : language.Find($"plan-field.{name}");
        return label is null || inMeasure || parts is not [_, var row, ..] || !int.TryParse(row, out var i) ? label
            : Title(plan, parts[0], i) is { Length: > 0 } title ? $"{label} {i + 1} ({title})" : $"{label} {i + 1}";
    }

    static string? Title(PlanContent plan, string list, int row) => list switch
    {
        "goals" => plan.Goals.ElementAtOrDefault(row)?.Title,
        "targetGroups" => plan.TargetGroups.ElementAtOrDefault(row)?.Title,
        "focusAreas" => plan.FocusAreas.ElementAtOrDefault(row)?.Title,
        _ => null
    };
}
