using System.Text;
using MrAgreement.Formats.Organisations;
using MrAgreement.Organisations;

namespace MrAgreement.Formats.Tests.Organisations;

public class OrganisationTableTests
{
    static IReadOnlyList<Organisation> Of(OrganisationKind kind) => [.. OrganisationTable.Shipped.Where(it => it.Is(kind))];

    [Fact]
    public void There_are_290_municipalities_21_regions_and_21_boards_and_331_in_all()
    {
        Assert.Equal((290, 21, 21, 331), (Of(OrganisationKind.Municipality).Count, Of(OrganisationKind.Region).Count,
            Of(OrganisationKind.CountyBoard).Count, OrganisationTable.Shipped.Count));
        Assert.Equal("0980", Assert.Single(OrganisationTable.Shipped, it => it.Kinds.Count == 2).Id);
        Assert.Equal(310, OrganisationTable.Shipped.Count(it => it.IsLocalGovernment));
        Assert.All(OrganisationTable.Shipped, it => Assert.Empty(OrganisationRules.Faults(it)));
        foreach (var kind in new[] { OrganisationKind.Region, OrganisationKind.CountyBoard })
            Assert.Equal(County.Letters.Order(StringComparer.Ordinal), Of(kind).Select(it => it.County!).Order(StringComparer.Ordinal));
        Assert.All(Of(OrganisationKind.Municipality), it => Assert.Equal(County.NumberOf(it.County!), it.Id[..2]));
        Assert.Equal("Länsstyrelsen i Västra Götalands län", OrganisationTable.Shipped.Single(it => it.Id == "lst-O").Names[0].Name);
    }

    [Theory]
    [InlineData("id;kinds;name\n0114;municipality;Väsby\n", "")]
    [InlineData("\uFEFFid,kinds,name\r\n0114,municipality,\"Väsby, kommun\"\r\n", "")]
    [InlineData("", "1  missing-column|1  missing-column|1  missing-column")]
    [InlineData("id;name\n0114;Väsby\n", "1  missing-column")]
    [InlineData("id;kinds;name;colour;name\n", "1  unknown-column|1  unknown-column")]
    [InlineData("id;kinds;name\n0114;municipality\n0115;;X\n", "2  malformed-row|3 kinds unknown-kind")]
    [InlineData("id;kinds;name;from;population;organisation-number\n;agency;;1/2;2,5;1\n", "2 id required|2 name required|2 from invalid-date|2 organisation-number invalid-organisation-number|2 population invalid-number")]
    [InlineData("id;kinds;name\n0114;\"municipality;Väsby\n", "2  malformed-row")]
    public void What_can_not_be_read_is_told_by_row_and_column(string file, string faults)
    {
        var (rows, found) = OrganisationTable.Read(Encoding.UTF8.GetBytes(file));
        Assert.Equal(faults, string.Join('|', found.Select(it => $"{it.Line} {it.Column} {it.Rule}")));
        if (faults.Length == 0)
            Assert.StartsWith("Väsby", Assert.Single(rows).Name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_as_swedish_spreadsheets_write_it_is_read() =>
        Assert.Equal("Växjö", Assert.Single(OrganisationTable.Read(Encoding.Latin1.GetBytes("id;kinds;name\n0780;municipality;Växjö\n")).Rows).Name);
}
