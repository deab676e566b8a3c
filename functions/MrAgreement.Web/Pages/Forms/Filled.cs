using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Documents;
using MrAgreement.Money;
using MrAgreement.Web.Http;
using MrAgreement.Web.Pages.Documents;
using NodaTime.Text;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>A form as somebody filled it in. What can't be read is noted as a fault beside its field, and the rest is read on.</summary>
sealed partial class Filled(IFormCollection form, RouteValueDictionary route)
{
    /// <summary>The name and the value of a button that keeps a draft, where a form can be kept unfinished.</summary>
    public const string Act = "act", Draft = "draft", Speak = "speak-", Find = "find";

    /// <summary>The field for words of the titles of documents that a form is to show.</summary>
    public const string Sought = "sought";

    // As people write it, with a colon or a point.
    static readonly IPattern<LocalTime> clock = new CompositePatternBuilder<LocalTime>
    {
        { LocalTimePattern.CreateWithInvariantCulture("H:mm"), _ => true },
        { LocalTimePattern.CreateWithInvariantCulture("H.mm"), _ => true }
    }.Build();

    readonly List<Fault> faults = [];

    public IFormCollection Form => form;

    public IReadOnlyList<Fault> Faults => faults;

    /// <summary>Files that came in with the form, or with it when it was sent before.</summary>
    public List<SentFile> Files { get; } = [];

    /// <summary>Those files as documents to register with the act.</summary>
    public IReadOnlyList<RegisterDocument> Enclosed { get; set; } = [];

    /// <summary>Documents that were named by their numbers.</summary>
    public HashSet<Guid> Named { get; } = [];

    /// <summary>Notes what is wrong with a field, once, however often it is read.</summary>
    public void Note(Fault fault)
    {
        if (faults.All(noted => (noted.Pointer, noted.Rule) != (fault.Pointer, fault.Rule)))
            faults.Add(fault);
    }

    /// <summary>Key of the obligation or instalment in the address.</summary>
    public string Key => (string)route["key"]!;

    /// <summary>Number of the submission, requisition or the like in the address.</summary>
    public int Number => int.Parse((string)route["number"]!, CultureInfo.InvariantCulture);

    /// <summary>Key of the item of the agenda in the address.</summary>
    public string Item => (string)route["item"]!;

    /// <summary>Whether it is to be kept as a draft only.</summary>
    public bool IsDraft => form[Act] == Draft;

    /// <summary>The language that the page is asked for with what is typed, and nothing is to be done; null when something is.</summary>
    public string? Language =>
        form[Act].ToString() is var act && act.StartsWith(Speak, StringComparison.Ordinal) ? act[Speak.Length..] : null;

    /// <summary>Whether the form is asked for with other documents to choose among, and nothing is to be done.</summary>
    public bool IsSearch => form[Act] == Find;

    /// <summary>The id by that name in the address.</summary>
    public Guid Id(string name) => Guid.Parse((string)route[name]!);

    /// <summary>SHA-256 over the address and all that was sent to it.</summary>
    public Sha256 Sent(string path) => Sha256.Of(JsonSerializer.SerializeToUtf8Bytes(new
    {
        path, fields = form.Where(field => field.Key != Attempt.Token).OrderBy(field => field.Key,
            StringComparer.Ordinal).Select(field => new { field.Key, Texts = (string?[])field.Value! }),
            files = Files.Select(sent => $"{sent.Field} {sent.File.Sha256}")
    }));

    /// <summary>The version that the form was shown at; null when it came without.</summary>
    public long? Version => long.TryParse(form[FormPost.Version], CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>The last event in the log when the form was shown; null when it came without.</summary>
    public long? Seen => long.TryParse(form[FormPost.Seen], CultureInfo.InvariantCulture, out var sequence) && sequence >= 0
        ? sequence
        : null;

    public string Text(string field)
    {
        var text = form[field].ToString().ReplaceLineEndings("\n").Trim();
        var fault = new Fault($"/{field}", "invalid-text");
        if (!StrictJson.IsPlain(text) && faults.All(f => f.Pointer != fault.Pointer))
            Note(fault);
        return text;
    }

    public string? Optional(string field) => Text(field) is { Length: > 0 } text ? text : null;

    public bool Ticked(string field) => form.ContainsKey(field);

    public LocalDate Date(string field) => OptionalDate(field) ?? Missing<LocalDate>(field);

    public LocalDate? OptionalDate(string field) => Optional(field) switch
    {
        null => null,
        { } text when LocalDatePattern.Iso.Parse(text) is { Success: true } parsed => parsed.Value,
        _ => Unreadable<LocalDate>(field, "invalid-date")
    };

    public LocalTime Time(string field) => Optional(field) switch
    {
        null => Missing<LocalTime>(field),
        { } text when clock.Parse(text) is { Success: true } parsed => parsed.Value,
        _ => Unreadable<LocalTime>(field, "invalid-time") ?? default
    };

    public Kronor Amount(string field) => OptionalAmount(field) ?? Missing<Kronor>(field);

    public Kronor? OptionalAmount(string field) => Optional(field) switch
    {
        null => null,
        { } text when Kronor.TryParse(Plain(text).AsSpan(), out var amount) => amount,
        _ => Unreadable<Kronor>(field, "amount-unreadable")
    };

    public T? OptionalValue<T>(string field) where T : struct, IParsable<T> => Optional(field) switch
    {
        null => null,
        { } text when T.TryParse(text, null, out var value) => value,
        _ => Unreadable<T>(field, field is "bankgiro" or "plusgiro" ? $"invalid-{field}" : "invalid-number")
    };

    public T Value<T>(string field) where T : struct, IParsable<T> => OptionalValue<T>(field) ?? Missing<T>(field);

    public T Choice<T>(string field) where T : struct, Enum =>
        Enum.TryParse<T>(Text(field), out var value) && Enum.IsDefined(value) ? value : Missing<T>(field);

    /// <summary>Those of a few that were ticked.</summary>
    public IReadOnlyList<int> Numbers(string field) =>
        [.. form[field].Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)];

    public IReadOnlyList<Guid> Ids(string field) =>
        [.. form[field].Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)
            .Concat(field == "documents" ? Named : []).Distinct()];

    // As people write amounts: 312 450,50 kr. A point or comma before three digits is ambiguous and stays unreadable.
    internal static string Plain(string text)
    {
        var plain = new string([.. text.Where(c => !char.IsWhiteSpace(c) && c is not '\u00A0' and not '\u202F' and not '\u2009')])
            .Replace('\u2212', '-');
        if (plain.EndsWith("kr", StringComparison.OrdinalIgnoreCase))
            plain = plain[..^2];
        // As English groups it: 312,450.50.
        return Grouped().IsMatch(plain) ? plain.Replace(",", "", StringComparison.Ordinal) : plain.Contains('.', StringComparison.Ordinal)
            ? plain : plain.Replace(',', '.');
    }

    T Missing<T>(string field) where T : struct
    {
        // Already noted when something was there that can't be read.
        if (Text(field).Length == 0)
            Note(new($"/{field}", "required"));
        else if (faults.All(f => f.Pointer != $"/{field}"))
            Note(new($"/{field}", "choice-unknown"));
        return default;
    }

    T? Unreadable<T>(string field, string rule) where T : struct
    {
        Note(new($"/{field}", rule));
        return null;
    }

    [GeneratedRegex(@"^-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]{1,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();
}
