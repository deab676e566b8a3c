using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace MrAgreement.Web.Tests.Fuzz;

/// <summary>Chance, and what nobody sends who means it.</summary>
sealed class Strange(Random random)
{
    /// <summary>In JSON: half of a character, which no text of ours can be.</summary>
    const string Half = "~half~";

    /// <summary>In JSON: a name that stands there twice.</summary>
    const string Twice = "~twice~";

    static readonly string[] texts =
    [
        "", " ", "0", "-1", "null", "true", "[]", "{}", "NaN", "1e999", "åäö ÅÄÖ", "\u0000", "a\u0000b", "\u202eabc", "\u200d", "\ufeff", "\t\r\n", "'; DROP TABLE events; --", "<script>alert(1)</script>", "=1+1",
        "../../etc/passwd", "%00", "%2e%2e%2f", "{0}", "{agreement}", "2015-02-29", "0000-00-00", "-0001-01-01", "9999-12-31", "10000-01-01", "2015-02-01T25:61:61Z", "2015-13", "1815-01-01", "*", "W/\"1\"", "\"", "\\", "/", "~",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "SKR", "RK", "KAMK", "report", "5050-1055", "222000-0315", "𝔘𝔫𝔦", "٣", "½", "ı", "ſ"
    ];

    static readonly string[] numbers =
        ["0", "-1", "1", "0.001", "0.01", "1e3", "1e400", "-1e400", "1e-400", "79228162514264337593543950335", "79228162514264337593543950336", "9223372036854775807", "9223372036854775808", "-2147483649", "2147483648", "1.00000000000000000000000000000001", "99999999999999.99"];

    static readonly string[] texture = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\u0000", "/*", "\\ud800", "\\u0000", "1e9999", "\u00ff"];

    /// <summary>Whether what is made now is meant, as far as chance can mean anything.</summary>
    public bool IsMeant { get; set; }

    public bool Is(double chance) => random.NextDouble() < chance;

    /// <summary>Whether something is not as it should be this time.</summary>
    public bool IsOdd(double chance) => !IsMeant && Is(chance);

    public int Number(int from, int to) => random.Next(from, to);

    public T Of<T>(IReadOnlyList<T> some) => some[random.Next(some.Count)];

    public string Text() => Number(0, 12) switch
    {
        0 => new('x', Of([1_000, 20_000, 300_000])),
        1 => string.Concat(Enumerable.Range(0, Number(1, 40)).Select(_ => char.ConvertFromUtf32(Of([Number(1, 0xd800), Number(0xe000, 0x110000)])))),
        _ => Of(texts)
    };

    /// <summary>Short enough for an address or a header, and without line breaks.</summary>
    public string Line() => Text() is var text && text.Length > 4_000 ? text[..4_000] : text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A few bytes changed, or its end gone.</summary>
    public byte[] Damaged(byte[] file)
    {
        var damaged = file.ToArray();
        for (var i = Number(0, 6); i > 0 && damaged.Length > 0; i--)
            damaged[Number(0, damaged.Length)] = (byte)Number(0, 256);
        return Is(0.2) ? damaged[..Number(0, damaged.Length + 1)] : damaged;
    }

    public JsonNode? Json(int depth = 0) => Number(0, 10) switch
    {
        0 => null,
        1 => JsonValue.Create(Is(0.5)),
        2 or 3 => JsonNode.Parse(Of(numbers)),
        4 => JsonValue.Create(Half),
        5 when depth < 3 => new JsonArray([.. Enumerable.Range(0, Number(0, 4)).Select(_ => Json(depth + 1))]),
        6 when depth < 3 => new JsonObject([new("key", Json(depth + 1)), new("on", Json(depth + 1))]),
        7 => new JsonArray([.. Enumerable.Range(0, Of([0, 100, 3_000])).Select(i => JsonValue.Create(i))]),
        _ => JsonValue.Create(Text())
    };

    /// <summary>The same document with something in it that is not as it should be.</summary>
    public JsonNode? Mutated(JsonNode? body)
    {
        var root = new JsonObject { ["it"] = body?.DeepClone() };
        for (var i = Number(1, 4); i > 0; i--)
            Mutate(root);
        return root["it"]?.DeepClone();
    }

    void Mutate(JsonObject root)
    {
        var places = Places(root).ToList();
        var (parent, name, index) = Of(places);
        if (parent is JsonArray array)
            switch (Number(0, 3))
            {
                case 0: array.RemoveAt(index); break;
                case 1: array.Add(array[index]?.DeepClone()); break;
                default: array[index] = Json(); break;
            }
        else if (parent is JsonObject it)
            switch (Number(0, 5))
            {
                case 0 when parent != root: it.Remove(name); break;
                case 1 when parent != root: it[Of(["colour", "Key", "__proto__", "", Half, Text()])] = Json(); break;
                case 2 when parent != root: it[Twice + name] = it[name]?.DeepClone(); break;
                default: it[name] = Json(); break;
            }
    }

    static IEnumerable<(JsonNode Parent, string Name, int Index)> Places(JsonNode? node)
    {
        if (node is JsonObject it)
            foreach (var (name, value) in it)
                foreach (var place in Places(value).Prepend((node, name, 0)))
                    yield return place;
        else if (node is JsonArray array)
            foreach (var (index, value) in array.Take(20).Index())
                foreach (var place in Places(value).Prepend((node, "", index)))
                    yield return place;
    }

    /// <summary>A document as it is sent: mostly as JSON is written.</summary>
    public byte[] Written(JsonNode? body)
    {
        var text = (body?.ToJsonString() ?? "null").Replace(Half, "\\ud800", StringComparison.Ordinal).Replace(Twice, "", StringComparison.Ordinal);
        return (IsMeant ? 40 : Number(0, 24)) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes(text[..Number(0, text.Length)]),
            2 => Encoding.UTF8.GetBytes(text.Insert(Number(0, text.Length), Of(texture))),
            3 => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)],
            4 => Encoding.Unicode.GetBytes(text),
            5 => Damaged(Encoding.UTF8.GetBytes(text)),
            6 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Of(["[", "{\"a\":", "[[{\"due\":"]), Number(1, 20_000)))),
            7 when Is(0.3) => Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('a', 2_000_000)}\"}}"),
            _ => Encoding.UTF8.GetBytes(text)
        };
    }

    public string Day() => new DateOnly(Number(2014, 2018), Number(1, 13), Number(1, 29)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
