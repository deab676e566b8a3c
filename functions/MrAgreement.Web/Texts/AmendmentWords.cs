using MrAgreement.Agreements;
using MrAgreement.Parties;
using MrAgreement.Web.Pages.Documents;

namespace MrAgreement.Web.Texts;

/// <summary>What an amendment changes, in sentences: "Slutrapport: förfaller 1 oktober 2017 i stället för 1 september 2017".</summary>
static class AmendmentWords
{
    // In the log, the rest is told on the agreement's page.
    const int MostTold = 10;

    public static Sentence Of(Language language, Difference it) => new(Key(it),
        [("title", new Content(it.Title ?? "")), ("of", Name(language, it)),
            .. Places(language, "old", it.Old, it.What == Amended.ReviewReminders),
            .. Places(language, "new", it.New, it.What == Amended.ReviewReminders)]);

    /// <summary>All of them; null for none.</summary>
    public static Told? All(Language language, IReadOnlyList<Difference> difference) => difference.Count == 0 ? null
        : new([.. difference.Take(MostTold).Select(each => Of(language, each))], difference.Count > MostTold);

    static string Key(Difference it)
    {
        var key = $"amended-to.{Json.NameOf(it.What)}";
        return it.What switch
        {
            Amended.Date when it.Old == it.New => it.New is null ? $"{key}-same-none" : $"{key}-same",
            Amended.Added or Amended.Dropped => (it.New?.Date ?? it.Old?.Date) is null ? $"{key}-undated" : key,
            Amended.Duty when it.New?.Date is not null => $"{key}-until",
            Amended.Date or Amended.Text or Amended.InstalmentCondition or Amended.RequisitionDate =>
                it.Old is null ? $"{key}-first" : it.New is null ? $"{key}-none" : key,
            _ => key
        };
    }

    static object Name(Language language, Difference it) => it.What == Amended.Duty
        ? language.Word(Enum.GetValues<Duty>().First(duty => Json.NameOf(duty) == it.Of))
        : new Content(it.Of ?? "");

    static IEnumerable<(string Place, object Value)> Places(Language language, string which, DifferenceValue? value, bool isReview)
    {
        if (value is null)
            yield break;
        if (value.Date is { } date)
            yield return ($"{which}Date", date);
        if (value.Amount is { } amount)
            yield return ($"{which}Amount", amount);
        if (value.Period is { } period)
        {
            yield return ($"{which}From", period.From);
            yield return ($"{which}To", period.To);
        }
        if (value.Text is { } text)
            yield return ($"{which}Text", language.Find($"condition.{text}") is { } known ? known : new Content(text));
        if (value.Words is { } words)
            yield return ($"{which}Words", words.Count == 0 ? language.Say("amended-to.nothing")
                : string.Join(", ", words.Select(word => DocumentKinds.Word(word, language).ToLowerInvariant())));
        if (value.Days is { } days)
            yield return ($"{which}Days", isReview ? Listed(language, days) : language.Say("amended-to.days", ("before", Listed(language, days.Where(day => day < 0))),
                ("after", Listed(language, days.Where(day => day > 0)))));
    }

    static string Listed(Language language, IEnumerable<int> days) =>
        days.Select(day => $"{Math.Abs(day)}").ToList() is { Count: > 0 } some ? string.Join(", ", some) : language.Say("amended-to.no-days");
}

/// <summary>Sentences within a sentence, one after another.</summary>
/// <param name="GoesOn">Whether there are more.</param>
public sealed record Told(IReadOnlyList<Sentence> Sentences, bool GoesOn);
