using System.Text;
using System.Text.Json;

namespace MrAgreement.Testing;

/// <summary>What the host answered, as it stood on the wire.</summary>
public sealed class WireAnswer
{
    readonly Dictionary<string, string> headers;

    public WireAnswer(HttpResponseMessage response, byte[] bytes)
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

    public WireAnswer Says401()
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
            error.Has(error.TryGetProperty("line", out _) ? "line:number rule:string message:string"
                : error.TryGetProperty("row", out _) ? "row:number column:string rule:string message:string" : "pointer:string rule:string message:string");
            Assert.DoesNotMatch(@"[{}]", error.Text("message"));
        }
        return problem;
    }
}
