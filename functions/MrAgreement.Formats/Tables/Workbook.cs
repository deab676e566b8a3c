using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MrAgreement.Money;

namespace MrAgreement.Formats.Tables;

/// <summary>Sheets as a workbook (XLSX) with real numbers and dates. Source: ISO/IEC 29500.</summary>
public static class Workbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    const int MaxName = 31;
    const int MaxColumns = 26;

    // The days of a workbook are counted from here; its 1900-02-29 that never was lies behind us.
    static readonly LocalDate dayZero = new(1899, 12, 30);

    /// <summary>The same sheets are always the same bytes.</summary>
    public static byte[] Write(IReadOnlyList<Sheet> sheets)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            // Ids that we do not give are drawn by lot.
            document.ChangeIdOfPart(workbook, "workbook");
            Styles(workbook.AddNewPart<WorkbookStylesPart>("styles"));
            for (var i = 0; i < sheets.Count; i++)
                Write(workbook.AddNewPart<WorksheetPart>(Key(i)), sheets[i], isFirst: i == 0);
            workbook.Workbook = new(new Sheets(sheets.Select((sheet, i) =>
                new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = Key(i), SheetId = (uint)i + 1, Name = Name(sheet.Name) })));
        }
        return OfficePackage.Timeless(file);
    }

    static string Key(int sheet) => string.Create(CultureInfo.InvariantCulture, $"sheet{sheet + 1}");

    // Not more than so many characters, and none that a formula could mistake.
    static string Name(string name)
    {
        var fit = string.Concat(name.Select(c => c is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or '\'' ? '-' : c));
        return fit.Length <= MaxName ? fit : fit[..MaxName];
    }

    static void Write(WorksheetPart part, Sheet sheet, bool isFirst)
    {
        if (sheet.Columns.Count > MaxColumns)
            throw new ArgumentException($"Columns are lettered A to Z; {sheet.Name} has {sheet.Columns.Count}.", nameof(sheet));
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        // The headings stay in sight.
        xml.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft,
            State = PaneStateValues.Frozen }) { WorkbookViewId = 0, TabSelected = isFirst }));
        xml.WriteElement(new Columns(sheet.Columns.Select((column, i) =>
            new DocumentFormat.OpenXml.Spreadsheet.Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = column.Width,
                CustomWidth = true })));
        xml.WriteStartElement(new SheetData());
        xml.WriteElement(Placed(1, sheet.Columns.Select(column => Text(column.Heading, Style.Heading))));
        for (var i = 0; i < sheet.Rows.Count; i++)
            xml.WriteElement(Placed((uint)i + 2, sheet.Rows[i].Select(Written)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // Every cell says where it stands, as in B7: some readers do not count.
    static Row Placed(uint number, IEnumerable<DocumentFormat.OpenXml.Spreadsheet.Cell> cells)
    {
        var row = new Row { RowIndex = number };
        foreach (var (i, cell) in cells.Index())
        {
            cell.CellReference = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + i)}{number}");
            row.Append(cell);
        }
        return row;
    }

    static DocumentFormat.OpenXml.Spreadsheet.Cell Written(Cell cell) => cell.Value switch
    {
        null => new(),
        // The digits themselves, so that nothing passes through a floating-point number here.
        Kronor amount => Number(amount.ToString(), Style.Amount),
        LocalDate date => Number(string.Create(CultureInfo.InvariantCulture, $"{Period.DaysBetween(dayZero, date)}"), Style.Date),
        string text => Text(text, Style.Text),
        var number => Number(string.Create(CultureInfo.InvariantCulture, $"{number}"), Style.Number)
    };

    static DocumentFormat.OpenXml.Spreadsheet.Cell Number(string digits, Style style) =>
        new() { CellValue = new(digits), StyleIndex = (uint)style };

    static DocumentFormat.OpenXml.Spreadsheet.Cell Text(string text, Style style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = (uint)style,
        InlineString = new(new Text(OfficePackage.Written(text)) { Space = SpaceProcessingModeValues.Preserve })
    };

    // Their order is that of the formats below.
    enum Style : uint
    {
        Text,
        Heading,
        Amount,
        Date,
        Number
    }

    static void Styles(WorkbookStylesPart part)
    {
        const uint date = 164;
        part.Stylesheet = new(
            new NumberingFormats(new NumberingFormat { NumberFormatId = date, FormatCode = "yyyy\\-mm\\-dd" }),
            new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
                new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" })),
            // The first two fills are the format's own.
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top, WrapText = true }) { ApplyAlignment = true },
                new CellFormat { FontId = 1, ApplyFont = true },
                new CellFormat { NumberFormatId = 4, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = date, ApplyNumberFormat = true },
                new CellFormat { NumberFormatId = 1, ApplyNumberFormat = true }));
    }
}
