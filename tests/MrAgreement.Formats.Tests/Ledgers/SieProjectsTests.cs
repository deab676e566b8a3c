using MrAgreement.Formats.Ledgers;

namespace MrAgreement.Formats.Tests.Ledgers;

public class SieProjectsTests
{
    const string Declared = "#OBJEKT 6 \"P1\" \"MR\"";

    [Theory]
    [InlineData("{1 \"P1\"}", "1")]
    [InlineData("{1 \"P1\" 7 \"P1\"}", "1, 7")]
    [InlineData("{7 \"P1\" 1 \"P1\" 6 \"P2\"}", "1, 7")]
    public void Rows_that_carry_the_code_in_other_dimensions_are_told_so_whether_or_not_it_is_declared(string objects, string found)
    {
        foreach (var declared in new[] { "", Declared, "#OBJEKT 1 \"P1\" \"MR\"" })
        {
            var absent = Absent(declared, objects);

            Assert.Equal($"/dimension project-in-other-dimension project=P1 found={found} dimension=6", absent);
        }
    }

    [Fact]
    public void A_declared_code_that_rows_spell_otherwise_is_answered_with_what_they_have()
    {
        Assert.Equal("/project project-not-in-ledger project=P1 dimension=6 codes=p 1", Absent(Declared, "{6 \"p 1\"}"));
        Assert.Equal("/project project-not-in-ledger project=P1 dimension=6 codes=P-1", Absent(Declared, "{6 \"P-1\"}"));
    }

    [Fact]
    public void A_declared_code_that_nothing_is_booked_on_is_no_fault()
    {
        Assert.Null(Absent(Declared, "{}"));
        Assert.Null(Absent(Declared, "{6 \"P2\"}"));
        Assert.Null(Absent(Declared, "{6 \"P1\"}"));
    }

    static string? Absent(string declared, string objects)
    {
        var reader = SieText.Read(SieText.Lines(declared, "#VER A 1 20150203", "{", $"#TRANS 5010 {objects} 1", "#TRANS 1930 {} -1", "}")).Reader;
        Assert.Empty(reader.Errors);
        return SieProjects.Absent(reader.Accounts, new(6, "P1")) is { } it ? $"{it.Pointer} {it.Said().TrimStart()}" : null;
    }
}
