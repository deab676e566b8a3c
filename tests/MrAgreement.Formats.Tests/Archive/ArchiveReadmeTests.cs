using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MrAgreement.Formats.Tests.Archive;

public class ArchiveReadmeTests
{
    [Fact]
    public async Task It_tells_of_this_package_in_both_languages()
    {
        var readme = (await WrittenPackage.Of(SomePackage.With())).Text("documentation/readme.txt");
        Assert.All(["MRA-2014-1", "A2014/2289/DISK, Mänskliga rättigheter på lokal nivå", "2018-03-01T09:30:00Z", "MrAgreement 0.1.0", "Sveriges Kommuner och Regioner", SomePackage.Case.ToString(), "Kontrollera loggen", "Verify the log"],
            told => Assert.Contains(told, readme, StringComparison.Ordinal));
        Assert.DoesNotContain('{', readme);
    }

    [Fact]
    public async Task Every_place_it_names_is_in_the_package()
    {
        var package = await WrittenPackage.Of(SomePackage.With());
        var named = package.Text("documentation/readme.txt").Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0])
            .Where(place => place.EndsWith('/') || place.EndsWith(".xml", StringComparison.Ordinal) || place.EndsWith(".txt", StringComparison.Ordinal)).ToList();
        Assert.Equal(20, named.Count);
        Assert.All(named, place => Assert.Contains(package.Paths, path => path == place || place.EndsWith('/') && path.StartsWith(place, StringComparison.Ordinal)));
    }

    // By the readme's words alone; should the log's chain change, they must change too.
    [Fact]
    public void The_log_is_verified_as_it_says()
    {
        var start = SHA256.HashData(Convert.FromHexString(SomePackage.Case.ToString().Replace("-", "", StringComparison.Ordinal)));
        Assert.Equal(HashChain.Start(SomePackage.Case).ToArray(), start);
        var data = "{\"title\":\"å\"}"u8.ToArray();
        var row = HashChain.Next(new(start), 7, SomePackage.MadeAt, new("anna-ö"), "document-registered", data);
        Assert.Equal(row.Digest.ToArray(), SHA256.HashData(data));
        var at = (long)(new DateTime(2018, 3, 1, 9, 30, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMilliseconds;
        byte[] envelope = [.. Integer(7), .. Integer(at), .. Counted("anna-ö"), .. Counted("document-registered")];
        Assert.Equal(row.Hash.ToArray(), SHA256.HashData([.. start, .. envelope, .. row.Digest.ToArray()]));
        var salt = Salt.Parse("00112233445566778899aabbccddeeff");
        var salted = HashChain.Next(new(start), 7, SomePackage.MadeAt, new("anna-ö"), "document-registered", data, salt);
        Assert.Equal(salted.Digest.ToArray(), SHA256.HashData([1, .. salt.ToArray(), .. data]));
        Assert.Equal(salted.Hash.ToArray(), SHA256.HashData([.. start, .. SHA256.HashData([2, .. envelope, .. salted.Digest.ToArray()])]));

        static byte[] Integer(long value)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value);
            return bytes;
        }

        static byte[] Counted(string text) => [.. Integer(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
    }
}
