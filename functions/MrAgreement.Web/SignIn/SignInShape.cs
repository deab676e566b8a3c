using System.Globalization;
using System.Text.Json;

namespace MrAgreement.Web.SignIn;

/// <summary>What the sign-in settings look like, so that a slip is told by its key and what belongs there (docs/sign-in.md).</summary>
abstract record SignInShape
{
    static readonly SignInShape text = new Value("a text in quotation marks", JsonValueKind.String);
    static readonly SignInShape number = new Value("a whole number", JsonValueKind.Number);
    static readonly SignInShape texts = new Several(text);

    static readonly SignInShape provider = new Keys(["key", "title", "issuer", "clientId"], new()
    {
        ["key"] = text,
        ["title"] = new Keys(["sv", "en"], new() { ["sv"] = text, ["en"] = text }),
        ["issuer"] = text,
        ["clientId"] = text,
        ["clientSecret"] = new Keys([], new() { ["environment"] = text, ["file"] = text }),
        ["scopes"] = texts,
        ["claim"] = text,
        ["nameClaim"] = text,
        ["api"] = new Keys(["audience", "scopes"], new() { ["audience"] = text, ["scopes"] = texts, ["claim"] = text }),
        ["stepUp"] = new Keys([], new() { ["acr"] = texts, ["maxAgeMinutes"] = number }),
        ["logout"] = new Value("\"provider\" or \"here\"", JsonValueKind.String),
        ["appService"] = new Value("true or false", JsonValueKind.True, JsonValueKind.False)
    });

    static readonly SignInShape all = new Keys(["providers"], new()
    {
        ["providers"] = new Several(provider),
        ["sessions"] = new Keys([], new() { ["idleMinutes"] = number, ["absoluteMinutes"] = number })
    });

    /// <summary>The first slip, in words; as the reader has it where it is none that we know.</summary>
    public static string Slip(string written, JsonException reader)
    {
        try
        {
            using var read = JsonDocument.Parse(written, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return all.Fault("", read.RootElement)
                ?? $"{(reader.Path is { Length: > 2 } path ? $"'{path[2..]}'" : "something in them")} is not as docs/sign-in.md says.";
        }
        catch (JsonException e)
        {
            var line = ((e.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            return $"they are not JSON: at line {line}, or just before, a comma, a quotation mark or a bracket is missing or too many.";
        }
    }

    /// <summary>What is wrong there; null for nothing.</summary>
    protected abstract string? Fault(string at, JsonElement found);

    sealed record Value(string What, params JsonValueKind[] Kinds) : SignInShape
    {
        protected override string? Fault(string at, JsonElement found) =>
            Kinds.Contains(found.ValueKind) ? null : $"'{at}' should be {What}.";
    }

    sealed record Several(SignInShape Of) : SignInShape
    {
        protected override string? Fault(string at, JsonElement found) => found.ValueKind != JsonValueKind.Array
            ? $"'{at}' should be a list, in square brackets."
            : found.EnumerateArray().Select((it, i) => Of.Fault(string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"), it))
                .FirstOrDefault(fault => fault is not null);
    }

    sealed record Keys(IReadOnlyList<string> Required, Dictionary<string, SignInShape> Known) : SignInShape
    {
        protected override string? Fault(string at, JsonElement found)
        {
            if (found.ValueKind != JsonValueKind.Object)
                return $"{(at.Length == 0 ? "the whole" : $"'{at}'")} should be an object in curly brackets, with {Names(Known.Keys)}.";
            var there = new HashSet<string>();
            foreach (var (name, value) in found.EnumerateObject().Select(it => (it.Name, it.Value)))
            {
                var where = at.Length == 0 ? name : $"{at}.{name}";
                if (!Known.TryGetValue(name, out var shape))
                    return $"'{where}' is no setting; {(at.Length == 0 ? "there" : $"in '{at}'")} stand {Names(Known.Keys)}.";
                if (!there.Add(name))
                    return $"'{where}' stands there twice.";
                if (shape.Fault(where, value) is { } fault)
                    return fault;
            }
            return Required.FirstOrDefault(name => !there.Contains(name)) is { } lacking
                ? $"'{(at.Length == 0 ? lacking : $"{at}.{lacking}")}' is missing." : null;
        }

        static string Names(IReadOnlyCollection<string> keys) => string.Join(", ", keys);
    }
}
