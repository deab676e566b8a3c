using System.Text.Json;
using System.Text.Json.Serialization;

namespace MrAgreement.Obligations;

/// <summary>What of an obligation is our reading of the agreement (tolkning) and not its clause, each with its reason; written as a
/// text alone when it is of the obligation as a whole.</summary>
/// <param name="Whole">Of the obligation as a whole.</param>
/// <param name="Due">Of when it is due, and from which year.</param>
/// <param name="Rests">Of what comes before it.</param>
/// <param name="Acceptance">Of whether what is delivered is accepted: then that is a practice, and no approval that the clause asks for.
/// </param>
[JsonConverter(typeof(Converter))]
public sealed record Reading(string? Whole = null, string? Due = null, string? Rests = null, string? Acceptance = null)
{
    /// <summary>Each part that is a reading, by its name in the terms, with its reason.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Part, string Why)> Parts =>
        [.. new (string, string?)[] { ("whole", Whole), ("due", Due), ("rests", Rests), ("acceptance", Acceptance) }
            .Where(part => part.Item2 is not null).Select(part => (part.Item1, part.Item2!))];

    /// <summary>The same where the date is another than the one that it is a reading of; null where nothing else is.</summary>
    [JsonIgnore]
    public Reading? WithoutDue => this with { Due = null } is { Parts.Count: > 0 } left ? left : null;

    sealed record Written(string? Whole = null, string? Due = null, string? Rests = null, string? Acceptance = null);

    sealed class Converter : JsonConverter<Reading>
    {
        public override Reading Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
                return new(reader.GetString());
            var it = JsonSerializer.Deserialize<Written>(ref reader, options) ?? throw new JsonException("A reading is a text or an object.");
            return new(it.Whole, it.Due, it.Rests, it.Acceptance);
        }

        public override void Write(Utf8JsonWriter writer, Reading value, JsonSerializerOptions options)
        {
            if (value is { Whole: { } whole, Due: null, Rests: null, Acceptance: null })
                writer.WriteStringValue(whole);
            else
                JsonSerializer.Serialize(writer, new Written(value.Whole, value.Due, value.Rests, value.Acceptance), options);
        }
    }
}
