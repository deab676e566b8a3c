namespace MrAgreement.Formats.Letters;

/// <summary>Sets a table: columns as wide as they need, texts broken where they must, the headings again on every page.</summary>
sealed class PdfGrid
{
    const double Pad = 5;
    const double Between = 4;

    readonly Typeface regular;
    readonly Typeface bold;
    readonly Grid grid;
    readonly double size;
    readonly double[] widths;

    public PdfGrid(Typeface regular, Typeface bold, Grid grid, double size, double width)
    {
        (this.regular, this.bold, this.grid, this.size) = (regular, bold, grid, size);
        var natural = grid.Columns.Select((column, i) => Widest(column, i, text => text.Split('\n'))).ToList();
        // Figures are not broken, nor are words as long as there is room: the texts share what those leave by what they lack.
        var least = grid.Columns.Select((column, i) => column.IsFigure
            ? natural[i]
            : Math.Min(natural[i], Math.Min(Widest(column, i, text => text.Split(' ', '\n')), width / grid.Columns.Count))).ToList();
        var (left, wanted) = (width - least.Sum(), natural.Sum() - least.Sum());
        widths = [.. least.Select((it, i) => wanted <= 0 || left <= 0 ? it : it + (natural[i] - it) * Math.Min(1, left / wanted))];
        // What nobody asked for goes to the last column of texts, so that figures end where the lines do.
        if (grid.Columns.Select((column, i) => column.IsFigure ? -1 : i).Max() is >= 0 and var last)
            widths[last] += Math.Max(0, width - widths.Sum());

        double Widest(GridColumn column, int i, Func<string, IEnumerable<string>> parts) =>
            grid.Rows.SelectMany(row => parts(row[i])).Select(text => regular.Width(text, size))
                .Concat(parts(column.Heading).Select(text => bold.Width(text, size))).Max() + 2 * Pad;
    }

    double Leading => size + 4;

    public void Set(PdfLayout layout)
    {
        var table = layout.Table();
        var headings = Cells([.. grid.Columns.Select(c => c.Heading)], bold);
        // A row that no page holds goes on over the next; any other stays in one piece.
        var most = (int)((PdfLayout.Room - Height(headings) - Between) / Leading);
        layout.Need(Height(headings) + (grid.Rows.Count == 0
            ? 0
            : Math.Min(Height(Cells(grid.Rows[0], regular)), most * Leading + Between)));
        Heading(table.Add("THead").Add("TR"));
        var body = table.Add("TBody");
        foreach (var row in grid.Rows)
        {
            var cells = Cells(row, regular);
            var tag = body.Add("TR");
            var tags = cells.Select(_ => tag.Add("TD")).ToList();
            for (var from = 0; from < cells.Max(lines => lines.Count); from += most)
            {
                IReadOnlyList<IReadOnlyList<(string, double)>> some = [.. cells.Select(lines => lines.Skip(from).Take(most).ToList())];
                if (layout.Need(Height(some)))
                    Heading(null);
                layout.Row([.. some.Select((lines, i) => (X(i), lines, (Tag?)tags[i]))], false, size, Leading, Height(some));
            }
        }
        layout.Space(6);

        void Heading(Tag? row) => layout.Row([.. headings.Select((lines, i) => (X(i), lines, row?.Add("TH", Tag.OfColumn)))], true, size,
            Leading, Height(headings));
    }

    double X(int column) => widths.Take(column).Sum();

    IReadOnlyList<IReadOnlyList<(string Text, double Shift)>> Cells(IReadOnlyList<string> texts, Typeface face) =>
        [.. texts.Select((text, i) => (IReadOnlyList<(string, double)>)[.. LineBreaks.Of(text, face, size, widths[i] - 2 * Pad + 0.01)
            .Select(line => (line, grid.Columns[i].IsFigure ? widths[i] - (i == widths.Length - 1
            ? 0
            : Pad) - face.Width(line, size) : i == 0 ? 0 : Pad))])];

    double Height(IReadOnlyList<IReadOnlyList<(string Text, double Shift)>> cells) => cells.Max(lines => lines.Count) * Leading + Between;
}
