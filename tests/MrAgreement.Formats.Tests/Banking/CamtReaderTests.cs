using MrAgreement.Banking;
using MrAgreement.Formats.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Formats.Tests.Banking;

public class CamtReaderTests
{
    [Theory]
    [InlineData("camt.053.001.02.xml", 2)]
    [InlineData("camt.053.001.08.xml", 8)]
    public void A_statement_tells_the_same_in_the_old_version_and_the_new(string name, int version)
    {
        var file = BankFile.Named(name).Read().Accepted();

        Assert.Equal(new(CamtKind.Statement, version, $"SYN-053-0{version}", Instant.FromUtc(2016, 4, 1, 3, 0)), file.Reader.Message);
        Assert.Equal(
            new CamtStatement("SYN-STMT-1", new("BBAN", "12345678901"), "SEK", new(2015, 2, 1), new(2016, 3, 31), Kronor.Zero, Kronor.Parse("4937550.5")),
            Assert.Single(file.Reader.Statements));
        Assert.Equal(new(3, 0, 4), file.Reader.Counts);
        Assert.Empty(file.Reader.Warnings);

        Assert.Equal(["4000000", "1000000.5", "250000", "312450"], file.Transactions.Select(t => t.Amount.ToString()));
        Assert.Equal([1, 2, 3, 4], file.Transactions.Select(t => t.Number));
        Assert.Equal([1, 2, 2, 3], file.Transactions.Select(t => t.Entry));
        Assert.Equal(["STOIIQ0I0000000001", "STOIIQ0I0000000002", "STOIIQ0I0000000003", "STOESI0000000004"], file.Transactions.Select(t => t.BankReference));

        var grant = file.Transactions[0];
        Assert.Equal((PaymentDirection.In, new LocalDate(2015, 2, 3), false), (grant.Direction, grant.BookedOn, grant.IsReversal));
        Assert.Equal("EXEMPELKOLLEGIET Utbetalning SCR", grant.Counterpart.Name);
        Assert.Equal(["A2014/2289/DISK"], grant.References);
        Assert.Equal(["Dnr S2013/8812/FST rekvisition 2"], file.Transactions[1].Texts);

        var repaid = file.Transactions[3];
        Assert.Equal((PaymentDirection.Out, "REPAY-A2014-2289-DISK-1"), (repaid.Direction, repaid.EndToEndId));
        Assert.Equal(new Counterpart("EXEMPELKOLLEGIET", new("BGNR", "9000100")), repaid.Counterpart);
        Assert.Equal(["1234567897"], repaid.PaymentReferences);
    }

    [Fact]
    public void An_advice_has_no_balances_and_tells_of_the_same_transaction_as_the_statement()
    {
        var advice = BankFile.Named("camt.054.001.02.xml").Read().Accepted();
        var statement = BankFile.Named("camt.053.001.08.xml").Read();

        Assert.Equal(CamtKind.Advice, advice.Reader.Message!.Kind);
        Assert.Equal((null, null), (advice.Reader.Statements[0].Opening, advice.Reader.Statements[0].Closing));
        var (told, also) = (Assert.Single(advice.Transactions), statement.Transactions[0]);
        Assert.Equal((also.BankReference, also.EntryReference, also.Amount, also.Account, also.OwnAccount), (told.BankReference, told.EntryReference, told.Amount, told.Account, told.OwnAccount));
        Assert.Equal((new BankAccount("BGNR", "9000001"), true, false, 1), (told.OwnAccount!.Value, told.IsAdvice, also.IsAdvice, told.Part));
        Assert.Equal(("A2014/2289/DISK", "A2014/2289/DISK"), (Assert.Single(told.Documents), told.InstructionId));
    }

    [Theory]
    [InlineData("camt.053.001.02.xml", "053.001.02", "053.001.03")]
    [InlineData("camt.053.001.02.xml", "053.001.02", "053.001.04")]
    [InlineData("camt.053.001.08.xml", "053.001.08", "053.001.06")]
    [InlineData("camt.054.001.02.xml", "054.001.02", "054.001.05")]
    [InlineData("camt.054.001.02.xml", "054.001.02", "054.001.08")]
    public void The_versions_between_are_read_too(string name, string version, string other) =>
        Assert.NotEmpty(BankFile.Named(name).Replace(version, other).Read().Accepted().Transactions);

    [Fact]
    public void Names_may_have_a_prefix() =>
        Assert.Equal("100", BankFile.With(BankFile.Entry()).Replace("<", "<c:").Replace("<c:/", "</c:").Replace("<c:?", "<?").Replace("xmlns=", "xmlns:c=").Read().Only.Amount.ToString());

    [Fact]
    public void An_entry_without_transactions_is_one_itself()
    {
        var it = BankFile.With(BankFile.Entry(inside: "<AddtlNtryInf>Dnr A2014/2289 &amp; mer</AddtlNtryInf>")).Read().Only;

        Assert.Equal((true, "B1", "B1", 4), (it.IsWholeEntry, it.BankReference, it.EntryReference, it.Line));
        Assert.Equal(["Dnr A2014/2289 & mer"], it.Texts);
        Assert.Equal(new("IBAN", "SE3550000000054910000003"), it.Account);
    }

    [Theory]
    [InlineData("<BookgDt><Dt>2015-02-03</Dt></BookgDt>")]
    [InlineData("<BookgDt><Dt>2015-02-03+01:00</Dt></BookgDt>")]
    [InlineData("<BookgDt><DtTm>2015-02-03T00:30:00</DtTm></BookgDt>")]
    [InlineData("<BookgDt><DtTm>2015-02-03T00:30:00.123+01:00</DtTm></BookgDt>")]
    [InlineData("<BookgDt><DtTm>2015-02-02T23:30:00Z</DtTm></BookgDt>")]
    [InlineData("<BookgDt><DtTm>2015-02-03T00:30:00+02:00</DtTm></BookgDt>")]
    [InlineData("<ValDt><Dt>2015-02-03</Dt></ValDt>")]
    public void The_booking_date_is_a_day_in_Stockholm_however_it_is_written(string day) =>
        Assert.Equal(new(2015, 2, 3), BankFile.With(BankFile.Entry(day: day)).Read().Only.BookedOn);

    [Theory]
    [InlineData("25000", "25000")]
    [InlineData("25000.5", "25000.5")]
    [InlineData("25000.000", "25000")]
    [InlineData("25000.12000", "25000.12")]
    [InlineData("\n 25000.00 ", "25000")]
    public void Kronor_may_have_zeros_after_the_öre(string written, string amount) =>
        Assert.Equal(amount, BankFile.With(BankFile.Entry(written)).Read().Only.Amount.ToString());

    [Fact]
    public void A_foreign_amount_is_kept_as_written()
    {
        var it = BankFile.With(BankFile.Entry("8.855", "EUR")).Read().Only;

        Assert.Equal((null, "EUR", "8.855"), (it.Amount, it.Currency, it.AmountText));
    }

    [Theory]
    [InlineData("<Sts>PDNG</Sts>")]
    [InlineData("<Sts><Cd>INFO</Cd></Sts>")]
    [InlineData("<Sts><Prtry>BOOK-ISH</Prtry></Sts>")]
    public void What_is_not_booked_is_left_out_and_counted(string status)
    {
        var file = BankFile.With(BankFile.Entry(status: status, inside: BankFile.Details(BankFile.Amount("1,5"))) + BankFile.Entry()).Read();

        Assert.Equal(2, file.Only.Entry);
        Assert.Equal(new(2, 1, 1), file.Reader.Counts);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("false", false)]
    public void A_reversal_of_a_payment_in_goes_out_and_is_still_the_payers(string mark, bool isReversal)
    {
        var it = BankFile.With(BankFile.Entry(mark: "DBIT", status: $"<RvslInd>{mark}</RvslInd><Sts>BOOK</Sts>",
            inside: BankFile.Details("<RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><Cdtr><Nm>Recipient</Nm></Cdtr></RltdPties>"))).Read().Only;

        Assert.Equal((isReversal, PaymentDirection.Out, isReversal ? "Payer" : "Recipient"), (it.IsReversal, it.Direction, it.Counterpart.Name));
    }

    [Fact]
    public void Everything_that_a_payer_can_write_in_is_read()
    {
        var it = BankFile.With(BankFile.Entry(inside: BankFile.Details(
            """
            <Refs><InstrId>I1</InstrId><EndToEndId>NOTPROVIDED</EndToEndId><TxId>T1</TxId></Refs><RltdPties><UltmtDbtr><Nm>For whom</Nm></UltmtDbtr></RltdPties>
            <RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd>
            <Strd><RfrdDocInf><Nb>N1</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt Ccy="SEK">60</RmtdAmt></RfrdDocAmt></Strd>
            <Strd><RfrdDocAmt><RmtdAmt Ccy="SEK">40</RmtdAmt></RfrdDocAmt><CdtrRefInf><Ref>1234567897</Ref></CdtrRefInf><AddtlRmtInf>three</AddtlRmtInf></Strd></RmtInf>
            """))).Read().Only;

        Assert.Equal(["I1", "T1", "N1"], it.References);
        Assert.Equal(["1234567897"], it.PaymentReferences);
        Assert.Equal(["one", "two", "three"], it.Texts);
        Assert.Equal([new("N1", false, Kronor.Of(60)), new("1234567897", true, Kronor.Of(40))], it.Parts);
        Assert.Equal((null, "For whom", "B1"), (it.EndToEndId, it.Counterpart.Name, it.BankReference));
    }

    [Fact]
    public void Text_of_any_length_is_cut() =>
        Assert.Equal(600, Assert.Single(BankFile.With(BankFile.Entry(inside: $"<AddtlNtryInf>{new string('å', 300_000)}</AddtlNtryInf>")).Read().Only.Texts).Length);

    [Theory]
    [InlineData("<CreDtTm>2015-02-04T04:00:00</CreDtTm></GrpHdr>", "2015-02-04")]
    [InlineData("<CreDtTm>2015-02-04T04:00:00</CreDtTm></GrpHdr>\n<Stmt><CreDtTm>2015-02-04T23:30:00Z</CreDtTm>", "2015-02-05")]
    [InlineData("<CreDtTm>2015-02-04T04:00:00</CreDtTm></GrpHdr>", "2015-02-04", "<BookgDt/>")]
    public void An_entry_without_a_day_has_that_of_the_file_and_waits_for_a_person_while_the_rest_is_read(string head, string day, string own = "")
    {
        var file = BankFile.With(BankFile.Entry(day: own) + BankFile.Entry(day: "<ValDt><Dt>2015-02-03</Dt></ValDt>"));
        if (head.Contains("<Stmt>", StringComparison.Ordinal))
            file = file.Replace("</GrpHdr>\n<Stmt>", head[head.IndexOf("</GrpHdr>", StringComparison.Ordinal)..]);
        var read = file.Read().Accepted();

        Assert.Equal([(day, true, "day-missing"), ("2015-02-03", false, null)], read.Transactions.Select(t => (t.BookedOn.ToString("uuuu-MM-dd", null), t.IsDayOfFile, t.Doubt)));
        Assert.Equal(["day-missing"], read.Reader.Warnings.Select(w => w.Rule));
    }
}
