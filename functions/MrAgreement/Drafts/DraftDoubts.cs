using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MrAgreement.Agreements;

namespace MrAgreement.Drafts;

/// <summary>What terms may say, but seldom mean: asked about before an agreement is made of them.</summary>
public static partial class DraftDoubts
{
    /// <summary>Dates before the agreement begins, and money of a total that no instalment has.</summary>
    public static IEnumerable<Fault> Of(Terms terms)
    {
        var from = terms.Period.From;
        for (var i = 0; i < terms.Obligations.Count; i++)
            if ((terms.Obligations[i].Due.On ?? terms.Obligations[i].Due.Month?.ToDateInterval().End) is { } day && day < from)
                yield return new($"/obligations/{i}/due/{(terms.Obligations[i].Due.On is null ? "month" : "on")}", "before-agreement",
                    ("date", day), ("from", from));
            else if (terms.Obligations[i].Due.EveryYear is { } every && new YearMonth(every.From, every.Month).ToDateInterval().End < from)
                yield return new($"/obligations/{i}/due/everyYear/from", "before-agreement",
                    ("date", new YearMonth(every.From, every.Month).ToDateInterval().End), ("from", from));
        if (terms.Grant is not { } grant)
            yield break;
        for (var i = 0; i < grant.Instalments.Count; i++)
            if (grant.Instalments[i].RequisitionDueOn is { } day && day < from)
                yield return new($"/grant/instalments/{i}/requisitionDueOn", "before-agreement", ("date", day), ("from", from));
        var sum = grant.Instalments.Aggregate(default(Money.Kronor), (all, instalment) => all + instalment.Amount);
        if (grant.Total > sum)
            yield return new("/grant/total", "instalments-below-total", ("amount", grant.Total - sum));
    }

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
