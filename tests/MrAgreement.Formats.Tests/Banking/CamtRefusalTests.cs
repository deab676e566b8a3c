using System.Text;
using MrAgreement.Formats.Banking;
using MrAgreement.Money;

namespace MrAgreement.Formats.Tests.Banking;

public class CamtRefusalTests
{
    [Theory]
    [InlineData("1e9", "amount-unreadable")]
    [InlineData("+1", "amount-unreadable")]
    [InlineData("-1", "amount-unreadable")]
    [InlineData("1,5", "amount-unreadable")]
    [InlineData("1 000", "amount-unreadable")]
    [InlineData(".5", "amount-unreadable")]
    [InlineData("5.", "amount-unreadable")]
    [InlineData("1.2.3", "amount-unreadable")]
    [InlineData("١", "amount-unreadable")]
    [InlineData("", "amount-unreadable")]
    [InlineData("0.000000", "amount-unreadable")]
    [InlineData("12345678901234567890", "amount-unreadable")]
    [InlineData("1.005", "amount-decimals")]
    [InlineData("1000000000000.01", "amount-too-large")]
    public void An_amount_that_is_not_plain_is_refused_on_its_line(string amount, string rule) =>
        Assert.Equal((rule, 5), BankFile.With("\n" + BankFile.Entry(amount)).Read().Error);

    [Theory]
    [InlineData("2015-02-29")]
    [InlineData("2015-2-3")]
    [InlineData("20150203")]
    [InlineData("0015-02-03")]
    [InlineData("9999-12-31")]
    [InlineData("")]
    public void A_date_that_is_none_is_refused(string date)
    {
        Assert.Equal(("date-unreadable", 4), BankFile.With(BankFile.Entry(day: $"<BookgDt><Dt>{date}</Dt></BookgDt>")).Read().Error);
        Assert.Equal(("date-unreadable", 4), BankFile.With(BankFile.Entry(day: $"<BookgDt><DtTm>{date}T10:00:00</DtTm></BookgDt>")).Read().Error);
    }

    [Theory]
    [InlineData("<Amt Ccy=\"SEK\">100.00</Amt>", "", "element-missing")]
    [InlineData("<CdtDbtInd>CRDT</CdtDbtInd>", "", "element-missing")]
    [InlineData("<Sts>BOOK</Sts>", "", "element-missing")]
    [InlineData("<CdtDbtInd>CRDT", "<CdtDbtInd>CREDIT", "mark-unreadable")]
    [InlineData("<Sts>", "<RvslInd>ja</RvslInd><Sts>", "mark-unreadable")]
    [InlineData(" Ccy=\"SEK\"", "", "currency-unreadable")]
    [InlineData("Ccy=\"SEK\"", "Ccy=\"kr\"", "currency-unreadable")]
    public void An_entry_that_lacks_what_it_must_say_is_refused(string old, string with, string rule) =>
        Assert.Equal((rule, 4), BankFile.With(BankFile.Entry()).Replace(old, with).Read().Error);

    [Theory]
    [InlineData("<MsgId>M1</MsgId>", "", 2)]
    [InlineData("<CreDtTm>2015-02-04T04:00:00</CreDtTm>", "", 2)]
    [InlineData("<GrpHdr><MsgId>M1</MsgId><CreDtTm>2015-02-04T04:00:00</CreDtTm></GrpHdr>", "", 2)]
    [InlineData("<IBAN>SE35 5000 0000 0549 1000 0003</IBAN>", "", 4)]
    public void A_file_that_does_not_say_what_it_is_is_refused(string old, string with, int line) =>
        Assert.Equal(("element-missing", line), BankFile.With(BankFile.Entry()).Replace(old, with).Read().Error);

    [Fact]
    public void A_file_without_an_account_is_refused() =>
        Assert.Equal("element-missing", BankFile.With("").Replace("<Stmt>", "<X>").Replace("</Stmt>", "</X>").Read().Error.Rule);

    [Theory]
    [InlineData("camt.053.001.02", "camt.053.001.09", "camt-version")]
    [InlineData("camt.053.001.02", "camt.053.001.01", "camt-version")]
    [InlineData("camt.053.001.02", "camt.052.001.02", "camt-version")]
    [InlineData("camt.053.001.02", "pain.001.001.03", "camt-version")]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", "urn:x", "not-camt")]
    [InlineData("camt.053.001.02", "camt.054.001.02", "element-missing")]
    public void Another_message_is_refused(string old, string with, string rule) =>
        Assert.Equal(rule, BankFile.With(BankFile.Entry()).Replace(old, with).Read().Error.Rule);

    [Theory]
    [InlineData("")]
    [InlineData("#FLAGGA 0")]
    [InlineData("<Document")]
    [InlineData("{}")]
    public void What_is_no_xml_is_refused(string text) => Assert.Equal(("not-xml", 1), new BankFile(text).Read().Error);

    [Fact]
    public void Other_xml_is_refused() => Assert.Equal(("not-camt", 1), new BankFile("<html><body/></html>").Read().Error);

    [Fact]
    public void A_document_type_is_refused_unread()
    {
        const string bomb = """
            <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
            """;

        Assert.Equal("xml-doctype", BankFile.With(BankFile.Entry()).Replace("<Document ", $"{bomb}<Document ").Replace("M1", "&lol3;").Read().Error.Rule);
        Assert.Equal("xml-doctype", new BankFile("""<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>""").Read().Error.Rule);
    }

    [Fact]
    public void A_file_that_ends_anywhere_too_early_is_refused()
    {
        var whole = Encoding.UTF8.GetBytes(BankFile.Named("camt.053.001.08.xml").Text.TrimEnd());

        for (var length = 0; length < whole.Length; length += 7)
            Assert.True(Reading.Of(whole[..length]).Reader.IsRefused, $"{length} bytes were accepted.");
    }

    [Theory]
    [InlineData("<Document/>", "several-messages", 5)]
    [InlineData("\n<?xml version=\"1.0\"?><Document/>", "several-messages", 6)]
    [InlineData("\nSlut på filen", "after-xml", 6)]
    [InlineData("\u001A", "after-xml", 5)]
    public void What_follows_the_end_is_said_to_follow_it(string more, string rule, int line) =>
        Assert.Equal((rule, line), BankFile.With(BankFile.Entry()).Replace("</Document>", $"</Document>{more}").Read().Error);

    [Theory]
    [InlineData("Från: banken\n", 1)]
    [InlineData("\n\n{}", 3)]
    [InlineData("<!-- kopia --> ", 1)]
    public void What_comes_before_the_beginning_is_said_to_come_before_it(string text, int line) =>
        Assert.Equal(("before-xml", line), new BankFile(text + BankFile.With(BankFile.Entry()).Text).Read().Error);

    [Theory]
    [InlineData("\n")]
    [InlineData(" \r\n\t \n")]
    [InlineData("\uFEFF")]
    [InlineData("\n\uFEFF\uFEFF \n")]
    public void White_space_before_the_beginning_is_left_out_and_lines_are_counted_from_the_top(string space)
    {
        Assert.Equal(Kronor.Of(100), new BankFile(space + BankFile.With(BankFile.Entry()).Text).Read().Only.Amount);
        Assert.Equal(("amount-unreadable", 4 + space.Count(c => c == '\n')), new BankFile(space + BankFile.With(BankFile.Entry("x")).Text).Read().Error);
        Assert.Equal(5000 + 4, new BankFile(new string('\n', 5000) + BankFile.With(BankFile.Entry()).Text).Read().Only.Line);
    }

    [Fact]
    public void The_wrong_character_set_is_said_on_its_line()
    {
        var file = BankFile.With($"\n{BankFile.Entry(inside: BankFile.Details($"{BankFile.Amount("100.00")}<RmtInf><Ustrd>Återbetalning</Ustrd></RmtInf>"))}");

        Assert.Equal(("xml-character-set", 5), Reading.Of(Encoding.Latin1.GetBytes(file.Text)).Error);
        Assert.Equal("Återbetalning", Reading.Of(Encoding.Latin1.GetBytes(file.Replace("UTF-8", "ISO-8859-1").Text)).Only.Texts[0]);
        Assert.Equal("Återbetalning", Reading.Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(file.Replace("UTF-8", "UTF-16").Text)]).Only.Texts[0]);
        Assert.Equal("xml-character-set", file.Replace("UTF-8", "UTF-16").Read().Error.Rule);
        Assert.Equal("xml-encoding-unknown", file.Replace("UTF-8", "klingon").Read().Error.Rule);
    }

    [Theory]
    [InlineData("<Sts>BOOK</Sts>", "<Sts>BOOK\u0003</Sts>", "xml-character")]
    [InlineData("<Sts>BOOK</Sts>", "<Sts>BOOK</Stz>", "xml-malformed")]
    [InlineData("<Sts>BOOK</Sts>", "<Sts>BOOK</Sts><AddtlNtryInf>A & B</AddtlNtryInf>", "xml-malformed")]
    public void Broken_xml_is_said_on_its_line(string old, string with, string rule) =>
        Assert.Equal((rule, 4), BankFile.With(BankFile.Entry()).Replace(old, with).Read().Error);

    [Fact]
    public void A_file_that_is_cut_short_is_said_to_be() =>
        Assert.Equal("xml-cut-short", BankFile.With(BankFile.Entry()).Replace("</Stmt></BkToCstmrStmt></Document>", "").Read().Error.Rule);

    [Fact]
    public void A_file_beyond_the_cap_is_refused_where_it_passes_it()
    {
        var limits = new CamtLimits { File = 100_000 };

        Assert.Equal("bank-file-too-large", BankFile.With(string.Concat(Enumerable.Repeat(BankFile.Entry(), 1000))).Read(limits).Error.Rule);
        Assert.Equal(10, BankFile.With(string.Concat(Enumerable.Repeat(BankFile.Entry(), 10))).Read(limits).Accepted().Transactions.Count);
    }

    [Fact]
    public void A_bundle_of_more_than_the_most_is_refused() =>
        Assert.Equal("entry-too-long", BankFile.With(BankFile.Entry(inside: BankFile.Details("", "", ""))).Read(new() { TransactionsOfEntry = 2 }).Error.Rule);

    [Fact]
    public void More_accounts_than_the_most_are_refused() =>
        Assert.Equal("too-many-statements", BankFile.With("").Replace("</Stmt>", "</Stmt><Stmt/>").Read(new() { Statements = 1 }).Error.Rule);

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Equal("xml-too-deep", BankFile.With(string.Concat(Enumerable.Repeat("<a>", 100_000))).Read().Error.Rule);

    [Fact]
    public void One_wrong_amount_refuses_the_file_and_the_other_faults_are_told_too()
    {
        var file = BankFile.With(string.Join('\n', Enumerable.Repeat(BankFile.Entry("1,5"), 150).Append(BankFile.Entry()))).Read();

        Assert.Equal((true, 150, 100), (file.Reader.IsRefused, file.Reader.Errors.Total, file.Reader.Errors.Count));
        Assert.Equal([4, 5, 6], file.Reader.Errors.Take(3).Select(e => e.Line!.Value));
        Assert.Equal(("amount", (object)"1,5"), file.Reader.Errors[0].Values[0]);
    }

    [Fact]
    public void A_broken_stream_is_nothing_that_the_file_holds()
    {
        using var reader = new CamtReader(new BrokenStream());

        Assert.Throws<IOException>(() => reader.Read());
    }

    sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("The disk is gone.");
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("The disk is gone.");
    }
}
