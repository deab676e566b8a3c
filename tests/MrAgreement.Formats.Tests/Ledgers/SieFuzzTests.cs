using System.Globalization;
using System.Text;

namespace MrAgreement.Formats.Tests.Ledgers;

/// <summary>Files damaged at random: whatever comes in, the reader comes to its end, and what it accepts it has read right.</summary>
public class SieFuzzTests
{
    const string Project = "P 2289";
    const int MostAllocated = 4 * 1024 * 1024;

    static readonly string[] files = ["whole.se", "utf-8.se", "latin-1.se"];

    // What has a meaning somewhere in a file.
    static readonly byte[][] bits =
    [
        .. "\"|\\\"|\\|{|}| |\t|\r\n|\n|\r|\0|\u001A|.|-|+|0|9|#|#VER|#TRANS|#RTRANS|#BTRANS|#KSUMMA|#FLAGGA 0|#RAR 0|#SIETYP 4|#X|\r\n{\r\n|\r\n}\r\n|1e9|99999999999999999999|20150230|{6 \"P 2289\"}|{}|ÿþ|å|\u0086|ï¿½"
            .Split('|').Select(Encoding.Latin1.GetBytes)
    ];

    static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable($"MRAGREEMENT_{name}"), CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    [Fact]
    public void Whatever_is_read_without_a_fault_is_read_right()
    {
        var (seed, rounds) = (Setting("SEED", 20140613), Setting("FUZZ_ROUNDS", 10_000));
        // Without its checksum a file can be damaged and still be in order.
        var sources = files.SelectMany(name => new[] { SieText.File(name), WithoutChecksum(SieText.File(name)) }).ToArray();
        var accepted = 0;
        for (var round = 0; round < rounds; round++)
        {
            var random = new Random(seed + round);
            var file = Damaged(sources[random.Next(sources.Length)], random);
            try
            {
                accepted += Check(file) ? 1 : 0;
            }
            catch (Exception wrong) when (wrong is not OperationCanceledException)
            {
                Assert.Fail($"MRAGREEMENT_SEED={seed + round} MRAGREEMENT_FUZZ_ROUNDS=1: {wrong}\n{Encoding.Latin1.GetString(file)}");
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, {rounds} rounds, {accepted} accepted");
        Assert.True(rounds < 1000 || accepted > rounds / 20, $"Only {accepted} were accepted: the test tests less than it says.");
    }

    static bool Check(byte[] file)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = SieText.Reader(file);
        var (vouchers, rows, debit, credit, project) = (0, 0, 0m, 0m, 0m);
        var calls = 0;
        while (reader.Read(TestContext.Current.CancellationToken) is { } voucher)
        {
            Assert.True(++calls <= file.Length, "It does not come to an end.");
            vouchers++;
            Assert.Equal(0, voucher.Rows.Sum(row => row.Amount.Öre));
            foreach (var row in voucher.Rows)
            {
                var amount = row.Amount.Öre / 100m;
                rows++;
                (debit, credit) = (debit + Math.Max(amount, 0), credit + Math.Min(amount, 0));
                project += row.Objects.Contains(new(6, Project)) ? amount : 0;
            }
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < MostAllocated, $"{allocated} bytes for a file of {file.Length}.");
        Assert.Null(reader.Read(TestContext.Current.CancellationToken));
        Assert.InRange(reader.Errors.Count, 0, FileFaults.Most);
        Assert.All(reader.Errors.Concat(reader.Warnings), it => Assert.InRange(it.Line!.Value, 1, file.Length + 1));
        if (reader.Errors.Total > 0)
            return false;
        Assert.Equal(file.Length, reader.Position);
        Assert.Equal(NaiveSie.Read(file, Project), new(vouchers, rows, debit, credit, project));
        return true;
    }

    static byte[] Damaged(byte[] file, Random random)
    {
        var damaged = file.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(damaged.Count + 1);
            var length = Math.Min(random.Next(1, 40), damaged.Count - at);
            switch (random.Next(7))
            {
                case 0 when at < damaged.Count:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.InsertRange(at, bits[random.Next(bits.Length)]);
                    break;
                case 2:
                    damaged.RemoveRange(at, length);
                    break;
                case 3:
                    damaged.InsertRange(random.Next(damaged.Count + 1), damaged.GetRange(at, length));
                    break;
                case 4:
                    SwapLines(damaged, random);
                    break;
                case 5 when random.Next(10) == 0:
                    damaged.RemoveRange(at, damaged.Count - at);
                    break;
                case 6 when at < damaged.Count && damaged[at] is >= (byte)'0' and <= (byte)'9':
                    damaged[at] = (byte)('0' + random.Next(10));
                    break;
            }
        }
        return [.. damaged];
    }

    static void SwapLines(List<byte> file, Random random)
    {
        var lines = Encoding.Latin1.GetString([.. file]).Split('\n');
        var (a, b) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        file.Clear();
        file.AddRange(Encoding.Latin1.GetBytes(string.Join('\n', lines)));
    }

    static byte[] WithoutChecksum(byte[] file) =>
        Encoding.Latin1.GetBytes(string.Join('\n', Encoding.Latin1.GetString(file).Split('\n').Where(line => !line.StartsWith("#KSUMMA", StringComparison.Ordinal))));
}
