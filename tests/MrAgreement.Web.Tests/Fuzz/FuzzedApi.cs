using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Fixtures;

namespace MrAgreement.Web.Tests.Fuzz;

/// <summary>Requests made of the OpenAPI document that the host serves: as it says, nearly so, and not at all.</summary>
sealed class FuzzedApi
{
    const string Base = "/api/v1";
    const int MostKnown = 30;

    static readonly string[] roles = ["project-lead", "finance", "approver", "officer", "payer", "auditor", "reader", "admin"];
    static readonly string[] otherMethods = ["HEAD", "OPTIONS", "TRACE", "PATCH", "PUT", "DELETE", "POST", "GET", "QUERY"];
    static readonly string[] mediaTypes = ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "application/json;", "*/*", "å", ""];
    static readonly string[] files = ["skr_example_4E_cp437.se", "skr_example_4E_utf8.se", "sie_no_orgnr.se", "camt.053.001.08_grant_and_repayment.xml", "camt.054.001.02_grant.xml", "camt054_no_dates.xml"];

    static readonly (string Name, string[] Values)[] headers =
    [
        ("If-Match", ["\"1\"", "\"0\"", "*", "W/\"1\"", "1", "\"1\", \"2\"", "\"åäö\"", ",", "\"\""]),
        ("If-None-Match", ["*", "\"1\"", "W/\"1\"", "x"]),
        ("Idempotency-Key", ["one", "two", "three", "åäö", "~", " ", "\"one\""]),
        ("Acting-As", ["finance@SKR", "admin", "officer@RK", "finance@ÅÄÖ", "finance@%C3%85", "@", "nobody@nowhere", "åäö"]),
        ("Accept", ["application/json", "text/html", "*/*", "application/xml", "x", ";q=2"]),
        ("Accept-Language", ["en", "sv", "en;q=x", "*", "xx-YY-ZZ", "en-GB,sv;q=0.5,de;q=1.5", "åäö", ",,,"]),
        ("Prefer", ["respond-async", "respond-async, wait=10", "wait=-1", "å"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-99999999999999999999", "lines=1-2", "bytes=0-1,3-4,7-8"]),
        ("X-Forwarded-For", ["1.2.3.4", "::1", "x", "1.2.3.4, 5.6.7.8", "å"]),
        ("X-Forwarded-Proto", ["https", "javascript"]),
        ("Host", ["localhost", "evil.example", "å", "[::1", "127.0.0.1:99999"]),
        ("If-Modified-Since", ["Mon, 01 Jan 1601 00:00:00 GMT", "x", "Fri, 31 Dec 9999 23:59:59 GMT"]),
        ("traceparent", ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "x", "å"]),
        ("Content-Encoding", ["gzip", "x"]),
        ("Cookie", ["mragreement=x", "mragreement-acting=å", ";;;=", "mragreement=CfDJ8"]),
        ("Expect", ["100-continue", "x"])
    ];

    readonly Strange strange;
    readonly JsonNode contract;
    readonly List<Operation> operations;

    // What there is of each sort, as paths name it: from answers.
    readonly Dictionary<string, List<string>> known = [];

    // Who may: for most of what there is it is one or two of them.
    readonly Dictionary<string, List<string>> admitted = [];
    readonly Dictionary<string, HashSet<string>> refused = [];
    readonly HashSet<string> done = [];

    public FuzzedApi(Strange strange, JsonNode contract)
    {
        (this.strange, this.contract) = (strange, contract);
        operations = [.. from path in contract["paths"]!.AsObject() from it in path.Value!.AsObject() select new Operation(it.Key.ToUpperInvariant(), path.Key, it.Value!)];
        known["key"] = ["report", "mapping-report", "annual-consultation-2015", "documentation", "first", "2014", "2015", "requisition-2014", "SKR", "RK"];
        known["number"] = ["1", "2", "3"];
    }

    /// <param name="Path">As the contract has it.</param>
    public sealed record Operation(string Method, string Path, JsonNode Described)
    {
        public override string ToString() => $"{Method} {Path}";
    }

    /// <summary>The next request, and what it asks for.</summary>
    public (HttpRequestMessage Request, Operation Operation) Next(Uri host)
    {
        strange.IsMeant = strange.Is(0.5);
        var operation = strange.Of(operations);
        var method = strange.IsOdd(0.05) ? strange.Of(otherMethods) : operation.Method;
        var (path, query, own) = (operation.Path, new List<string>(), new List<(string Name, string Value)>());
        foreach (var parameter in operation.Described["parameters"]?.AsArray() ?? [])
        {
            var (name, where) = ((string)parameter!["name"]!, (string)parameter["in"]!);
            if (where == "path")
                path = path.Replace($"{{{name}}}", Step(name), StringComparison.Ordinal);
            else if (where == "query" && strange.Is(strange.IsMeant ? 0.1 : 0.4))
                query.Add($"{name}={Uri.EscapeDataString(strange.IsOdd(0.4) ? strange.Line() : $"{Value(parameter["schema"]!, name, 0)}")}");
            else if (where == "header" && strange.IsOdd(0.04))
                own.Add((name, strange.Line()));
        }
        if (strange.IsOdd(0.06))
            path = strange.Number(0, 4) switch { 0 => path + "/", 1 => path.Replace("/", "//", StringComparison.Ordinal), 2 => $"{path}/{Escaped(strange.Line())}", _ => "/" + Escaped(strange.Line()) };
        if (strange.IsOdd(0.08))
            query.Add($"{Uri.EscapeDataString(strange.Line())}={Uri.EscapeDataString(strange.Line())}");
        if (method == "POST" && operation.Path == "/agreements" && strange.Is(0.7))
            query.Add("sure=true");
        var address = $"{host.Scheme}://{host.Authority}{Base}{path}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
        var request = new HttpRequestMessage(new(method), new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = method is "GET" or "HEAD" or "TRACE" ? null : Content(operation) };
        if ((strange.Is(strange.IsMeant ? 0.8 : 0.4) && admitted.TryGetValue($"{operation}", out var some) ? strange.Of(some) : Token(operation)) is { } token)
            request.Headers.TryAddWithoutValidation("Authorization", token);
        foreach (var (name, value) in own)
            Put(request, name, value);
        while (strange.IsOdd(0.3))
        {
            var (name, values) = strange.Of(headers);
            Put(request, name, strange.Is(0.2) ? strange.Line() : strange.Of(values));
        }
        return (request, operation);
    }

    /// <summary>How many operations have done what they were asked, once at least.</summary>
    public int Done => done.Count;

    /// <summary>Keeps in mind who is let through where.</summary>
    public void Heard(Operation operation, HttpRequestMessage request, int status)
    {
        if (status is >= 200 and < 300)
            done.Add($"{operation}");
        if (!request.Headers.TryGetValues("Authorization", out var tokens))
            return;
        if (status == 403 && roles.Contains(tokens.First().Replace("Bearer demo-", "", StringComparison.Ordinal)))
            (refused.TryGetValue($"{operation}", out var those) ? those : refused[$"{operation}"] = []).Add(tokens.First());
        if (status is not (>= 200 and < 300 or 409))
            return;
        if (!admitted.TryGetValue($"{operation}", out var some))
            admitted[$"{operation}"] = some = [];
        if (some.Count < 8)
            some.Add(tokens.First());
    }

    /// <summary>Keeps in mind what there is, so that later requests ask for it.</summary>
    public void Heard(string path, byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            Remember(path, document.RootElement);
        }
        catch (JsonException)
        {
        }
    }

    void Remember(string path, JsonElement told)
    {
        if (told.ValueKind != JsonValueKind.Object)
            return;
        if (told.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array)
            foreach (var item in items.EnumerateArray())
                Remember(path, item);
        foreach (var below in operations.Where(it => it.Path.StartsWith(path + "/{", StringComparison.Ordinal)).Select(it => it.Path[(path.Length + 2)..].Split('}')[0]).Distinct())
            foreach (var field in told.EnumerateObject().Where(field => field.Name == below || field.Name is "id" or "key" or "number" && below is not "status"))
                if (field.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    Known(below, field.Value.ToString());
    }

    void Known(string name, string value)
    {
        if (!known.TryGetValue(name, out var values))
            known[name] = values = [];
        // Among many agreements little would ever happen to one of them.
        var most = name == "agreementId" ? 4 : MostKnown;
        if (values.Contains(value))
            return;
        if (values.Count < most)
            values.Add(value);
        else
            values[strange.Number(1, most)] = value;
    }

    string Step(string name) =>
        strange.IsOdd(0.07) ? Escaped(strange.Line()) : strange.IsOdd(0.04) ? strange.Of(["%00", ".", "..", "%2e%2e", "%2f", "%ff", "%", "%u0041", "a%0d%0ab"])
        : name == "agreementId" && strange.Is(0.6) ? known[name][0]
        : known.TryGetValue(name, out var values) ? Uri.EscapeDataString(strange.Of(values)) : strange.Of(["1", Posted.Nowhere, "report"]);

    static string Escaped(string text) => Uri.EscapeDataString(text);

    string? Token(Operation operation) => (strange.IsMeant ? 30 : strange.Number(0, 20)) switch
    {
        0 => null,
        1 => strange.Of(["Bearer", "Bearer ", "Basic YTpi", "Bearer demo-officer@ÅÄÖ", "Bearer demo-nobody", "Bearer eyJhbGciOiJub25lIn0.e30.", $"Bearer {strange.Line()}"]),
        2 => $"Bearer demo-{strange.Of(roles)}@LST-C",
        _ => strange.Of([.. roles.Select(role => $"Bearer demo-{role}").Where(token => !refused.TryGetValue($"{operation}", out var some) || some.Count >= roles.Length || !some.Contains(token))])
    };

    static void Put(HttpRequestMessage request, string name, string value)
    {
        if (name == "Content-Encoding")
            request.Content?.Headers.TryAddWithoutValidation(name, value);
        else
            request.Headers.TryAddWithoutValidation(name, value);
    }

    HttpContent? Content(Operation operation)
    {
        if (operation.Described["requestBody"]?["content"] is not JsonObject contents)
            return strange.IsOdd(0.1) ? new ByteArrayContent(strange.Written(strange.Json())) : null;
        if (contents["multipart/form-data"] is { } upload)
            return Upload(upload["schema"]!);
        var described = contents["application/json"];
        var body = described?["example"] is { } example && strange.Is(0.6) ? example.DeepClone() : described?["schema"] is { } schema ? Value(schema, "", 0) : new JsonObject();
        // The clock goes forward day by day, or everything would be overdue at once.
        if (operation.Path == "/simulation/clock")
            body = new JsonObject { ["now"] = strange.Is(0.5) ? "2016-06-0" + strange.Number(1, 10) : strange.Json() is JsonValue it && !it.ToString().StartsWith('9') ? it : null };
        else if (strange.IsOdd(0.8))
            body = strange.Mutated(body);
        else
            Name(body);
        var content = new ByteArrayContent(strange.Written(body));
        if (!strange.IsOdd(0.03))
            content.Headers.TryAddWithoutValidation("Content-Type", strange.IsOdd(0.08) ? strange.Of(mediaTypes) : "application/json");
        return content;
    }

    // The examples' ids are nobody's.
    void Name(JsonNode? body)
    {
        foreach (var (name, value) in body is JsonObject it ? it.ToList() : [])
            if (value is JsonArray many && name == "documents" && known.TryGetValue("documentId", out var documents))
                body![name] = new JsonArray([.. many.Select(_ => JsonValue.Create(strange.Of(documents)))]);
            else
                Name(value);
    }

    MultipartFormDataContent Upload(JsonNode schema)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, described) in Resolved(schema)["properties"]?.AsObject() ?? [])
        {
            if (strange.IsOdd(0.1))
                continue;
            for (var times = strange.IsOdd(0.05) ? 2 : 1; times > 0; times--)
                if (name == "file")
                    form.Add(new ByteArrayContent(File()), name, strange.IsOdd(0.3) ? $"x{strange.Of(["", ".pdf", ".", ".exe", "\u202e", "å/.se", new string('n', 500)])}" : strange.Of(["rapport.txt", "bok.se", "bank.xml", "rapport.pdf"]));
                else if (strange.IsMeant || strange.Is(0.6))
                    form.Add(new StringContent(strange.IsOdd(0.4) ? strange.Text() : $"{Value(described!, name, 0)}"), name);
        }
        if (strange.IsOdd(0.08))
            form.Add(new StringContent(strange.Text()), strange.Of(["colour", "file", "å"]));
        return form;
    }

    /// <summary>A file's bytes, of any sort.</summary>
    public byte[] File() => strange.Number(0, 8) switch
    {
        0 => [],
        1 => strange.Bytes(strange.Of([1, 100, 5_000])),
        2 when strange.Is(0.3) => strange.Bytes(2_000_000),
        3 => Encoding.UTF8.GetBytes(strange.Text()),
        4 => "%PDF-1.4 %%EOF"u8.ToArray(),
        5 => Fixture.Bytes(strange.Of(files)),
        _ => strange.Damaged(Fixture.Bytes(strange.Of(files)))
    };

    JsonNode Resolved(JsonNode schema)
    {
        while ((string?)schema["$ref"] is { } reference)
            schema = reference.Split('/')[1..].Aggregate(contract, (at, step) => at[step.Replace("~1", "/", StringComparison.Ordinal)]!);
        return (schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"]) is JsonArray { Count: > 0 } choices ? Resolved(strange.Of(choices.ToList())!) : schema;
    }

    JsonNode? Value(JsonNode described, string name, int depth)
    {
        var schema = Resolved(described);
        if (schema["enum"] is JsonArray { Count: > 0 } choices)
            return strange.Of(choices.ToList())?.DeepClone();
        var types = schema["type"] is JsonArray several ? several.Select(it => (string)it!).Where(it => it != "null").ToList() : [(string?)schema["type"] ?? "object"];
        return (types.Count == 0 ? "null" : strange.Of(types)) switch
        {
            "boolean" => strange.Is(0.5),
            "integer" => strange.Number(strange.IsMeant ? 1 : -1, 6),
            "number" => strange.Of([0m, 1m, 1000m, 4_000_000m, 1000.50m, -1m]),
            "array" => new JsonArray([.. Enumerable.Range(0, depth > 6 ? 0 : strange.Number(0, 4)).Select(_ => Value(schema["items"] ?? new JsonObject(), name, depth + 1))]),
            "string" => Word(schema, name),
            "object" => Fields(schema, depth),
            _ => null
        };
    }

    JsonObject Fields(JsonNode schema, int depth)
    {
        var (made, required) = (new JsonObject(), schema["required"]?.AsArray().Select(it => (string)it!).ToHashSet() ?? []);
        foreach (var (name, described) in schema["properties"]?.AsObject() ?? [])
            if (depth < 7 && (required.Contains(name) || strange.Is(0.4)))
                made[name] = Value(described!, name, depth + 1);
        return made;
    }

    string Word(JsonNode schema, string name) => (string?)schema["format"] switch
    {
        "date" => strange.Day(),
        "date-time" => strange.Day() + "T12:00:00Z",
        "uuid" => known.TryGetValue(name + "Id", out var ids) || known.TryGetValue("documentId", out ids) ? strange.Of(ids) : Posted.Nowhere,
        _ when name is "documents" && known.TryGetValue("documentId", out var documents) => strange.Of(documents),
        _ when name is "key" or "instalment" or "obligation" or "q" or "status" or "party" => strange.Of(known["key"]),
        _ when schema["example"] is JsonValue example && strange.Is(0.8) => example.ToString(),
        _ => !strange.IsOdd(0.3) ? strange.Of(["Rapport", "SKR", "RK", "2014", "5050-1055", "A2014/2289/DISK", "a@example.se", "sv"]) : strange.Text()
    };
}
