using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.OpenApi;

/// <summary>The contract that the service publishes of itself.</summary>
public class OpenApiTests(SharedHost shared)
{
    static readonly string[] signedIn = ["400", "401", "403", "404"];
    static readonly string[] changing = ["409", "412", "415", "422"];

    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task It_is_OpenAPI_3_1_with_every_route()
    {
        var contract = (await host.Nobody.Get("openapi.json")).Is(200);
        Assert.StartsWith("3.1", contract.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal(new Uri(host.Address, "/api/v1").ToString(), contract.Text("servers.0.url"));
        var described = Operations(contract).Select(o => o.Name).Order(StringComparer.Ordinal);
        Assert.Equal(host.Routes.Where(r => !r.Contains("/openapi.", StringComparison.Ordinal)).Order(StringComparer.Ordinal), described);
    }

    [Fact]
    public async Task Every_operation_is_described_with_examples_and_its_problems()
    {
        var contract = (await host.Nobody.Get("openapi.json")).Is(200);
        Assert.All(Operations(contract), operation =>
        {
            var (name, it) = operation;
            it.Has("summary:string description:string tags:array responses:object");
            foreach (var parameter in it.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [])
                parameter.Has("name:string in:string description:string schema:object");
            if (it.TryGetProperty("requestBody", out var body))
                foreach (var content in body.At("content").EnumerateObject().Where(c => c.Name == "application/json"))
                    content.Value.Has("schema:object example:object");
            foreach (var response in it.At("responses").EnumerateObject())
            {
                var answer = Resolved(contract, response.Value);
                answer.Has("description:string");
                if (response.Name[0] is not ('2' or '3'))
                    answer.At("content").GetProperty("application/problem+json").Has("schema:object example:object");
                else if (answer.TryGetProperty("content", out var contents) && contents.TryGetProperty("application/json", out var json))
                    Assert.True(json.TryGetProperty("example", out _), name);
            }
            var statuses = it.At("responses").EnumerateObject().Select(r => r.Name).ToList();
            Assert.Contains("default", statuses);
            if (it.TryGetProperty("security", out var security) && security.GetArrayLength() == 0)
                Assert.DoesNotContain("401", statuses);
            else
                Assert.Empty(signedIn.Except(statuses));
            if (name.StartsWith("POST", StringComparison.Ordinal))
                Assert.Empty(changing.Except(statuses));
        });
    }

    [Fact]
    public async Task What_is_given_page_by_page_says_so()
    {
        var paths = (await host.Nobody.Get("openapi.json")).Is(200).At("paths");
        foreach (var path in new[] { "/agreements/{agreementId}/events", "/agreements" })
        {
            var parameters = paths.EnumerateObject().Single(it => it.Name.EndsWith(path, StringComparison.Ordinal)).Value.GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Where(it => it.TryGetProperty("name", out _)).Select(it => it.GetProperty("name").GetString()).ToList();
            Assert.Single(parameters, "page");
            Assert.Single(parameters, "limit");
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var contract = (await host.Nobody.Get("openapi.json")).Is(200);
        Assert.All(References(contract).Distinct(), reference => Assert.NotEqual(JsonValueKind.Undefined, Followed(contract, reference).ValueKind));
    }

    [Fact]
    public async Task Yaml_tells_the_same_paths()
    {
        var contract = (await host.Nobody.Get("openapi.json")).Is(200);
        var yaml = await host.Nobody.Get("openapi.yaml");
        Assert.Contains("yaml", yaml.MediaType, StringComparison.Ordinal);
        var lines = yaml.Text.Split('\n').Select(l => l.TrimEnd('\r')).ToList();
        Assert.StartsWith("openapi: '3.1", lines[0], StringComparison.Ordinal);
        Assert.Equal(contract.At("paths").EnumerateObject().Select(p => p.Name),
            lines.Where(l => l.StartsWith("  /", StringComparison.Ordinal) || l.StartsWith("  '/", StringComparison.Ordinal)).Select(l => l.Trim().TrimEnd(':').Trim('\'')));
    }

    [Fact]
    public async Task The_example_of_terms_makes_an_agreement()
    {
        var contract = (await host.Nobody.Get("openapi.json")).Is(200);
        var example = Operations(contract).Single(o => o.Name == "POST /agreements").Operation.At("requestBody.content").GetProperty("application/json").At("example");
        var created = (await host.Officer.Post("agreements?sure=true", JsonNode.Parse(example.GetRawText()))).Is(201);
        (await host.Officer.Post($"agreements/{created.Text("id")}/signature", Posted.Signature())).Is(200);
    }

    static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement contract) =>
        from path in contract.At("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    static JsonElement Resolved(JsonElement contract, JsonElement it) => it.TryGetProperty("$ref", out var reference) ? Followed(contract, reference.GetString()!) : it;

    static JsonElement Followed(JsonElement contract, string reference) =>
        reference.Split('/')[1..].Aggregate(contract, (at, step) => at.TryGetProperty(step.Replace("~1", "/", StringComparison.Ordinal), out var found) ? found : throw new Xunit.Sdk.XunitException($"{reference} leads nowhere"));

    static IEnumerable<string> References(JsonElement it) => it.ValueKind switch
    {
        JsonValueKind.Object => it.EnumerateObject().SelectMany(p => p is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => it.EnumerateArray().SelectMany(References),
        _ => []
    };
}
