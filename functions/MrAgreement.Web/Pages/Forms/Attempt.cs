using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MrAgreement.Web.Pages.Documents;
using MrAgreement.Web.Texts;

namespace MrAgreement.Web.Pages.Forms;

/// <summary>A form that was refused: it comes back with what was typed, and says what to mend and where.</summary>
/// <param name="Action">The address it was sent to, by which the page finds the form again.</param>
/// <param name="Sentence">What stood against it as a whole; null when the fields say it all.</param>
public sealed record Attempt(string Action, IFormCollection Typed, int Status, Sentence? Sentence, IReadOnlyList<FieldFault> Faults)
{
    /// <summary>The hidden field that shows that the form is ours; anew each time it is shown.</summary>
    internal const string Token = "__RequestVerificationToken";

    // What a form holds besides what people type.
    static readonly string[] own = [Token, FormPost.Version, FormPost.Seen, FormPost.By, Filled.Act, "documents", "revision"];
    static readonly string[] apart = [Upload.Kept, "kind/"];

    /// <summary>The refusal of a form that somebody else's change overtook.</summary>
    public static readonly Refused ChangedMeanwhile = new("changed-meanwhile");

    /// <param name="address">Where that is found which a fault is about; null where that is all on the page.</param>
    internal static Attempt Of(string action, Filled filled, Refused refused, Language language,
        Func<Fault, string?>? address = null) => new(
        action, filled.Form, StatusOf(refused),
        refused.Faults.Count == 0 || refused.Faults.All(f => f.Rule != refused.Slug) ? Told(language, refused.Slug, refused.Values) : null,
        [.. refused.Faults.Select(f => f.Line is { } line
            ? new FieldFault("file", LineOf(language, line, f.Column), Told(language, f.Rule, f.Values)) { IsLine = true }
            : Told(Pointer(f, filled), f, filled, language) with { Address = address?.Invoke(f) })
            .OrderBy(f => Place(f.Field, filled.Form))])
    {
        Files = filled.Files
    };

    /// <summary>The same form again with what was typed, though nothing stands against it: what it would do is shown first.</summary>
    internal static Attempt Again(string action, Filled filled) => new(action, filled.Form, StatusCodes.Status200OK, null, [])
    {
        Files = filled.Files
    };

    /// <summary>Whether nothing stands against it: it is shown once more with what was typed.</summary>
    public bool IsAgain => Sentence is null && Faults.Count == 0;

    /// <summary>Whether it is shown once more for other documents to choose among.</summary>
    public bool IsSearch => Typed[Filled.Act] == Filled.Find;

    /// <summary>Whether a part of it was done: the rest is what was refused.</summary>
    public bool IsPartlyDone { get; init; }

    /// <summary>Files that came with it and need not be sent again.</summary>
    public IReadOnlyList<SentFile> Files { get; private init; } = [];

    /// <summary>Whether the page that it came back on has its form; known once the page is written.</summary>
    internal bool IsShown { get; set; }

    /// <summary>What the form calls its fields, and whether that is what people wrote; known once the page is written.</summary>
    internal Dictionary<string, (string Label, bool IsContent)> Labels { get; } = [];

    /// <summary>Whether the page has no such form any more: what was typed is shown to be copied.</summary>
    public bool IsGone { get; init; }

    /// <summary>Everything that was typed, each with what people call its field.</summary>
    public static IReadOnlyList<(string Name, string Text)> Written(IFormCollection typed, Language language) =>
    [
        .. typed.Where(field => !own.Contains(field.Key) && !apart.Any(group => field.Key.StartsWith(group, StringComparison.Ordinal))
        && !string.IsNullOrWhiteSpace(field.Value))
            .Select(field => (Name: Name(field.Key, language), Text: field.Value.ToString())).Where(field => field.Name is not null)
            .Select(field => (field.Name!, field.Text))
    ];

    /// <summary>Who changed what stands against it; null when that is not known.</summary>
    public ChangedBy? ChangedBy { get; init; }

    /// <summary>What people have done since the form was shown, the latest first, when that may be what stands against it.</summary>
    public IReadOnlyList<Sentence> Meanwhile { get; init; } = [];

    /// <summary>What is wrong with a field; null when nothing is.</summary>
    public IReadOnlyList<Sentence>? FaultOf(string field) =>
        Faults.Where(f => f.Field == field).Select(f => f.Sentence).ToList() is { Count: > 0 } all ? all : null;

    static FieldFault Told(string pointer, Fault fault, Filled filled, Language language) =>
        new(Field(pointer, filled), Name(pointer, language), Told(language, fault.Rule, fault.Values));

    // What is at fault in a document that came with the form stands beside the field of the file, or of its kind.
    static string Pointer(Fault fault, Filled filled)
    {
        var pointer = fault.Pointer;
        // Of a period that ends before it begins, the end is what to mend.
        if (fault.Rule == "period-reversed" && filled.Form.ContainsKey($"{pointer.TrimStart('/')}/to"))
            return $"{pointer}/to";
        if (pointer.Split('/') is not ["", "enclosed", var number, var part]
            || filled.Files[int.Parse(number, CultureInfo.InvariantCulture)].Field is not { } field)
            return pointer;
        var beside = $"{part}/{field.Split('/')[^1]}";
        return filled.Form.ContainsKey(beside) ? $"/{beside}" : $"/{field}";
    }

    // As the fields stand in the form; files come apart from the rest, and what is no field comes last.
    static string LineOf(Language language, int line, string? column) => column is null ? language.Say("form.line", ("line", line))
        : language.Say("form.cell", ("row", line), ("column", column));

    static int Place(string? field, IFormCollection form) => field is not null && form.Keys.ToList().IndexOf(field) is >= 0 and var place
        ? place
        : int.MaxValue;

    static int StatusOf(Refused refused) => refused == ChangedMeanwhile
        ? StatusCodes.Status412PreconditionFailed
        : refused.Kind switch
        {
            RefusalKind.NotNow or RefusalKind.NotSo => StatusCodes.Status409Conflict,
            RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
            RefusalKind.NotFound => StatusCodes.Status404NotFound
        };

    // Fields that a browser leaves out of what it sends when nothing is chosen in them.
    static readonly string[] choosable = ["documents", "file", "sure"];

    // "/signatories/0/name" is the field of that name, "/lines/0/accounts/1" is in "lines/0/accounts",
    // "/period" begins with "period/from"; what is no field of this form has no place to go to.
    static string? Field(string pointer, Filled filled)
    {
        var parts = pointer.TrimStart('/').Split('/');
        for (var length = parts.Length; length > 0; length--)
        {
            var part = string.Join('/', parts[..length]);
            if (filled.Form.ContainsKey(part) || filled.Form.Files.GetFile(part) is not null || choosable.Contains(part)
                || part.StartsWith("file/", StringComparison.Ordinal))
                return part;
            if (filled.Form.Keys.FirstOrDefault(key => key.StartsWith($"{part}/", StringComparison.Ordinal)) is { } first)
                return first;
        }
        return null;
    }

    // Several fields may be at fault in the same way, so each is named: "period/from" by the text field.period-from.
    static string? Name(string pointer, Language language) => language.Find(
        $"field.{string.Join('-', pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.All(char.IsAsciiDigit)).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}");

    internal static Sentence Told(Language language, string slug, IReadOnlyList<(string Place, object Value)> values)
    {
        var key = new[] { $"form.{slug}", $"rule.{slug}", $"problem.{slug}.detail" }.FirstOrDefault(key => language.Find(key) is not null);
        return new(key ?? "form.refused", [.. values.Select(value => value.Place switch
        {
            "kind" or "kinds" => (value.Place, Kinds(value.Value, language)),
            // What people call it.
            "obligation" or "category" or "categories" => (value.Place, new Content($"{value.Value}")),
            _ => value
        })]);
    }

    /// <summary>A fault in which what programs know by keys is called what people call it.</summary>
    /// <param name="title">What something is called, by its key; null for what has no other name.</param>
    internal static Fault InWords(Fault fault, Func<string, string?> title) =>
        // A key that can't be had is what it is about.
        fault.Rule == "key-taken" ? fault : fault with
        {
            Values = [.. fault.Values.Select(it => it is ("key" or "keys" or "obligation", string keys)
                ? (it.Place, string.Join(Arrow, keys.Split(Arrow).Select(key => title(key) ?? key)))
                : it)]
        };

    // Between the keys of a circle.
    const string Arrow = " → ";

    // The rules name document kinds by their keys, people by their words.
    static string Kinds(object keys, Language language) =>
        string.Join(", ", $"{keys}".Split(", ").Select(kind => DocumentKinds.Word(kind, language).ToLowerInvariant()));
}

/// <param name="Field">Name of the field, or of the group of fields; null for the form as a whole.</param>
/// <param name="Name">What people call the field; null when it has no name of its own.</param>
public sealed record FieldFault(string? Field, string? Name, Sentence Sentence)
{
    /// <summary>Where it is found, when it is no field of the form; null for nowhere.</summary>
    public string? Address { get; init; }

    /// <summary>Whether it is at fault on a line of the file, which is its name then.</summary>
    public bool IsLine { get; init; }
}

/// <summary>Whose change a form met.</summary>
public enum ChangedBy
{
    Self,
    Others
}
