using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>What the timeline says of one obligation, in two lines.</summary>
sealed record TimelineWords(string First, string Second)
{
    // What fits the width of the drawing.
    const int MostLetters = 135;

    public string Whole => Second.Length == 0 ? First : $"{First}. {Second}";

    public static TimelineWords Of(Language language, Agreement agreement, Obligation it, Standing standing)
    {
        var more = new List<string>();
        if (it.IsDone && it.DeliveredOn is { } on)
            more.Add(language.Say("timeline.delivered", ("date", on)));
        if (it.IsMoved && it.FirstDueOn is { } first)
            more.Add(language.Say("timeline.moved-from", ("date", first)));
        if (!it.IsSettled && agreement.WaitsFor(it).Select(o => o.Title).ToList() is { Count: > 0 } waits)
            more.Add(language.Say("timeline.waits-for", ("titles", string.Join(", ", waits))));
        return new(Cut($"{it.Title}: {language.Say($"standing.{standing.Name()}")}, {DueText.Of(language, agreement, it)}"), Cut(string.Join("; ", more)));
    }

    static string Cut(string text) => text.Length <= MostLetters ? text : $"{text[..MostLetters].TrimEnd()}…";
}
