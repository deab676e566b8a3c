using System.Globalization;
using System.Text;
using MrAgreement.Formats.Ledgers;

namespace MrAgreement.Formats.Tests.Ledgers;

public class SieBytesTests
{
    static readonly Encoding windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    static readonly Encoding dos = CodePagesEncodingProvider.Instance.GetEncoding(437)!;

    const string Heading = "#FLAGGA 0\n#SIETYP 4\n";

    [Fact]
    public void A_byte_order_mark_says_utf_8()
    {
        var reader = SieText.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes($"{Heading}#FNAMN \"Vård\"\n")]).Reader;

        Assert.Equal(("utf-8", "Vård"), (reader.CharacterSet.Name, reader.Heading.CompanyName));
        Assert.Empty(reader.Errors);
    }

    [Theory]
    [InlineData("Likvärdig vård", 437, "cp437")]
    [InlineData("Likvärdig vård", 28591, "latin-1")]
    [InlineData("Likvärdig vård", 65001, "utf-8")]
    [InlineData("Café", 437, "cp437")]
    [InlineData("plain", 28591, "cp437")]
    [InlineData("å", 28591, "latin-1")]
    public void The_character_set_is_guessed_from_the_letters(string name, int codePage, string encoding)
    {
        var reader = SieText.Read((CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage)).GetBytes($"{Heading}#FNAMN \"{name}\"")).Reader;

        Assert.Equal((encoding, name), (reader.CharacterSet.Name, reader.Heading.CompanyName));
    }

    [Theory]
    [InlineData("VÅRD", "“MR” “stöd” “plan”")]
    [InlineData("VÅRD", "”MR” ”plan” ”mål” ”väg”")]
    [InlineData("VÅRD", "„MR” – ‘plan’ … ™")]
    [InlineData("plain", "“MR” and “plan”")]
    public void Curly_quotes_and_dashes_are_windows_1252_and_no_letters_of_dos(string code, string name)
    {
        var reader = SieText.Read(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes($"{Heading}#OBJEKT 6 \"{code}\" \"{name}\"")).Reader;

        Assert.Equal("windows-1252", reader.CharacterSet.Name);
        Assert.Equal((code, name), reader.Accounts.Objects.Select(it => (it.Key.Code, it.Value)).Single());
    }

    [Theory]
    [InlineData("öl, miljö och ö")]
    [InlineData("Övrigt")]
    [InlineData("─────┼───── Löner ─────")]
    [InlineData("╔══════╗ Löner ║ ÷ █▄")]
    [InlineData("ÅÄÖ")]
    public void Letters_of_dos_stay_so_at_the_beginning_and_end_of_words(string name)
    {
        var reader = SieText.Read(CodePagesEncodingProvider.Instance.GetEncoding(437)!.GetBytes($"{Heading}#FNAMN \"{name}\"")).Reader;

        Assert.Equal(("cp437", name), (reader.CharacterSet.Name, reader.Heading.CompanyName));
    }

    [Theory]
    [InlineData("Šarić-Škoda")]
    [InlineData("Dušan")]
    [InlineData("Milošević")]
    [InlineData("Žarko")]
    [InlineData("Božidar Žižek")]
    [InlineData("BOŽIDAR TOMAŠ")]
    [InlineData("Žaneta och Aleš")]
    [InlineData("Café Sørensen")]
    [InlineData("Résumé")]
    [InlineData("Müller")]
    public void Names_from_elsewhere_are_letters_of_windows(string name)
    {
        var written = new string([.. name.Where(c => c != 'ć')]);
        var reader = SieText.Read(windows.GetBytes($"{Heading}#FNAMN \"{written}\"")).Reader;

        Assert.Equal(written, reader.Heading.CompanyName);
    }

    [Theory]
    [InlineData("Müller")]
    [InlineData("Ünal")]
    [InlineData("MÜLLER")]
    [InlineData("René")]
    [InlineData("Molière")]
    [InlineData("Ängel")]
    [InlineData("HÄST och KNÄ")]
    [InlineData("Ärla 100 m²")]
    public void And_those_that_dos_has_are_letters_of_dos(string name)
    {
        var reader = SieText.Read(dos.GetBytes($"{Heading}#FNAMN \"{name}\"")).Reader;

        Assert.Equal(("cp437", name), (reader.CharacterSet.Name, reader.Heading.CompanyName));
    }

    [Fact]
    public void Swedish_text_with_names_in_it_reads_as_it_was_written_in_either_set()
    {
        string[] swedish = ["Löner", "vård", "öl", "å", "Övrigt", "Åre", "Ängelholm", "miljö", "plan", "SKÖVDE", "VÄXJÖ", "mål", "på", "café", "idé", "Lokalhyra", "KNÄ", "”stöd”"];
        string[] both = ["Müller", "René", "Ünal", "Höök", "Molière", "Zoë"];
        string[] windowsOnly = ["Šarić", "Dušan", "Žarko", "Božidar", "Aleš", "TOMAŠ", "ŽELJKO", "Škoda", "Sørensen", "Gonçalves", "Íris"];
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var isDos = random.Next(2) == 0;
            var words = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(3) == 0 ? Of(both) : random.Next(3) == 0 && !isDos ? Of(windowsOnly) : Of(swedish));
            var text = string.Join(' ', words).Replace("ć", "c", StringComparison.Ordinal);
            if (isDos)
                text = text.Replace('”', '\'');

            var read = SieText.Read((isDos ? dos : windows).GetBytes($"{Heading}#FNAMN \"{text}\"")).Reader.Heading.CompanyName;

            Assert.True(text == read, $"{seed} {(isDos ? "DOS" : "Windows")}: {text} was read as {read}.");

            string Of(string[] some) => some[random.Next(some.Length)];
        }
    }

    [Fact]
    public void A_letter_may_lie_across_the_parts_that_a_file_is_read_in()
    {
        for (var shift = 0; shift < 8; shift++)
        {
            var text = $"{Heading}#FNAMN \"Vård\"\n{new string('\n', shift)}{string.Concat(Enumerable.Repeat("#PROSA \"åäö€😀\"\n", 20_000))}";

            Assert.Equal("utf-8", SieText.Read(Encoding.UTF8.GetBytes(text)).Reader.CharacterSet.Name);
        }
    }

    [Fact]
    public void Letters_already_lost_are_told()
    {
        var reader = SieText.Read(Encoding.UTF8.GetBytes($"{Heading}#FNAMN \"V\uFFFDrd\"\n")).Reader;

        Assert.Equal(["ledger-encoding-guessed", "ledger-characters-lost"], reader.Warnings.Select(it => it.Rule));
    }

    [Fact]
    public void A_checksum_of_text_turned_into_another_character_set_can_not_be_checked()
    {
        var text = Encoding.UTF8.GetBytes(CodePagesEncodingProvider.Instance.GetEncoding(437)!.GetString(SieText.File("whole.se")));
        var reader = SieText.Read(text).Reader;

        Assert.Empty(reader.Errors);
        Assert.Equal(SieChecksumState.Unchecked, reader.Checksum);
        Assert.Equal(["1 ledger-encoding-guessed encoding=utf-8", "64 ledger-checksum-unchecked"], reader.Warnings.Select(SieText.Said));
    }

    [Theory]
    [InlineData("#KSUMMA 2136765402", "#KSUMMA 2136765403")]
    [InlineData("#KSUMMA 2136765402", "#KSUMMA 02136765402x")]
    [InlineData("#KSUMMA 2136765402", "#KSUMMA 2136765402\r\n#VER A 5 20150203\r\n{\r\n}")]
    [InlineData("#TRANS 1930 {} 4000000.00", "#TRANS 1931 {} 4000000.00")]
    [InlineData("#XOKAND", "#XOKAENT")]
    public void A_wrong_checksum_is_refused(string said, string otherwise)
    {
        var file = Encoding.Latin1.GetString(SieText.File("whole.se")).Replace(said, otherwise, StringComparison.Ordinal);

        Assert.Equal("ledger-checksum-wrong", SieText.Error(Encoding.Latin1.GetBytes(file)).Rule);
    }

    [Fact]
    public void Blanks_quotes_and_ends_of_lines_do_not_count_in_the_checksum()
    {
        var file = Encoding.Latin1.GetString(SieText.File("whole.se"))
            .Replace("\r\n", "\n", StringComparison.Ordinal).Replace("   #TRANS 1930 {} ", "#TRANS\t\"1930\"  { }\t", StringComparison.Ordinal);

        Assert.Equal(SieChecksumState.Verified, SieText.Read(Encoding.Latin1.GetBytes(file)).Reader.Checksum);
    }

    [Theory]
    [InlineData("\x1A")]
    [InlineData("\r\n\x1A")]
    [InlineData("\r\n\x1A\r\n")]
    public void The_end_may_be_marked_as_in_dos(string end) =>
        Assert.Single(SieText.Vouchers(Encoding.ASCII.GetBytes($"{Heading}#VER A 1 20150203\r\n{{\r\n}}{end}")));

    [Fact]
    public void A_line_past_all_reason_is_refused_and_the_next_is_read()
    {
        var file = SieText.Lines("#PROSA " + new string('x', 200_000), "#FNAMN Exempel");

        Assert.Equal("4 ledger-line-too-long most=65536", SieText.Error(file).Said());
        Assert.Equal("Exempel", SieText.Read(file).Reader.Heading.CompanyName);
        Assert.Equal("4 ledger-line-too-long most=65536", SieText.Error(SieText.Lines("#PROSA " + new string('x', 65_530))).Said());
        Assert.Empty(SieText.Read(SieText.Lines("#PROSA " + new string('x', 65_528))).Reader.Errors);
    }

    [Fact]
    public void A_hundred_faults_are_kept_and_all_are_counted()
    {
        var errors = SieText.Read(SieText.Rows([.. Enumerable.Repeat("FEL {} 1", 250)])).Reader.Errors;

        Assert.Equal((100, 250), (errors.Count, errors.Total));
    }

    [Fact]
    public void A_voucher_of_more_rows_than_there_is_room_for_is_refused() =>
        Assert.Equal("4 ledger-voucher-too-long series=A number=7 most=65536", SieText.Error(SieText.Rows([.. Enumerable.Repeat("5010 {} 0", 70_000)])).Said());

    [Fact]
    public void More_declarations_than_there_is_room_for_are_refused()
    {
        var reader = SieText.Read(SieText.Lines([.. Enumerable.Range(0, 400_000).Select(n => string.Create(CultureInfo.InvariantCulture, $"#OBJEKT 6 {n} x"))])).Reader;

        Assert.Equal("ledger-too-much-declared most=32", Assert.Single(reader.Errors).Said().Split(' ', 2)[1]);
        Assert.InRange(reader.Accounts.Objects.Count, 200_000, 350_000);
    }

    [Fact]
    public void Reading_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => SieText.Reader(SieText.File("whole.se")).Read(new CancellationToken(canceled: true)));

    [Fact]
    public void A_stream_is_read_from_where_it_stands()
    {
        var file = new MemoryStream([1, 2, 3, .. SieText.File("whole.se")]) { Position = 3 };
        var reader = SieReader.Open(file, cancellation: TestContext.Current.CancellationToken);

        Assert.NotNull(reader.Read(TestContext.Current.CancellationToken));
        Assert.Equal(file.Length - 3, reader.Length);
    }
}
