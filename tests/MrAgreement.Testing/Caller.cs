using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MrAgreement.Testing;

/// <summary>Somebody who calls the API, with the token of a role or without any. Paths are below <c>/api/v1/</c>, or from the root with a leading slash.</summary>
public sealed class Caller(Uri host, string? token)
{
    // One client for each host, so that connections are used again.
    static readonly ConcurrentDictionary<Uri, HttpClient> clients = new();

    static readonly JsonSerializerOptions camelCase = new(JsonSerializerDefaults.Web);

    readonly HttpClient client = clients.GetOrAdd(host, at => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(at, "/api/v1/"), Timeout = TimeSpan.FromMinutes(1) });

    public Task<WireAnswer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    /// <param name="body">An object to write as JSON, a JSON text as it stands, or content as it stands.</param>
    public Task<WireAnswer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, body, headers);

    public async Task<WireAnswer> Send(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
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
