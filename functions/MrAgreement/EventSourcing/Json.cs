using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MrAgreement.Money;
using NodaTime.Text;

namespace MrAgreement.EventSourcing;

/// <summary>How the field's types are written as JSON: dates <c>2015-02-01</c>, months
/// <c>2015-05</c>, instants RFC 3339 in UTC, money as exact numbers, ids as text.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Strict(Kronor.TryParse);

    /// <summary>For what the program itself has written: there a sum may be larger than any amount that people can write.</summary>
    public static JsonSerializerOptions Stored { get; } = Strict(Kronor.TryParseSum);

    // Attributes are slow to read, and every row of a list asks for the same few names.
    static readonly ConcurrentDictionary<Enum, string> names = [];

    delegate bool ReadsKronor(ReadOnlySpan<char> text, out Kronor amount);

    static JsonSerializerOptions Strict(ReadsKronor kronor)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            // What is absent has its default; what must be there is checked where a document comes in.
            RespectRequiredConstructorParameters = false,
            MaxDepth = 32
        };
        options.Converters.Add(new KronorConverter(kronor));
        options.Converters.Add(new PatternConverter<LocalDate>(LocalDatePattern.Iso));
        options.Converters.Add(new PatternConverter<LocalTime>(LocalTimePattern.CreateWithInvariantCulture("HH:mm")));
        options.Converters.Add(new PatternConverter<YearMonth>(YearMonthPattern.Iso));
        options.Converters.Add(new PatternConverter<Instant>(InstantPattern.ExtendedIso));
        options.Converters.Add(new TextConverterFactory());
        options.Converters.Add(new EnumConverterFactory());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>How a value of an enumeration is written: in lower case with hyphens, or as its attribute says.</summary>
    public static string NameOf(Enum value) => names.GetOrAdd(value, Named);

    static string Named(Enum value) =>
        value.GetType().GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // The framework's own converter takes "joint, continuous" for a number made of both, and upper case for lower.
    sealed class EnumConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert))!;
    }

    sealed class EnumConverter<T> : JsonConverter<T> where T : struct, Enum
    {
        static readonly FrozenDictionary<string, T> values = Enum.GetValues<T>().ToFrozenDictionary(value => NameOf(value));
        static readonly FrozenDictionary<T, string> names = values.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"Not one of {string.Join(", ", values.Keys)}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(names[value]);
    }

    /// <summary>Reads the number's own digits: it never passes through a floating-point number.</summary>
    sealed class KronorConverter(ReadsKronor reads) : JsonConverter<Kronor>
    {
        public override Kronor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Span<char> digits = stackalloc char[24];
            if (reader.TokenType != JsonTokenType.Number || reader.HasValueSequence || reader.ValueSpan.Length > digits.Length)
                throw new JsonException("An amount is a number in kronor.");
            for (var i = 0; i < reader.ValueSpan.Length; i++)
                digits[i] = (char)reader.ValueSpan[i];
            return reads(digits[..reader.ValueSpan.Length], out var amount)
                ? amount
                : throw new JsonException("An amount has at most two decimals and no exponent.");
        }

        public override void Write(Utf8JsonWriter writer, Kronor value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString(), skipInputValidation: true);
    }

    sealed class PatternConverter<T>(IPattern<T> pattern) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && pattern.Parse(reader.GetString()!) is { Success: true } parsed
                ? parsed.Value
                : throw new JsonException($"Not a {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(pattern.Format(value));
    }

    /// <summary>Every value type of ours that parses from text and writes itself as text.</summary>
    sealed class TextConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.Namespace?.StartsWith(nameof(MrAgreement), StringComparison.Ordinal) == true
            && typeToConvert.GetInterfaces()
            .Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>) && i.GenericTypeArguments[0] == typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(TextConverter<>).MakeGenericType(typeToConvert))!;
    }

    sealed class TextConverter<T> : JsonConverter<T> where T : IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), null, out var value)
                ? value
                : throw new JsonException($"Not a {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString()!);
    }
}
