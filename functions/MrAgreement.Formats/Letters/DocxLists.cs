using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Numbering = DocumentFormat.OpenXml.Wordprocessing.Numbering;
using Words = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace MrAgreement.Formats.Letters;

/// <summary>Lists that are lists to those who listen, each with numbers of its own.</summary>
sealed class DocxLists(MainDocumentPart main)
{
    // As deep as the format goes.
    const int Levels = 9;

    const int Dotted = 0, Numbered = 1;

    Numbering? kinds;
    int lists;

    /// <summary>The paragraphs of a list and of those within it.</summary>
    public IEnumerable<OpenXmlElement> Of(Listing list, Func<Passage, Words> words, int depth = 0)
    {
        var level = Math.Min(depth, Levels - 1);
        var number = Begin(list.From, level);
        foreach (var item in list.Items)
            foreach (var (i, block) in item.Index())
                if (block is Listing further)
                    foreach (var line in Of(further, words, depth + 1))
                        yield return line;
                else if (block is Passage said)
                    yield return Placed(words(said), i == 0 ? number : null, level);
    }

    // What follows in an item stands under it, without a mark of its own.
    static Words Placed(Words words, int? number, int level)
    {
        words.ParagraphProperties = new(new ParagraphStyleId { Val = LetterStyles.Listed });
        if (number is { } its)
            words.ParagraphProperties.Append(new NumberingProperties(
                new NumberingLevelReference { Val = level }, new NumberingId { Val = its }));
        else
            words.ParagraphProperties.Append(new Indentation { Left = Place(level) });
        return words;
    }

    int Begin(int? from, int level)
    {
        if (kinds is null)
            main.AddNewPart<NumberingDefinitionsPart>("lists").Numbering = kinds = new(Kind(Dotted), Kind(Numbered));
        var instance = new NumberingInstance(new AbstractNumId { Val = from is null ? Dotted : Numbered }) { NumberID = ++lists };
        if (from is { } first)
            instance.Append(new LevelOverride(new StartOverrideNumberingValue { Val = first }) { LevelIndex = level });
        kinds.Append(instance);
        return lists;
    }

    static AbstractNum Kind(int kind) => new([new MultiLevelType { Val = MultiLevelValues.HybridMultilevel },
        .. Enumerable.Range(0, Levels).Select(level => new Level(
            new StartNumberingValue { Val = 1 },
            new NumberingFormat { Val = kind == Dotted ? NumberFormatValues.Bullet : NumberFormatValues.Decimal },
            new LevelText { Val = kind == Dotted ? "•" : $"%{level + 1}." },
            new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = Place(level), Hanging = "360" })) { LevelIndex = level })])
    {
        AbstractNumberId = kind
    };

    static string Place(int level) => $"{360 * (level + 1)}";
}
