using System.Globalization;
using System.Text;
using MrAgreement.Banking;

namespace MrAgreement.Formats.Tests.Banking;

/// <summary>Files broken at random: the reader answers with faults, never with an exception.</summary>
public class CamtFuzzTests
{
    // A million, another seed or one that failed before come in with the environment.
    static readonly int rounds = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_FUZZ_ROUNDS") ?? "10000", CultureInfo.InvariantCulture);
    static readonly int seed = int.Parse(Environment.GetEnvironmentVariable("MRAGREEMENT_SEED") ?? "20150203", CultureInfo.InvariantCulture);

    static readonly string[] pieces =
    [
        "<", ">", "</", "/>", "&", "&#0;", "&#x10FFFF;", "]]>", "<![CDATA[", "<!--", "<?x?>", "<!DOCTYPE x>", "\0", "\uFFFF", "1e9", "-1", "99999999999999999999", "0.001", "EUR", "CRDT", "DBIT",
        "<RvslInd>true</RvslInd>", "<Dt>", "9999-12-31", "0000-00-00", "2015-02-03T24:00:00Z", "<TxDtls>", "</TxDtls>", "<Ntry>", "</Ntry>", "<Amt Ccy=\"SEK\">", "</Amt>", "<Sts>", "</Sts>", "<x xmlns=\"\"/>",
        " xml:space=\"preserve\"", "encoding=\"UTF-7\"", "encoding=\"utf-16\"", "encoding=\"x\"", "version=\"1.1\""
    ];

    static readonly byte[][] files = [.. ((string[])["camt.053.001.02.xml", "camt.053.001.08.xml", "camt.054.001.02.xml"]).Select(name => Encoding.UTF8.GetBytes(BankFile.Named(name).Text))];

    [Fact]
    public void A_file_broken_at_random_is_read_or_refused_and_never_throws()
    {
        var refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(seed + round);
            try
            {
                var file = Reading.Of(Broken(files[random.Next(files.Length)], random));
                Matching.Of(file.Transactions, new());
                if (file.Reader.IsRefused)
                    refused++;
                Assert.All(file.Reader.Errors.Concat(file.Reader.Warnings), fault => Assert.True(fault.Line > 0 && fault.Rule.Length > 0));
                Assert.All(file.Transactions, it => Assert.False(it.Amount is { IsNegative: true }));
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"Repeat it with MRAGREEMENT_SEED={seed + round} MRAGREEMENT_FUZZ_ROUNDS=1: {failed.Message}", failed);
            }
        }
        // Mutations that never hurt, or always do, would find nothing.
        if (rounds >= 1000)
            Assert.InRange(refused, rounds / 5, rounds * 19 / 20);
    }

    static byte[] Broken(byte[] file, Random random)
    {
        var bytes = new List<byte>(file);
        for (var times = random.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 200), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveRange(at, random.Next(1, Math.Min(10, length) + 1)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)])); break;
                case 4: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); break;
                case 5: Digit(bytes, at, random); break;
                default: Word(bytes, at, random); break;
            }
        }
        return [.. bytes];
    }

    // Still XML, but another number: what must be checked is the content.
    static void Digit(List<byte> bytes, int at, Random random)
    {
        var found = bytes.FindIndex(at, b => b is >= (byte)'0' and <= (byte)'9');
        if (found >= 0)
            bytes[found] = (byte)"0123456789.,-+e "[random.Next(16)];
    }

    // A whole text between two tags is replaced.
    static void Word(List<byte> bytes, int at, Random random)
    {
        var start = bytes.IndexOf((byte)'>', at);
        var end = start < 0 ? -1 : bytes.IndexOf((byte)'<', start);
        if (end <= start + 1)
            return;
        bytes.RemoveRange(start + 1, end - start - 1);
        bytes.InsertRange(start + 1, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)]));
    }
}
