using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using MrAgreement.Money;
using Ours = MrAgreement.Formats.Tables;

namespace MrAgreement.Formats.Tests.Tables;

public class WorkbookTests
{
    static readonly Ours.Sheet balance = SomeSheet.Of(["Ingående balans", Kronor.Parse("312450.05"), new LocalDate(2014, 6, 13), 2014], ["=1+1 åäö\u0001", Kronor.Parse("-0.05"), default, default]);

    static T Opened<T>(IReadOnlyList<Ours.Sheet> sheets, Func<SpreadsheetDocument, T> read)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Ours.Workbook.Write(sheets)), isEditable: false);
        return read(document);
    }

    static Worksheet First(SpreadsheetDocument document) => ((WorksheetPart)document.WorkbookPart!.GetPartById(document.WorkbookPart.Workbook.Sheets!.Elements<Sheet>().First().Id!)).Worksheet;

    static Dictionary<string, Cell> Cells() => Opened([balance], document => First(document).Descendants<Cell>().ToDictionary(c => c.CellReference!.Value!));

    [Fact]
    public void It_is_a_valid_workbook() =>
        Assert.Empty(Opened([balance, balance with { Name = "Justeringar" }], document => new OpenXmlValidator().Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}").ToList()));

    [Fact]
    public void Amounts_are_numbers_with_two_decimals_and_dates_are_dates()
    {
        var cells = Cells();
        Assert.Equal(("312450.05", null), (cells["B2"].CellValue!.Text, cells["B2"].DataType));
        Assert.Equal("-0.05", cells["B3"].CellValue!.Text);
        Assert.Equal(new DateTime(2014, 6, 13), DateTime.FromOADate(double.Parse(cells["C2"].CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal("2014", cells["D2"].CellValue!.Text);
        var formats = Opened([balance], document => document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().Select(f => f.NumberFormatId?.Value).ToList());
        Assert.Equal((4u, 164u, 1u), (Format("B2"), Format("C2"), Format("D2")));

        uint? Format(string at) => formats[(int)cells[at].StyleIndex!.Value];
    }

    [Fact]
    public void Texts_are_texts_whatever_they_begin_with()
    {
        var cells = Cells();
        Assert.Equal(("Ingående balans", "=1+1 åäö"), (cells["A2"].InnerText, cells["A3"].InnerText));
        Assert.All(["A2", "A3"], at => Assert.Null(cells[at].CellFormula));
        Assert.Null(cells["C3"].CellValue);
    }

    [Fact]
    public void The_headings_are_bold_and_stay_in_sight() => Assert.True(Opened([balance], document =>
        First(document).Descendants<Pane>().Single() is { VerticalSplit.Value: 1 } pane && pane.State! == PaneStateValues.Frozen
        && document.WorkbookPart!.WorkbookStylesPart!.Stylesheet is var styles
        && styles.Fonts!.Elements<Font>().ElementAt((int)styles.CellFormats!.Elements<CellFormat>().ElementAt((int)First(document).Descendants<Cell>().First().StyleIndex!.Value).FontId!.Value).Bold is not null));

    [Fact]
    public void A_sheet_s_name_fits_a_workbook() => Assert.Equal("Redovisning 2014-2015- kostnade",
        Opened([balance with { Name = "Redovisning 2014/2015: kostnader och mera" }], document => document.WorkbookPart!.Workbook.Descendants<Sheet>().Single().Name!.Value));

    [Fact]
    public void The_same_sheets_are_the_same_bytes() => Assert.Equal(Ours.Workbook.Write([balance]), Ours.Workbook.Write([balance]));
}
