using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MrAgreement.Agreements;

namespace MrAgreement.Drafts;

/// <summary>What terms may say, but seldom mean: asked about before an agreement is made of them.</summary>
public static partial class DraftDoubts
{
    /// <summary>Dates before the agreement begins or that have passed, as those of a former agreement have, and money of a total that no
    /// instalment has.</summary>
    public static IEnumerable<Fault> Of(Terms terms, LocalDate today)
    {
        var from = terms.Period.From;
        Fault? Early(string at, LocalDate day) => day < from ? new(at, "before-agreement", ("date", day), ("from", from))
            : day < today ? new(at, "date-passed", ("date", day)) : null;
        if (terms.Period.To < today)
            yield return new("/period/to", "date-passed", ("date", terms.Period.To));
        for (var i = 0; i < terms.Obligations.Count; i++)
            if (terms.Obligations[i].Due is var due && (due.On ?? due.Month?.ToDateInterval().End) is { } day)
            {
                if (Early($"/obligations/{i}/due/{(due.On is null ? "month" : "on")}", day) is { } early)
                    yield return early;
            }
            else if (due.EveryYear is { } every
                && Early($"/obligations/{i}/due/everyYear/from", new YearMonth(every.From, every.Month).ToDateInterval().End) is { } early)
                yield return early;
        if (terms.Grant is not { } grant)
            yield break;
        for (var i = 0; i < grant.Instalments.Count; i++)
            if (grant.Instalments[i].RequisitionDueOn is { } day
                && Early($"/grant/instalments/{i}/requisitionDueOn", day) is { } early)
                yield return early;
        var sum = grant.Instalments.Aggregate(default(Money.Kronor), (all, instalment) => all + instalment.Amount);
        if (grant.Total > sum)
            yield return new("/grant/total", "instalments-below-total", ("amount", grant.Total - sum));
    }

    /// <summary>The rule of a comment that nobody has answered, which is about its section as a whole.</summary>
    public const string Unanswered = "comment-unanswered";

    /// <summary>What other parties have said of the draft and nobody has answered.</summary>
    public static IEnumerable<Fault> Said(TermsDraft draft) =>
        draft.Unanswered.Select(it => new Fault(DraftTerms.PlaceOf(draft, draft[it.Section]!), Unanswered, ("party", it.Party)));

    /// <summary>Places of a template that nobody has filled in, such as <c>{mottagarens namn}</c>.</summary>
    public static IEnumerable<Fault> Unfilled(JsonNode? node, string at = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Unfilled(member.Value, $"{at}/{member.Key}")),
        JsonArray items => items.SelectMany((item, i) => Unfilled(item, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"))),
        JsonValue when DraftTerms.TextOf(node) is { } text && Place().Match(text) is { Success: true } place =>
            [new(at, "place-unfilled", ("place", place.Value))],
        _ => []
    };

    [GeneratedRegex(@"\{[\p{L}][\p{L} 0-9-]{0,60}\}")]
    private static partial Regex Place();
}
