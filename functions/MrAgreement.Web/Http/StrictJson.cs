using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Obligations;
using MrAgreement.Parties;

namespace MrAgreement.Web.Http;

/// <summary>Compares a JSON document with the type it is to become and names every difference at its place, all at once.</summary>
static class StrictJson
{
    // Beyond what anybody mends at once: a body of nothing but faults is not answered with as many sentences.
    const int MostFaults = 100;

    // As much of a name that is no field as is told back.
    const int LongestName = 100;

    static readonly ConcurrentDictionary<Type, OrderedDictionary<string, Field>> known = [];

    public static IReadOnlyList<Fault> Faults(JsonElement element, Type type)
    {
        var faults = new List<Fault>();
        Compare(element, Json.Options.GetTypeInfo(type), "", faults);
        return faults;
    }

    static void Compare(JsonElement element, JsonTypeInfo type, string at, List<Fault> faults)
    {
        if (faults.Count >= MostFaults)
            return;
        switch (type.Kind)
        {
            // Whatever its fields are called, which it is not read by: each is there once, and its texts are texts.
            case var _ when type.Type == typeof(JsonObject) && element.ValueKind == JsonValueKind.Object:
                Free(element, at, faults);
                break;
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object:
                Members(element, type, at, faults);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index().TakeWhile(_ => faults.Count < MostFaults))
                    if (item.ValueKind == JsonValueKind.Null)
                        faults.Add(new($"{at}/{index}", "null-value"));
                    else
                        Compare(item, Json.Options.GetTypeInfo(type.ElementType!), $"{at}/{index}", faults);
                break;
            case JsonTypeInfoKind.Object:
                faults.Add(new(at, "invalid-type", ("expected", "object")));
                break;
            case JsonTypeInfoKind.Enumerable:
                faults.Add(new(at, "invalid-type", ("expected", "array")));
                break;
            default:
                Value(element, type, at, faults);
                break;
        }
    }

    static void Members(JsonElement element, JsonTypeInfo type, string at, List<Fault> faults)
    {
        var fields = known.GetOrAdd(type.Type, static (_, type) => FieldsOf(type), type);
        var seen = new HashSet<string>();
        foreach (var member in element.EnumerateObject().TakeWhile(_ => faults.Count < MostFaults))
        {
            if (NameOf(member) is not { } whole)
            {
                faults.Add(new(at, "invalid-text"));
                continue;
            }
            var (name, place) = (Shown(whole), Place(at, whole));
            if (!seen.Add(name))
                faults.Add(new(place, "duplicate-field", ("field", name)));
            else if (!fields.TryGetValue(name, out var field))
                faults.Add(new(place, "unknown-field", ("field", name)));
            else if (member.Value.ValueKind == JsonValueKind.Null)
            {
                if (!field.IsOptional)
                    faults.Add(new(place, "required", ("field", name)));
            }
            else
                Compare(member.Value, Json.Options.GetTypeInfo(field.Type), place, faults);
        }
        foreach (var (missing, _) in fields.Where(field => !field.Value.IsOptional && !seen.Contains(field.Key)))
            faults.Add(new($"{at}/{missing}", "required", ("field", missing)));
    }

    static void Free(JsonElement element, string at, List<Fault> faults)
    {
        if (faults.Count >= MostFaults)
            return;
        if (element.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in element.EnumerateArray().Index())
                Free(item, $"{at}/{index}", faults);
        else if (element.ValueKind == JsonValueKind.String)
            Value(element, Json.Options.GetTypeInfo(typeof(string)), at, faults);
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>();
            foreach (var member in element.EnumerateObject())
                if (NameOf(member) is not { } name)
                    faults.Add(new(at, "invalid-text"));
                else if (!seen.Add(name))
                    faults.Add(new(Place(at, name), "duplicate-field", ("field", Shown(name))));
                else
                    Free(member.Value, Place(at, name), faults);
        }
    }

    static string Shown(string name) => name.Length > LongestName ? name[..LongestName] : name;

    static string Place(string at, string name) =>
        $"{at}/{Shown(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    // Null for a name that is no text: bytes that are not UTF-8, half a character.
    static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Only what can be read: a computed property is no field of the document.
    static OrderedDictionary<string, Field> FieldsOf(JsonTypeInfo type)
    {
        var nullability = new NullabilityInfoContext();
        return new(type.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null)
            .Select(p => KeyValuePair.Create(p.Name, new Field(p.PropertyType, IsOptional(p, nullability)))));
    }

    // What may be null may be absent, and the other way round.
    static bool IsOptional(JsonPropertyInfo property, NullabilityInfoContext nullability) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || property.AttributeProvider is PropertyInfo info && nullability.Create(info) is var it
            && (info.CanWrite ? it.WriteState : it.ReadState) == NullabilityState.Nullable;

    static void Value(JsonElement element, JsonTypeInfo type, string at, List<Fault> faults)
    {
        try
        {
            var value = element.Deserialize(type);
            if (value is LocalDate date)
                faults.AddRange(DateRange.Faults((at, date)));
            if (value is string text && !IsPlain(text))
                faults.Add(new(at, "invalid-text"));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or OverflowException)
        {
            faults.Add(Fault(Nullable.GetUnderlyingType(type.Type) ?? type.Type, at, e));
        }
    }

    // Control characters but line breaks and tabs, and halves of characters, have no place in a text.
    public static bool IsPlain(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t')
                || char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        return true;
    }

    static Fault Fault(Type type, string at, Exception reason) => type switch
    {
        _ when type == typeof(LocalDate) => new(at, "invalid-date"),
        _ when type == typeof(LocalTime) => new(at, "invalid-time"),
        _ when type == typeof(YearMonth) => new(at, "invalid-month"),
        _ when type == typeof(Instant) => new(at, "invalid-instant"),
        _ when type == typeof(Kronor) => new(at, "invalid-amount"),
        _ when type == typeof(DiaryNumber) => new(at, "invalid-diary-number"),
        _ when type == typeof(OrganisationNumber) => new(at, "invalid-organisation-number"),
        _ when type == typeof(Bankgiro) => new(at, "invalid-bankgiro"),
        _ when type == typeof(Plusgiro) => new(at, "invalid-plusgiro"),
        _ when type == typeof(Guid) => new(at, "invalid-id"),
        _ when type == typeof(int) || type == typeof(long) || type == typeof(decimal) => new(at, "invalid-number"),
        { IsEnum: true } => new(at, "invalid-choice",
            ("choices", string.Join(", ",
            Enum.GetValues(type).Cast<object>().Select(v => JsonSerializer.SerializeToElement(v, type, Json.Options).GetString())))),
        _ when (type == typeof(CostCategory) || type == typeof(Reading)) && reason is JsonException { Path: { Length: > 2 } path } =>
            new(at + path[1..].Replace('.', '/'), "invalid-type", ("expected", "string | object")),
        _ => new(at, "invalid-type", ("expected", type == typeof(string) ? "string" : type == typeof(bool) ? "boolean" : "object"))
    };

    sealed record Field(Type Type, bool IsOptional);
}
