using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Money;

namespace MrAgreement.Work;

/// <summary>What of a plan differs.</summary>
public enum PlanPart
{
    Plan,
    Goal,
    TargetGroup,
    FocusArea,
    Measure
}

/// <summary>Something that one version has and the other has not, by its key.</summary>
/// <param name="Reason">Why a measure was dropped; null for anything else.</param>
public sealed record PlanItem(PlanPart Part, string Key, string Title, string? Reason = null);

/// <summary>A field that says something else.</summary>
/// <param name="Key">Of what has the field; empty for the plan itself.</param>
/// <param name="Field">Its name, as in <c>focusArea</c>.</param>
/// <param name="From">As JSON; null where there was nothing.</param>
/// <param name="To">As JSON; null where there is nothing.</param>
public sealed record ChangedField(PlanPart Part, string Key, string Title, string Field, JsonNode? From, JsonNode? To);

/// <summary>Money of a focus area that is more or less than it was.</summary>
/// <param name="FocusArea">Its key.</param>
public sealed record MovedBudget(string FocusArea, string Title, Kronor From, Kronor To);

/// <summary>In what one version of a plan differs from another: added, removed, changed field by field, and moved money.</summary>
public sealed record PlanDifference(
    IReadOnlyList<PlanItem> Added, IReadOnlyList<PlanItem> Removed, IReadOnlyList<ChangedField> Changed, IReadOnlyList<MovedBudget> Moved)
{
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count + Moved.Count == 0;

    public static PlanDifference Between(PlanContent from, PlanContent to)
    {
        var (added, removed, changed) = (new List<PlanItem>(), new List<PlanItem>(), new List<ChangedField>());
        Compare(PlanPart.Plan, [("", "", new Whole(from.Period, from.Analysis))], [("", "", new Whole(to.Period, to.Analysis))]);
        Compare(PlanPart.Goal, Topics(from.Goals), Topics(to.Goals));
        Compare(PlanPart.TargetGroup, Topics(from.TargetGroups), Topics(to.TargetGroups));
        Compare(PlanPart.FocusArea, [.. from.FocusAreas.Select(area => (area.Key, area.Title, (object)area))],
            [.. to.FocusAreas.Select(area => (area.Key, area.Title, (object)area))]);
        Compare(PlanPart.Measure, [.. from.Measures.Select(measure => (measure.Key, measure.Title, (object)measure))],
            [.. to.Measures.Select(measure => (measure.Key, measure.Title, (object)measure))]);
        return new(added, removed, changed, [.. Money(from, to)]);

        void Compare(PlanPart part, IReadOnlyList<(string Key, string Title, object Of)> before,
            IReadOnlyList<(string Key, string Title, object Of)> after)
        {
            var (was, now) = (before.ToDictionary(it => it.Key), after.ToDictionary(it => it.Key));
            added.AddRange(after.Where(it => !was.ContainsKey(it.Key)).Select(it => new PlanItem(part, it.Key, it.Title)));
            removed.AddRange(before.Where(it => !now.ContainsKey(it.Key)).Select(it => new PlanItem(part, it.Key, it.Title,
                part == PlanPart.Measure ? to.Dropped.FirstOrDefault(dropped => dropped.Key == it.Key)?.Reason : null)));
            foreach (var it in after.Where(it => was.ContainsKey(it.Key)))
                changed.AddRange(Fields(part, it.Key, it.Title, was[it.Key].Of, it.Of));
        }
    }

    static IEnumerable<ChangedField> Fields(PlanPart part, string key, string title, object from, object to)
    {
        var (before, after) = (Read(from), Read(to));
        foreach (var field in before.Select(it => it.Key).Union(after.Select(it => it.Key)).ToList())
            if (!JsonNode.DeepEquals(before[field], after[field]))
                yield return new(part, key, title, field, before[field]?.DeepClone(), after[field]?.DeepClone());
    }

    // A list without anything in it says no more than none.
    static JsonObject Read(object it)
    {
        var read = JsonSerializer.SerializeToNode(it, it.GetType(), Json.Options)!.AsObject();
        foreach (var empty in read.Where(field => field.Value is JsonArray { Count: 0 }).Select(field => field.Key).ToList())
            read.Remove(empty);
        return read;
    }

    static IEnumerable<MovedBudget> Money(PlanContent from, PlanContent to)
    {
        var (before, after) = (ByArea(from), ByArea(to));
        foreach (var key in to.FocusAreas.Concat(from.FocusAreas).Select(area => area.Key).Distinct())
            if (before.GetValueOrDefault(key) is var was && after.GetValueOrDefault(key) is var now && was != now)
                yield return new(key, to.FocusAreas.Concat(from.FocusAreas).First(area => area.Key == key).Title, was, now);
    }

    static Dictionary<string, Kronor> ByArea(PlanContent plan) =>
        plan.Measures.GroupBy(measure => measure.FocusArea).ToDictionary(of => of.Key, of => of.Sum(measure => measure.BudgetInAll()));

    static IReadOnlyList<(string, string, object)> Topics(IReadOnlyList<PlanTopic> topics) =>
        [.. topics.Select(topic => (topic.Key, topic.Title, (object)topic))];

    sealed record Whole(Calendars.DateSpan? Period, string? Analysis);
}
