using MrAgreement.Obligations;
using MrAgreement.Web.Pages.Forms;

namespace MrAgreement.Web.Pages.Obligations;

/// <summary>The fields in which a consultation is recorded, named as the rules point to them.</summary>
static class ConsultationFields
{
    /// <summary>Rows for new dates. Decided dates are few; the rest is an amendment.</summary>
    public const int Dates = 2;

    // A record made anew has as many as the one before.
    const int MostDates = 50;

    const string Items = "consultation/items", Participants = "consultation/participants", Decisions = "consultation/decisions";

    public static string Item(int row, string field) => $"{Items}/{row}/{field}";

    public static string ParticipantsFrom(string party) => $"{Participants}/{party}";

    public static string Decision(int row, string field) => $"{Decisions}/{row}/{field}";

    public const string Plan = $"{Decisions}/plan", PlanOn = $"{Decisions}/plan/on", Other = $"{Decisions}/other";

    /// <summary>The record; null for what has no agenda.</summary>
    public static ConsultationRecord? Read(Filled filled) => filled.Form.ContainsKey(Item(0, "item"))
        ? new([.. Treated(filled)], [.. TookPart(filled)], [.. Decided(filled)])
        : null;

    static IEnumerable<TreatedItem> Treated(Filled filled)
    {
        for (var row = 0; filled.Form.ContainsKey(Item(row, "item")); row++)
            if (filled.Text(Item(row, "considered")) is var considered
                && (considered.Length > 0 || !filled.Ticked(Item(row, "whenNeeded"))))
                yield return new(filled.Text(Item(row, "item")), considered);
    }

    static IEnumerable<Participant> TookPart(Filled filled) =>
        from field in filled.Form.Keys
        where field.StartsWith($"{Participants}/", StringComparison.Ordinal)
        from name in Lines(filled, field)
        select new Participant(field[(Participants.Length + 1)..], name);

    // Dates first, so that a fault of decision 1 in the rules is at row 1 of the form.
    static IEnumerable<ConsultationDecision> Decided(Filled filled)
    {
        for (var row = 0; row < MostDates; row++)
        {
            var (text, obligation, on) = (filled.Text(Decision(row, "text")), filled.Optional(Decision(row, "obligation")),
                filled.OptionalDate(Decision(row, "on")));
            if (text.Length > 0 || obligation is not null || on is not null)
                yield return new(ConsultationDecisionKind.NewDate, text, obligation, on);
        }
        var (plan, planOn) = (filled.Text(Plan), filled.OptionalDate(PlanOn));
        if (plan.Length > 0 || planOn is not null)
            yield return new(ConsultationDecisionKind.RevisePlan, plan, On: planOn);
        foreach (var other in Lines(filled, Other))
            yield return new(ConsultationDecisionKind.Other, other);
    }

    static string[] Lines(Filled filled, string field) =>
        filled.Text(field).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
