using System.Diagnostics;
using System.Xml;
using MrAgreement.Banking;
using MrAgreement.Documents;
using MrAgreement.Formats.Banking;
using MrAgreement.Grants;
using MrAgreement.Money;

namespace MrAgreement.Benchmarks;

/// <summary>A hundred thousand transactions read from a statement, matched with ten thousand requisitions, and told again by a second file.</summary>
sealed record BankFiles() : Benchmark("bank", TimeSpan.FromMinutes(3))
{
    const int Transactions = 100_000;
    const int Requisitions = 10_000;
    const int Fewer = 10;
    const int Bundle = 10;
    const int Turns = 9;

    static readonly LocalDate day = new(2015, 2, 3);
    static readonly BankAccount account = new("BBAN", "12345678901");
    static readonly Counterpart payer = new("Kammarkollegiet", null);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        var (many, manyExpected) = (Some(Transactions), Expected(Requisitions));
        var (few, fewExpected) = (Some(Transactions / Fewer), Expected(Requisitions / Fewer));
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "camt.053.xml");
        Write(file);

        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(1, () => Task.FromResult(Whole(Matching.Of(many, manyExpected), Requisitions)), bound),
            () => Rounds.Milliseconds(Fewer, () => Task.FromResult(Whole(Matching.Of(few, fewExpected), Requisitions / Fewer)), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Recognised(many)), bound),
            () => Rounds.Milliseconds(Fewer, () => Task.FromResult(Recognised(few)), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Read(file)), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Bare(file)), bound)
        ];
        await Rounds.InTurn(2, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var matched, var matchedFew, var recognised, var recognisedFew, var read, var bare])
            throw new UnreachableException();
        var size = new FileInfo(file).Length / 1_000_000;
        return
        [
            new($"bank: {Transactions:N0} matched with {Requisitions:N0}, time by {Transactions / Fewer:N0} with {Requisitions / Fewer:N0}", "", Rounds.Ratio(matched, matchedFew), new(1.5 * Fewer, AtMost: true),
                $"{Rounds.Median(matched):0} ms by {Rounds.Median(matchedFew):0.0} ms"),
            new($"bank: {Transactions:N0} told again by a second file, time by {Transactions / Fewer:N0}", "", Rounds.Ratio(recognised, recognisedFew), new(1.5 * Fewer, AtMost: true),
                $"{Rounds.Median(recognised):0} ms by {Rounds.Median(recognisedFew):0.0} ms"),
            new($"bank: a statement of {Transactions:N0} read, time by a bare XML reader's", "", Rounds.Ratio(read, bare), new(3, AtMost: true), $"{Rounds.Median(read):0} ms by {Rounds.Median(bare):0} ms, {size} MB"),
            new("bank: live objects while reading", " MB", [Peak(file)], null, "")
        ];
    }

    // A tenth names a requisition and its amount; the rest part amounts, payers only, numbers of others, and nothing.
    static List<BankTransaction> Some(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new BankTransaction
        {
            Number = i + 1, Line = i + 1, Entry = i / Bundle, Account = account, BankReference = $"STOI{i}", EntryReference = $"E{i / Bundle}", BookedOn = day.PlusDays(i % 20),
            Direction = PaymentDirection.In, Amount = Amount(i / 10 + (i % 10 == 1 ? 7 : 0)), Currency = "SEK", AmountText = "", Counterpart = payer,
            References = [i % 10 < 2 ? $"A2014/{i / 10}/DISK" : $"Faktura {i}"], Texts = [i % 10 == 2 ? $"Dnr S2013/{i % 90_000}/FST" : "Bidrag enligt beslut"]
        })
    ];

    static Expectations Expected(int count) => new()
    {
        Requisitions = [.. Enumerable.Range(0, count).Select(i => new ExpectedRequisition(new(new Guid(i, 0, 0, new byte[8])), 1, DiaryNumber.Parse($"A2014/{i}/DISK"), Amount(i), $"R{i}", payer, day))]
    };

    static Kronor Amount(int i) => Kronor.FromÖre(1_000_00 + 13 * i);

    static int Whole(IReadOnlyList<MatchedTransaction> results, int expected) =>
        results.Count(r => r.Outcome is Matched) is var matched && matched == expected ? matched : throw new InvalidOperationException($"{matched} were matched, not {expected}.");

    static int Recognised(IReadOnlyList<BankTransaction> told)
    {
        var (first, second) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        var (known, _) = new Tellings([], [new(first, told), new(second, told)]).Brought(second);
        return known.Sum(k => k.Counted()) is var count && count == told.Count ? count : throw new InvalidOperationException($"{count} were recognised, not {told.Count}.");
    }

    static int Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new CamtReader(stream);
        var count = 0;
        while (reader.Read())
            count++;
        return !reader.IsRefused && reader.Warnings.Total == 0 && count == Transactions ? count : throw new InvalidOperationException($"{count} were read, not {Transactions}.");
    }

    static double Peak(string file)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = before;
        using var stream = File.OpenRead(file);
        using var reader = new CamtReader(stream);
        for (var count = 1; reader.Read(); count++)
        {
            if (count % (Transactions / 10) == 0)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }
        return (peak - before) / 1e6;
    }

    static int Bare(string file)
    {
        using var xml = XmlReader.Create(file);
        var length = 0;
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Text)
                length += xml.Value.Length;
        }
        return length;
    }

    static void Write(string file)
    {
        using var to = new StreamWriter(file);
        var sum = Enumerable.Range(0, Transactions).Select(Amount).Sum();
        to.WriteLine("""
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2015-02-04T04:00:00+01:00</CreDtTm></GrpHdr>
            <Stmt><Id>S1</Id><Acct><Id><Othr><Id>12345678901</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr></Id><Ccy>SEK</Ccy></Acct>
            """);
        to.WriteLine(Balance("OPBD", Kronor.Zero) + Balance("CLBD", sum));
        for (var entry = 0; entry < Transactions / Bundle; entry++)
        {
            var its = Enumerable.Range(entry * Bundle, Bundle).ToList();
            to.WriteLine($"""
                <Ntry><NtryRef>BG09000001 {entry}</NtryRef><Amt Ccy="SEK">{its.Select(Amount).Sum()}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2015-02-03</Dt></BookgDt><ValDt><Dt>2015-02-03</Dt></ValDt>
                <AcctSvcrRef>E{entry}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ATXN</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>
                """);
            foreach (var i in its)
            {
                to.WriteLine($"""
                    <TxDtls><Refs><AcctSvcrRef>STOI{i}</AcctSvcrRef><InstrId>A2014/{i}/DISK</InstrId></Refs><AmtDtls><TxAmt><Amt Ccy="SEK">{Amount(i)}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>KAMMARKOLLEGIET Utbetalning SCR</Nm></Dbtr>
                    <CdtrAcct><Id><Othr><Id>9000001</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties><RmtInf><Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>A2014/{i}/DISK</Nb></RfrdDocInf>
                    <RfrdDocAmt><RmtdAmt Ccy="SEK">{Amount(i)}</RmtdAmt></RfrdDocAmt></Strd></RmtInf></TxDtls>
                    """);
            }
            to.WriteLine("</NtryDtls></Ntry>");
        }
        to.WriteLine("</Stmt></BkToCstmrStmt></Document>");
    }

    static string Balance(string code, Kronor amount) =>
        $"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2015-02-03</Dt></Dt></Bal>""";
}
