using System.Text;
using MrAgreement.Formats.Work;
using MrAgreement.Work;

namespace MrAgreement.Formats.Tests.Work;

public class RecommendationTableTests
{
    const string Head = "body;occasion;year;document;paragraph;concerns;text-en;text-sv;themes;answer;kind;commissioner\n";

    [Theory]
    [InlineData(Head + "CERD;Granskning;2013;CERD/C/SWE/CO/19-21;12;municipalities regions;Strengthen it;;rasism, barn;accepted;;\n", "")]
    [InlineData("", "1  missing-column|1  missing-column|1  missing-column|1  missing-column|1  missing-column|1  missing-column")]
    [InlineData(Head + "CERD;Granskning;-;CERD/C;12;towns;;;;maybe;book;\n", "2 answer unknown-word|2 concerns unknown-kind|2 kind unknown-word")]
    [InlineData(Head + ";;;;;;;;;;;\n", "2 body required|2 concerns unknown-kind|2 document required|2 occasion required|2 paragraph required|2 year required")]
    [InlineData(Head + "CERD;Granskning;2 013;CERD/C;12;regions;A;;;;;\n", "2 year invalid-number")]
    public void What_can_not_be_read_is_told_by_row_and_column(string file, string faults)
    {
        var (rows, found) = RecommendationTable.Read(Encoding.UTF8.GetBytes(file));
        Assert.Equal(faults, string.Join('|', found.Select(it => $"{it.Line} {it.Column} {it.Rule}").Order(StringComparer.Ordinal)));
        if (faults.Length == 0)
        {
            var row = Assert.Single(rows);
            Assert.Equal((2, RecommendationKind.ReviewBody, 2013, ReviewAnswer.Accepted), (row.Row, row.Content.Kind, row.Content.Year, row.Content.Answer));
            Assert.Equal(["rasism", "barn"], row.Content.Themes);
            Assert.Equal([Concern.Municipalities, Concern.Regions], row.Content.Concerns);
        }
    }
}
