namespace MrAgreement.Formats.Letters;

/// <summary>Sets a table: columns as wide as they need, texts broken where they must, the headings again on every page.</summary>
sealed class PdfGrid
{
    const double Pad = 5;
    const double Narrowest = 50;

    readonly Typeface regular;
    readonly Typeface bold;
    readonly Grid grid;
    readonly double size;
    readonly double[] widths;

    public PdfGrid(Typeface regular, Typeface bold, Grid grid, double size, double width)
    {
        (this.regular, this.bold, this.grid, this.size) = (regular, bold, grid, size);
        widths = [.. grid.Columns.Select((column, i) => grid.Rows.Select(row => regular.Width(row[i], size)).Append(bold.Width(column.Heading, size)).Max() + 2 * Pad)];
        // Figures are not broken: the texts share what those leave.
        var texts = Enumerable.Range(0, widths.Length).Where(i => !grid.Columns[i].IsFigure).ToList();
        var (left, wanted) = (width - widths.Sum() + texts.Sum(i => widths[i]), texts.Sum(i => widths[i]));
        foreach (var i in texts)
            widths[i] = Math.Max(Narrowest, widths[i] * left / wanted);
    }

    public void Set(PdfLayout layout)
    {
        var table = layout.Table();
        var headings = Cells([.. grid.Columns.Select(c => c.Heading)], bold);
        layout.Need(Height(headings) + (grid.Rows.Count == 0 ? 0 : Height(Cells(grid.Rows[0], regular))));
        Heading(table.Add("THead").Add("TR"));
        var body = table.Add("TBody");
        foreach (var row in grid.Rows)
        {
            var cells = Cells(row, regular);
            if (layout.Need(Height(cells)))
                Heading(null);
            var tags = body.Add("TR");
            layout.Row([.. cells.Select((lines, i) => (X(i), lines, (Tag?)tags.Add("TD")))], false, size, Height(cells));
        }
        layout.Space(6);

        void Heading(Tag? row) => layout.Row([.. headings.Select((lines, i) => (X(i), lines, row?.Add("TH", Tag.OfColumn)))], true, size, Height(headings));
    }

    double X(int column) => widths.Take(column).Sum();

    IReadOnlyList<IReadOnlyList<(string Text, double Shift)>> Cells(IReadOnlyList<string> texts, Typeface face) =>
        [.. texts.Select((text, i) => (IReadOnlyList<(string, double)>)[.. LineBreaks.Of(text, face, size, widths[i] - 2 * Pad + 0.01)
            .Select(line => (line, grid.Columns[i].IsFigure ? widths[i] - Pad - face.Width(line, size) : i == 0 ? 0 : Pad))])];

    double Height(IReadOnlyList<IReadOnlyList<(string Text, double Shift)>> cells) => cells.Max(lines => lines.Count) * (size + 4) + 4;
}
