using System.Text.Json;

namespace MrAgreement.Testing;

/// <summary>Reads JSON as it stood on the wire.</summary>
public static class Wire
{
    /// <summary>What stands at a path, as in <c>grant.balances.received</c> or <c>items.0.key</c>.</summary>
    public static JsonElement At(this JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
                : element.TryGetProperty(step, out var found) ? found
                : throw new Xunit.Sdk.XunitException($"No {step} of {path} in {element}");
        return element;
    }

    public static string? Text(this JsonElement element, string path) => element.At(path).GetString();

    public static decimal Number(this JsonElement element, string path) => element.At(path).GetDecimal();

    public static bool Flag(this JsonElement element, string path) => element.At(path).GetBoolean();

    public static IReadOnlyList<string?> Texts(this JsonElement element, string path) => [.. element.At(path).EnumerateArray().Select(e => e.GetString())];

    public static bool IsNull(this JsonElement element, string path) => element.At(path).ValueKind == JsonValueKind.Null;

    /// <summary>Whether every named field is there with the right JSON kind, as in <c>id:string dueOn:string|null grant.received:number</c>.</summary>
    public static void Has(this JsonElement element, string fields)
    {
        foreach (var field in fields.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (path, kinds) = field.Split(':') is [var before, var after] ? (before, after.Split('|')) : throw new FormatException(field);
            var kind = element.At(path).ValueKind switch
            {
                JsonValueKind.True or JsonValueKind.False => "boolean",
                var other => other.ToString().ToLowerInvariant()
            };
            Assert.True(kinds.Contains(kind), $"{path} is {kind}, not {string.Join(" or ", kinds)}, in {element}");
        }
    }
}
