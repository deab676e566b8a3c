using static MrAgreement.Formats.Letters.PdfObjects;

namespace MrAgreement.Formats.Letters;

/// <summary>What a piece of text on a page is, for those who listen to it. Source: ISO 32000-1, 14.7 and 14.8.</summary>
/// <param name="Role">As in <c>H1</c>, <c>P</c>, <c>Table</c>.</param>
/// <param name="Attributes">As PDF writes them; null when it has none.</param>
sealed record Tag(string Role, string? Attributes = null)
{
    public const string OfColumn = "<< /O /Table /Scope /Column >>";

    readonly List<Tag> parts = [];
    readonly List<(int Page, int Mark)> marks = [];

    public Tag Add(string role, string? attributes = null)
    {
        var part = new Tag(role, attributes);
        parts.Add(part);
        return part;
    }

    public void Mark(int page, int mark) => marks.Add((page, mark));

    /// <summary>Adds it and all of its parts.</summary>
    /// <param name="pages">The pages' object numbers.</param>
    /// <param name="owners">For every page, the elements that its marks belong to, in order.</param>
    public int AddTo(PdfObjects file, int parent, IReadOnlyList<int> pages, IReadOnlyList<List<int>> owners)
    {
        var number = file.Reserve();
        var content = marks.Select(mark => Invariant($"<< /Type /MCR /Pg {pages[mark.Page]} 0 R /MCID {mark.Mark} >>"))
            .Concat(parts.Select(part => Invariant($"{part.AddTo(file, number, pages, owners)} 0 R"))).ToList();
        foreach (var (page, mark) in marks)
        {
            while (owners[page].Count <= mark)
                owners[page].Add(0);
            owners[page][mark] = number;
        }
        return file.Tell(number, Invariant(
            $"<< /Type /StructElem /S /{Role} /P {parent} 0 R{(Attributes is null ? "" : $" /A {Attributes}")} /K [{string.Join(' ', content)}] >>"));
    }
}
