using System.Text;
using MrAgreement.Formats.Tables;
using MrAgreement.Money;

namespace MrAgreement.Formats.Tests.Tables;

public class CsvTests
{
    static string Text(params IReadOnlyList<Cell>[] rows) => Encoding.UTF8.GetString(Csv.Write(SomeSheet.Of(rows))[3..]);

    [Fact]
    public void It_has_semicolons_decimal_commas_and_a_byte_order_mark()
    {
        var csv = Csv.Write(SomeSheet.Of(["Ingående balans", Kronor.Parse("312450.5"), new LocalDate(2014, 6, 13), 2014], ["Öresavrundning", Kronor.Parse("-0.05"), default, default]));

        Assert.Equal(Encoding.UTF8.Preamble, csv.AsSpan(0, 3));
        Assert.Equal("Post;Belopp;Dag;År\r\nIngående balans;312450,50;2014-06-13;2014\r\nÖresavrundning;-0,05;;\r\n", Encoding.UTF8.GetString(csv[3..]));
    }

    [Fact]
    public void A_field_with_a_separator_a_quote_or_a_new_line_is_quoted() =>
        Assert.Contains("\"Resor; hotell \"\"A\"\"\nmåltider\";", Text(["Resor; hotell \"A\"\nmåltider", default, default, default]), StringComparison.Ordinal);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+46 8")]
    [InlineData("-möte")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    public void A_text_that_a_spreadsheet_would_carry_out_gets_an_apostrophe(string text) =>
        Assert.Contains($"\n'{text};;;", Text([text, default, default, default]), StringComparison.Ordinal);

    [Fact]
    public void A_negative_amount_stays_a_number() => Assert.EndsWith("Rättelse;-1000,00;;\r\n", Text(["Rättelse", Kronor.Of(-1000), default, default]), StringComparison.Ordinal);

    [Fact]
    public void Another_program_reads_what_was_written() => Assert.Equal(
        [["Post", "Belopp", "Dag", "År"], ["Resor; hotell \"A\"\r\nmåltider, två", "-312450,05", "2014-06-13", "2014"], ["", "", "", ""], [" \"", "4000000,00", "", "0"]],
        CsvText.Rows(Csv.Write(SomeSheet.Of(["Resor; hotell \"A\"\r\nmåltider, två", Kronor.Parse("-312450.05"), new LocalDate(2014, 6, 13), 2014], [default, default, default, default], [" \"", Kronor.Of(4_000_000), default, 0]))));

    [Fact]
    public void Another_program_reads_any_text_as_it_was()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var texts = Enumerable.Range(0, 20).Select(_ => $"x{string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => ";\"\r\n\t ,'åé€"[random.Next(11)]))}").ToList();

            var read = CsvText.Rows(Csv.Write(SomeSheet.Of([.. texts.Select(text => (IReadOnlyList<Cell>)[text, default, default, text])])));

            Assert.True(texts.SequenceEqual(read.Skip(1).Select(row => row[0])) && texts.SequenceEqual(read.Skip(1).Select(row => row[3])), $"Seed {seed}, round {round}");
        }
    }
}
