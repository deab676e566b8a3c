using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>Somebody who calls the API, with the token of a role or without any. Paths are below <c>/api/v1/</c>, or from the root with a leading slash.</summary>
sealed class Caller(Uri host, string? token)
{
    // One client for each host, so that connections are used again.
    static readonly ConcurrentDictionary<Uri, HttpClient> clients = new();

    static readonly JsonSerializerOptions camelCase = new(JsonSerializerDefaults.Web);

    readonly HttpClient client = clients.GetOrAdd(host, at => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(at, "/api/v1/"), Timeout = TimeSpan.FromMinutes(1) });

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <param name="body">An object to write as JSON, a JSON text as it stands, or content as it stands.</param>
    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public async Task<Answer> Send(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = Content(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return new(response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Every item of a list, page by page by its links.</summary>
    public async Task<IReadOnlyList<JsonElement>> All(string path)
    {
        var items = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            var page = (await Get(next)).Is(200);
            items.AddRange(page.At("items").EnumerateArray());
            next = page.At("_links.next").GetString();
        }
        return items;
    }

    static HttpContent? Content(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        string json => new StringContent(json, Encoding.UTF8, "application/json"),
        JsonNode node => new StringContent(node.ToJsonString(), Encoding.UTF8, "application/json"),
        _ => new StringContent(JsonSerializer.Serialize(body, camelCase), Encoding.UTF8, "application/json")
    };
}

/// <summary>What the host answered, as it stood on the wire.</summary>
sealed class Answer
{
    readonly Dictionary<string, string> headers;

    public Answer(HttpResponseMessage response, byte[] bytes)
    {
        (Status, Bytes) = ((int)response.StatusCode, bytes);
        headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
    }

    public int Status { get; }
    public byte[] Bytes { get; }
    public string Text => Encoding.UTF8.GetString(Bytes);
    public string? Location => this["Location"];
    public string? ETag => this["ETag"];
    public string? MediaType => this["Content-Type"]?.Split(';')[0];
    public JsonElement Json => JsonElement.Parse(Bytes);

    public string? this[string header] => headers.GetValueOrDefault(header);

    /// <summary>The body, when the answer is this status.</summary>
    public JsonElement Is(int status)
    {
        Assert.True(status == Status, $"Expected {status} but got {Status}: {Text}");
        return Bytes.Length == 0 ? default : Json;
    }

    /// <summary>For a body that is no JSON.</summary>
    public void Ok() => Assert.True(Status == 200, $"Expected 200 but got {Status}: {Text}");

    public Answer Says401()
    {
        IsProblem(401, "not-signed-in");
        return this;
    }

    /// <summary>The problem, when the answer is one of this status and with this slug.</summary>
    public JsonElement IsProblem(int status, string slug)
    {
        Assert.True(status == Status && Text.Contains($"/problems/{slug}\"", StringComparison.Ordinal), $"Expected {status} {slug} but got {Status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        var problem = Json;
        problem.Has("type:string title:string status:number detail:string instance:string");
        Assert.EndsWith($"/problems/{slug}", problem.Text("type"), StringComparison.Ordinal);
        Assert.Equal(status, problem.Number("status"));
        Assert.NotEmpty(problem.Text("title")!);
        Assert.Matches(@"\.$", problem.Text("detail"));
        Assert.DoesNotMatch(@"[{}]", problem.Text("detail"));
        foreach (var error in problem.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array ? errors.EnumerateArray() : [])
        {
            error.Has(error.TryGetProperty("line", out _) ? "line:number rule:string message:string" : "pointer:string rule:string message:string");
            Assert.DoesNotMatch(@"[{}]", error.Text("message"));
        }
        return problem;
    }
}
