using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Agreements;

/// <summary>What the timeline says of one obligation, in two lines: each in pieces, with whether they are what people wrote.</summary>
sealed record TimelineWords(IReadOnlyList<(string Text, bool IsContent)> First, IReadOnlyList<(string Text, bool IsContent)> Second)
{
    // What fits the width of the drawing.
    const int MostLetters = 135;

    public static TimelineWords Of(Language language, Dossier dossier, Obligation it, Standing standing)
    {
        var more = new List<Sentence>();
        if (it.IsDone && it.DeliveredOn is { } on)
            more.Add(new("timeline.delivered", [("date", on)]));
        if (it is { TakesPlaceOn: { } day, IsSettled: false })
            more.Add(new("obligation.scheduled", [("date", day)]));
        if (it.IsMoved && it.FirstDueOn is { } first)
            more.Add(new("timeline.moved-from", [("date", first)]));
        if (!it.IsSettled && dossier.Agreement.WaitsFor(it).Select(o => o.Title).ToList() is { Count: > 0 } waits)
            more.Add(new("timeline.waits-for", [("titles", new Content(string.Join(", ", waits)))]));
        var due = DueText.Sentences(language, dossier, it).SelectMany((sentence, i) => Pieces(sentence, i == 0 ? ", " : " "));
        return new(Cut([(it.Title, true), ($": {language.Say($"standing.{standing.Name()}")}", false), .. due]),
            Cut(more.SelectMany((sentence, i) => Pieces(sentence, i == 0 ? "" : "; "))));

        IEnumerable<(string Text, bool IsContent)> Pieces(Sentence sentence, string before) =>
            [(before, false), .. language.Pieces(sentence.Key, sentence.Values)];
    }

    static List<(string Text, bool IsContent)> Cut(IEnumerable<(string Text, bool IsContent)> pieces)
    {
        var (cut, left) = (new List<(string Text, bool IsContent)>(), MostLetters);
        foreach (var (text, isContent) in pieces.Where(piece => piece.Text.Length > 0))
        {
            if (text.Length > left)
            {
                cut.Add(($"{text[..left].TrimEnd()}…", isContent));
                break;
            }
            cut.Add((text, isContent));
            left -= text.Length;
        }
        return cut;
    }
}
