using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MrAgreement.Drafts;
using MrAgreement.Money;
using MrAgreement.Web.Pages.Forms;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Drafts;

/// <summary>A field of a section's form, and the place in the section's content that it stands for. What can't be read stays there as
/// it was typed, so that it is not lost and is told to be wrong.</summary>
abstract record SectionField(string Name)
{
    /// <summary>Puts what was typed into the content; nothing where nothing was.</summary>
    /// <param name="within">Of the form's field names, what stands before this one's.</param>
    public abstract void Read(IFormCollection form, string within, JsonObject into);

    /// <summary>The fields of the form, and what stands in them.</summary>
    public abstract void Show(JsonObject from, string within, Dictionary<string, StringValues> fields);

    /// <summary>The content as a form of its own, by the names of its fields.</summary>
    public static FormCollection Shown(IEnumerable<SectionField> all, JsonObject content)
    {
        var fields = new Dictionary<string, StringValues>();
        foreach (var field in all)
            field.Show(content, "", fields);
        return new(fields);
    }

    public static JsonObject Read(IEnumerable<SectionField> all, IFormCollection form)
    {
        var content = new JsonObject();
        foreach (var field in all)
            field.Read(form, "", content);
        return content;
    }

    protected static string Typed(IFormCollection form, string name) => form[name].ToString().ReplaceLineEndings("\n").Trim();

    /// <summary>The value at a place like <c>period/from</c>.</summary>
    protected static JsonNode? At(JsonObject content, string place) =>
        place.Split('/').Aggregate((JsonNode?)content, (at, step) => at is JsonObject it ? it[step] : null);

    protected static void Put(JsonObject content, string place, JsonNode? value)
    {
        var steps = place.Split('/');
        var at = content;
        foreach (var step in steps[..^1])
        {
            if (at[step] is not JsonObject next)
                at[step] = next = [];
            at = next;
        }
        at[steps[^1]] = value;
    }

    /// <summary>As it is typed: a number as people write it.</summary>
    protected static string Written(JsonNode? node) => node switch
    {
        null => "",
        JsonValue when DraftTerms.TextOf(node) is { } text => text,
        JsonValue value when value.GetValueKind() is JsonValueKind.Number => value.ToJsonString(),
        JsonValue value when value.GetValueKind() is JsonValueKind.True => "true",
        JsonValue value when value.GetValueKind() is JsonValueKind.False => "false",
        JsonValue => "",
        _ => node.ToJsonString(Json.Options)
    };
}

/// <summary>A text, a date, or one of a choice.</summary>
sealed record TextIn(string Name) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (Typed(form, within + Name) is { Length: > 0 } text)
            Put(into, Name, text);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields) =>
        fields[within + Name] = Written(At(from, Name));
}

/// <summary>A whole number.</summary>
sealed record WholeIn(string Name) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (Typed(form, within + Name) is { Length: > 0 } text)
            Put(into, Name, Parsed(text));
    }

    public static JsonNode Parsed(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields) =>
        fields[within + Name] = Written(At(from, Name));
}

/// <summary>A share, as in 0,1 for ten per cent.</summary>
sealed record ShareIn(string Name) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (Typed(form, within + Name) is { Length: > 0 } text)
            Put(into, Name, decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var share) ? share : text);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields) =>
        fields[within + Name] = Written(At(from, Name)).Replace('.', ',');
}

/// <summary>An amount, as people write it.</summary>
sealed record AmountIn(string Name) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (Typed(form, within + Name) is { Length: > 0 } text)
            Put(into, Name, Kronor.TryParse(Filled.Plain(text).AsSpan(), out var amount) ? JsonNode.Parse($"{amount}") : text);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        var written = Written(At(from, Name));
        fields[within + Name] = Kronor.TryParse(written.AsSpan(), out var amount)
            ? Numbers.SwedishKronor(amount).Replace("kr", "", StringComparison.Ordinal).Trim(' ', '\u00A0')
            : written;
    }
}

/// <summary>Yes, where it is ticked.</summary>
sealed record TickIn(string Name) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (form.ContainsKey(within + Name))
            Put(into, Name, true);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        if (Written(At(from, Name)) == "true")
            fields[within + Name] = "true";
    }
}

/// <summary>Yes, no, or neither said.</summary>
sealed record YesNoIn(string Name) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        if (Typed(form, within + Name) is { Length: > 0 } text)
            Put(into, Name, bool.TryParse(text, out var yes) ? yes : text);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields) =>
        fields[within + Name] = Written(At(from, Name));
}

/// <summary>Several of a choice, each ticked, and what is named besides in a field of its own.</summary>
/// <param name="Other">Name of that field; null where nothing else can be chosen.</param>
/// <param name="Offered">What is there to be ticked; null for whatever the content holds.</param>
sealed record SeveralIn(string Name, string? Other = null, IReadOnlyList<string>? Offered = null) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        var chosen = form[within + Name].OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0)
            .Concat(Other is null ? [] : ListIn.Split(Typed(form, within + Other))).Distinct().ToList();
        if (chosen.Count > 0)
            Put(into, Name, new JsonArray([.. chosen.Select(text => (JsonNode)text)]));
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        var chosen = (At(from, Name) as JsonArray ?? []).Select(Written).ToList();
        if (chosen.Where(text => Offered?.Contains(text) != false).ToArray() is { Length: > 0 } ticked)
            fields[within + Name] = ticked;
        if (Other is not null)
            fields[within + Other] = string.Join(", ", chosen.Where(text => Offered?.Contains(text) == false));
    }
}

/// <summary>Texts or whole numbers with commas between.</summary>
sealed record ListIn(string Name, bool Whole = false) : SectionField(Name)
{
    public static IEnumerable<string> Split(string text) =>
        text.Split([',', '\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        var items = Split(Typed(form, within + Name)).ToList();
        if (items.Count > 0)
            Put(into, Name, new JsonArray([.. items.Select(text => Whole ? WholeIn.Parsed(text) : text)]));
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields) =>
        fields[within + Name] = string.Join(", ", (At(from, Name) as JsonArray ?? []).Select(Written));
}

/// <summary>Rows; those left empty are passed over.</summary>
/// <param name="Telling">The fields of which one must be filled in for a row to be one.</param>
/// <param name="Keyed">Whether a row without a key gets one of its title.</param>
sealed record RowsIn(string Name, IReadOnlyList<SectionField> Of, IReadOnlyList<string> Telling, bool Keyed = false) : SectionField(Name)
{
    public override void Read(IFormCollection form, string within, JsonObject into)
    {
        var items = new JsonArray();
        foreach (var row in Numbers(form, within + Name))
        {
            var before = $"{within}{Name}/{row}/";
            if (Telling.All(field => Typed(form, before + field).Length == 0))
                continue;
            var item = new JsonObject();
            foreach (var field in Of)
                field.Read(form, before, item);
            if (Keyed && item["key"] is null && DraftTerms.TextOf(item["title"]) is { } title)
                item.Insert(0, "key", Keys.Of(title, items.OfType<JsonObject>().Select(other => DraftTerms.TextOf(other["key"]))));
            items.Add((JsonNode)item);
        }
        if (items.Count > 0)
            Put(into, Name, items);
    }

    public override void Show(JsonObject from, string within, Dictionary<string, StringValues> fields)
    {
        foreach (var (i, item) in (At(from, Name) as JsonArray ?? []).Index())
            foreach (var field in Of)
                field.Show(item as JsonObject ?? new() { ["key"] = item?.DeepClone() },
                    string.Create(CultureInfo.InvariantCulture, $"{within}{Name}/{i}/"), fields);
    }

    static IEnumerable<int> Numbers(IFormCollection form, string name) => form.Keys
        .Where(key => key.StartsWith($"{name}/", StringComparison.Ordinal))
        .Select(key => int.TryParse(key[(name.Length + 1)..].Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) ? number : -1)
        .Where(number => number >= 0).Distinct().Order();
}
