using MrAgreement.Formats.Ledgers;
using MrAgreement.Ledgers;
using MrAgreement.Money;

namespace MrAgreement.Formats.Tests.Ledgers;

/// <summary>The whole example file, its like in other character sets, and its broken kin.</summary>
public class SieFilesTests
{
    [Theory]
    [InlineData("whole.se", "cp437", SieChecksumState.Verified, null)]
    [InlineData("utf-8.se", "utf-8", SieChecksumState.Absent, "1 ledger-encoding-guessed encoding=utf-8")]
    [InlineData("latin-1.se", "latin-1", SieChecksumState.Absent, "1 ledger-encoding-guessed encoding=latin-1")]
    public void The_same_books_are_read_whatever_the_character_set(string name, string encoding, SieChecksumState checksum, string? warning)
    {
        var file = SieText.File(name);
        var (vouchers, reader) = SieText.Read(file);

        Assert.Empty(reader.Errors);
        Assert.Equal(warning is null ? [] : [warning], reader.Warnings.Select(SieText.Said));
        Assert.Equal((encoding, checksum), (reader.CharacterSet.Name, reader.Checksum));
        Assert.Equal((5, 12, 1, 1, 1), (reader.Vouchers, reader.Rows, reader.StruckRows, reader.AddedRows, reader.UnknownRecords));
        Assert.Equal((file.Length, file.Length), (reader.Position, reader.Length));
        Assert.Equal(Kronor.Parse("3687550"), Spend(vouchers, "P 2289"));
        Assert.Equal(Kronor.Parse("62500"), Spend(vouchers, "8812"));
        Assert.Equal("Periodisering ej förbrukat bidrag", vouchers[^1].Text);
    }

    [Fact]
    public void The_heading_says_whose_books_they_are()
    {
        var heading = SieText.Read(SieText.File("whole.se")).Reader.Heading;

        Assert.Equal((4, false, "Exempel Ekonomi 1.0"), (heading.Type, heading.IsImported, heading.Program));
        Assert.Equal("Exempelförbundet kommuner och regioner", heading.CompanyName);
        Assert.Equal(("555555-5555", "555555-5555"), (heading.OrganisationNumberText, heading.OrganisationNumber.ToString()));
        Assert.Equal(("SEK", "EUBAS97"), (heading.Currency, heading.ChartOfAccounts));
        Assert.Equal(
            [new(0, new(new(2015, 1, 1), new(2015, 12, 31))), new(-1, new(new(2014, 1, 1), new(2014, 12, 31)))],
            heading.Years);
    }

    [Fact]
    public void Accounts_dimensions_objects_and_balances_are_told()
    {
        var reader = SieText.Read(SieText.File("whole.se")).Reader;

        Assert.Equal(new SieAccount("2890", "Ej förbrukade bidrag", null), reader.Accounts.Accounts["2890"]);
        Assert.Equal(8, reader.Accounts.Accounts.Count);
        Assert.Equal(new SieDimension(6, "Projekt", null), reader.Accounts.Dimensions[6]);
        Assert.Equal("Likvärdig vård \"2015\"", reader.Accounts.Objects[new(6, "P 2289")]);
        Assert.Contains(reader.Balances.Closing, it => it is { Year: 0, Account: "2890", Objects: [], Amount.Öre: -312_450_00 });
        Assert.Contains(reader.Balances.Results, it => it is { Year: 0, Account: "7010", Amount.Öre: 3_368_105_18 });
    }

    [Fact]
    public void A_voucher_has_its_rows_with_their_objects_and_days()
    {
        var voucher = SieText.Vouchers(SieText.File("whole.se"))[2];

        Assert.Equal(("LEV1", "1", "Konsult utvärdering"), (voucher.Series, voucher.Number, voucher.Text));
        Assert.Equal((new LocalDate(2015, 6, 12), 45), (voucher.Date, voucher.Line));
        Assert.Equal(["6550", "6550", "1930"], voucher.Rows.Select(row => row.Account));
        Assert.Equal([new(6, "P 2289"), new(1, "10")], voucher.Rows[0].Objects);
        Assert.Equal([new(1, "10"), new(6, "8812")], voucher.Rows[1].Objects);
        Assert.Empty(voucher.Rows[2].Objects);
        Assert.Equal([187_500_00, 62_500_00, -250_000_00], voucher.Rows.Select(row => row.Amount.Öre));
    }

    [Theory]
    [InlineData("unbalanced.se", "38 ledger-voucher-unbalanced series=A number=2 difference=0.01")]
    [InlineData("truncated.se", "63 ledger-truncated")]
    public void A_broken_file_is_refused_for_its_own_reason(string name, string error) =>
        Assert.Equal(error, SieText.Error(SieText.File(name)).Said());

    [Fact]
    public void A_voucher_that_something_is_wrong_with_is_not_given()
    {
        var vouchers = SieText.Read(SieText.File("unbalanced.se")).Vouchers;

        Assert.Equal(["A 1", "LEV1 1", "A 3", "A 4"], vouchers.Select(it => $"{it.Series} {it.Number}"));
    }

    [Fact]
    public void A_file_cut_off_anywhere_before_its_checksum_is_refused()
    {
        var file = SieText.File("whole.se");
        var last = file.AsSpan().LastIndexOf("#KSUMMA"u8);

        for (var length = 0; length <= last; length++)
            Assert.NotEmpty(SieText.Read(file[..length]).Reader.Errors);
    }

    [Fact]
    public void No_byte_of_what_the_checksum_covers_can_change_unnoticed()
    {
        var file = SieText.File("whole.se");
        var (first, last) = (file.AsSpan().IndexOf("#FORMAT"u8), file.AsSpan().LastIndexOf("#KSUMMA"u8));

        for (var i = first; i < last; i++)
        {
            // Blanks and ends of lines are not covered.
            if (file[i] is (byte)' ' or (byte)'\r' or (byte)'\n')
                continue;
            var changed = (byte[])file.Clone();
            changed[i] = changed[i] == (byte)'7' ? (byte)'8' : (byte)'7';
            var reader = SieText.Read(changed).Reader;
            Assert.True(reader.Errors.Count > 0 || reader.Checksum == SieChecksumState.Unchecked, $"Byte {i} was changed.");
        }
    }

    static Kronor Spend(IEnumerable<Voucher> vouchers, string project) => vouchers
        .SelectMany(it => it.Rows)
        .Where(row => string.CompareOrdinal(row.Account, "4000") >= 0 && string.CompareOrdinal(row.Account, "8000") < 0)
        .Where(row => row.Objects.Contains(new(6, project)))
        .Sum(row => row.Amount);
}
