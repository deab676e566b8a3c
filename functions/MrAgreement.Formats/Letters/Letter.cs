namespace MrAgreement.Formats.Letters;

/// <summary>Something to be read on paper or on a screen, before it has a format.</summary>
/// <param name="Language">As in <c>sv</c>.</param>
/// <param name="Author">Whom it is from.</param>
/// <param name="Made">When it came to say what it says, so that the same letter is always the same bytes.</param>
/// <param name="Foot">What stands at the foot of a page, from its number and how many there are.</param>
public sealed record Letter(string Title, string Language, string Author, Instant Made, Func<int, int, string> Foot,
    IReadOnlyList<Block> Blocks);

/// <summary>A piece of a letter.</summary>
public abstract record Block;

/// <param name="Level">1 to 3; a letter begins with a first one.</param>
public sealed record Heading(int Level, string Text) : Block;

public sealed record Paragraph(string Text) : Block;

/// <summary>A paragraph of words that are not all alike.</summary>
/// <param name="IsQuote">Somebody else's words.</param>
public sealed record Passage(IReadOnlyList<Span> Spans, bool IsQuote = false) : Block;

/// <summary>Words of one kind.</summary>
/// <param name="Link">Where they lead; null for nowhere.</param>
public sealed record Span(string Text, bool IsStrong = false, bool IsEmphasis = false, Uri? Link = null);

/// <summary>A list, numbered or not.</summary>
/// <param name="From">The number of its first item; null where they have none.</param>
/// <param name="Items">Each of passages and further lists.</param>
public sealed record Listing(int? From, IReadOnlyList<IReadOnlyList<Block>> Items) : Block;

/// <summary>A label and what stands beside it; those that follow each other are one list.</summary>
public sealed record Entry(string Label, string Text) : Block;

/// <summary>A table of texts.</summary>
/// <param name="Rows">Each with a text for every column.</param>
public sealed record Grid(IReadOnlyList<GridColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;

/// <param name="IsFigure">Figures stand to the right.</param>
public sealed record GridColumn(string Heading, bool IsFigure = false);

/// <summary>A line to sign on; two stand beside each other.</summary>
/// <param name="Name">Who signs; may be empty.</param>
/// <param name="On">The day; may be empty.</param>
public sealed record Signature(string Label, string Name, string On) : Block;
