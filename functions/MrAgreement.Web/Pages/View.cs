using Microsoft.AspNetCore.Components;
using MrAgreement.Money;
using MrAgreement.Web.Texts;
using NodaTime.Text;

namespace MrAgreement.Web.Pages;

/// <summary>A piece of a page: knows who looks, and says everything in their language.</summary>
public abstract class View : ComponentBase
{
    [Inject]
    public PageVisitor Visitor { get; set; } = null!;

    protected Language Language => Visitor.Language;

    /// <summary>For what people wrote in Swedish, when the page around it is in another language; null when it is not.</summary>
    protected string? ContentLanguage => Language == Language.Swedish ? null : Language.Swedish.Code;

    protected string Say(string key, params IReadOnlyList<(string Place, object Value)> values) => Language.Say(key, values);

    /// <summary>As <see cref="Say"/>, with the language of what people wrote marked where it is not the page's.</summary>
    protected RenderFragment Tell(string key, params IReadOnlyList<(string Place, object Value)> values) => builder =>
    {
        foreach (var (text, isContent) in Language.Pieces(key, values))
            if (isContent)
                builder.AddContent(0, Own(text));
            else
                builder.AddContent(1, text);
    };

    protected RenderFragment Tell(Sentence sentence) => Tell(sentence.Key, sentence.Values);

    /// <summary>One after another, each with its full stop; one that begins with a dash goes on from the one before.</summary>
    protected RenderFragment Tell(params IEnumerable<Sentence> sentences) => builder =>
    {
        var told = sentences.Select(sentence => (Sentence: sentence, Text: Language.Say(sentence).TrimEnd())).ToList();
        for (var i = 0; i < told.Count; i++)
        {
            builder.AddContent(0, Tell(told[i].Sentence));
            var goesOn = i + 1 < told.Count && told[i + 1].Text.StartsWith('–');
            builder.AddContent(1, goesOn || told[i].Text.Length == 0 || ".!?…:".Contains(told[i].Text[^1], StringComparison.Ordinal)
                ? " "
                : ". ");
        }
    };

    /// <summary>What people wrote, in its own language.</summary>
    protected RenderFragment Own(string text) => builder =>
    {
        if (ContentLanguage is not { } language)
        {
            builder.AddContent(0, text);
            return;
        }
        builder.OpenElement(1, "span");
        builder.AddAttribute(2, "lang", language);
        builder.AddContent(3, text);
        builder.CloseElement();
    };

    protected string Word(Enum word) => Language.Word(word);

    /// <summary>A status as the read models write it, in words: <c>returned</c> of <c>obligation-status</c>.</summary>
    protected string Word(string group, string value) => Language.Find($"{group}.{value}") ?? value;

    protected string Money(Kronor amount) => Language.Money(amount);

    /// <summary>The same in a column: whole kronor leave room for öre where
    /// others have them, so that the decimals stand below one another.</summary>
    protected RenderFragment Aligned(Kronor amount, bool signed = false) => builder =>
    {
        builder.AddContent(0, signed && amount.IsPositive ? $"+{Money(amount)}" : Money(amount));
        builder.AddContent(1, Room(amount));
    };

    /// <summary>What stands after an amount in a column, to align it.</summary>
    protected static RenderFragment Room(Kronor amount) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", amount.Öre % 100 == 0 ? "even" : "odd");
        builder.CloseElement();
    };

    /// <summary>An amount that may not be there.</summary>
    protected RenderFragment Aligned(Kronor? amount, bool signed = false) => amount is { } known ? Aligned(known, signed) : builder =>
        builder.AddContent(0, "–");

    /// <summary>As it is typed: without the unit, and with spaces between the thousands in both languages.</summary>
    protected string Written(Kronor amount) => Language.Typed(amount);

    protected string Date(LocalDate date) => Language.Date(date);

    protected string NameOf(PersonId id) => Visitor.NameOf(id);

    /// <summary><c>12 dagar</c>, <c>1 dag</c>.</summary>
    protected string DayCount(int days) => Language.DayCount(days);

    /// <summary><c>2015-02-01</c>, as dates are written in tables and fields.</summary>
    protected static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
