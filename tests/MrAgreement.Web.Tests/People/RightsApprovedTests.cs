using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Texts;

namespace MrAgreement.Web.Tests.People;

/// <summary>The table of rights as it is: every address of the running host, with every role, in one's own party, another party of
/// the agreement and a party that has none in it, of a draft, a signed and a closed agreement; held against an approved file.</summary>
public partial class RightsApprovedTests
{
    const string Nobody = "nobody";

    // What would end the session by which the rest is asked, or move the clock for all.
    static readonly string[] left = ["POST /sign-out", "POST /api/v1/simulation/clock", "POST /sign-in", "POST /me/sessions/end", "DELETE /api/v1/me/sessions"];

    static readonly (string Role, string Person, string Own, string? Other)[] roles =
    [
        ("project-lead", "lena.lind", "SKR", "RK"), ("finance", "farid.falk", "SKR", "KAMK"), ("approver", "astrid.alm", "SKR", "RK"),
        ("officer", "erik.ek", "RK", "SKR"), ("payer", "petra.palm", "KAMK", "SKR"), ("reader", "rut.ros", "SKR", "RK"),
        ("auditor", "agnes.asp", "", null), ("admin", "adam.berg", "", null)
    ];

    static readonly string approved = Path.Combine(Sources.Root, "tests", "MrAgreement.Web.Tests", "People", "rights.approved.txt");

    [Fact]
    public async Task Who_is_admitted_where_is_as_it_was_approved()
    {
        await using var host = await RunningHost.Start();
        var states = new[] { ("draft", (await Posted.Draft(host))[Agreements..]), ("signed", (await Posted.Agreement(host))[Agreements..]), ("closed", await Closed(host)) };
        var contract = (await host.Officer.Get("openapi.json")).Is(200);
        var document = JsonNode.Parse(contract.GetRawText())!["paths"]!;
        var draft = await Draft(host);
        var callers = await Callers(host);
        var lines = new List<string>();
        try
        {
            foreach (var (method, pattern, isUpload) in Addresses(host))
            {
                var body = (document[Plain(pattern)] ?? document[Plain(pattern).Replace("/api/v1", "", StringComparison.Ordinal)])?[method.ToLowerInvariant()]?["requestBody"]?["content"]?["application/json"]?["example"];
                var isOfAgreement = pattern.Contains("/agreements/{", StringComparison.Ordinal);
                var told = new List<(string State, string Row)>();
                // A page costs much more than an answer of the API, and asks the same rules: one state tells.
                var isApi = pattern.StartsWith("/api/", StringComparison.Ordinal);
                foreach (var (state, agreement) in isOfAgreement && isApi ? states : states[1..2])
                {
                    var path = Filled(pattern, agreement, draft);
                    foreach (var relation in callers.Select(caller => caller.Relation).Distinct().Where(relation => isOfAgreement && (isApi || relation != "other") || relation is Nobody or "own"))
                    {
                        var cells = await Task.WhenAll(callers.Where(caller => caller.Relation == relation).Select(caller => caller.Asks.To(method, path, body, isUpload)));
                        told.Add((state, $"{relation,-7} | {string.Join(' ', cells)}"));
                    }
                }
                lines.AddRange(told.GroupBy(it => it.Row).Select(same =>
                    $"{method,-6} {Plain(pattern)} | {(same.Count() == (isOfAgreement && isApi ? 3 : 1) && isApi ? "any" : string.Join(",", same.Select(it => it.State)))} | {same.Key}"));
            }
        }
        finally
        {
            foreach (var caller in callers)
                caller.Asks.Dispose();
        }
        Hold(lines);
    }

    const int Agreements = 11;

    static void Hold(IReadOnlyList<string> lines)
    {
        var found = string.Join('\n', Heading.Concat(lines.Concat(left.Select(it => $"{it} | not asked")).Order(StringComparer.Ordinal))) + "\n";
        Assert.DoesNotMatch(@"\b5\d\d", found[found.IndexOf("\n\n", StringComparison.Ordinal)..]);
        if (File.Exists(approved) && File.ReadAllText(approved) == found)
            return;
        var received = Path.ChangeExtension(approved, null) is var name ? $"{name[..^".approved".Length]}.received.txt" : "";
        File.WriteAllText(received, found);
        var before = File.Exists(approved) ? File.ReadAllLines(approved).ToHashSet() : [];
        Assert.Fail($"""
            Who is admitted where is not as it was approved. Missing there: {string.Join('\n', found.Split('\n').Where(line => !before.Contains(line)).Take(20))}
            No more so: {string.Join('\n', before.Except(found.Split('\n')).Take(20))}
            When all of it is meant: mv {received} {approved}
            """);
    }

    static readonly string[] Heading =
    [
        "# Who is admitted where, as it was asked over HTTP. Address | state of the agreement | relation | one letter for each role:",
        "# project-lead finance approver officer payer reader auditor admin (the last two belong to no party).",
        "# y: let through, -: not signed in, x: refused (403), h: the agreement is hidden (404; of a page: or there is no such thing),",
        "# r: led on to another page, which decides.",
        "# own: a role where it usually is; other: in another party of the agreement; outside: in a party that is none of it.",
        ""
    ];

    static IEnumerable<(string Method, string Pattern, bool IsUpload)> Addresses(RunningHost host) =>
        from endpoint in host.Endpoints.OfType<RouteEndpoint>()
        let pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where !pattern.Contains("{*", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where !left.Contains($"{method} {Plain(pattern)}")
        orderby pattern, method
        select (method, pattern, endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true);

    static string Plain(string pattern) => Constraint().Replace(pattern, "}");

    static string Filled(string pattern, string agreement, string draft) => Place().Replace(pattern, place => place.Groups[1].Value switch
    {
        _ when place.Value.Contains(":int", StringComparison.Ordinal) => "1",
        "agreementId" => agreement,
        "id" when pattern.StartsWith("/agreements/", StringComparison.Ordinal) && place.Index == "/agreements/".Length => agreement,
        "key" when pattern.Contains("instalments", StringComparison.Ordinal) => "first",
        "key" when pattern.Contains("parties", StringComparison.Ordinal) => "SKR",
        "key" => "report",
        "number" or "year" => "1",
        "draft" or "draftId" => draft,
        "section" => "about",
        "name" => "site.css",
        _ => Posted.Nowhere
    });

    // Terms that the recipient's people are shown, while they are written.
    static async Task<string> Draft(RunningHost host)
    {
        var draft = (await host.Officer.Post("drafts", new { template = "empty" })).Is(201).Text("id")!;
        (await host.Officer.Send(HttpMethod.Put, $"drafts/{draft}/terms", """{"parties":[{"key":"SKR","name":"SKR","role":"recipient"},{"key":"RK","name":"RK","role":"grantor"}]}""")).Is(200);
        (await host.Officer.Send(HttpMethod.Put, $"drafts/{draft}/showing", """{"parties":["SKR"]}""")).Is(200);
        return draft;
    }

    static async Task<IReadOnlyList<(string Relation, string Role, Admitted Asks)>> Callers(RunningHost host)
    {
        var callers = new List<(string, string, Admitted)> { (Nobody, "", await Admitted.As(host, null, null)) };
        foreach (var (role, person, own, other) in roles)
        {
            callers.Add(("own", role, await Admitted.As(host, $"demo-{role}", person)));
            if (other is null)
                continue;
            callers.Add(("other", role, await Admitted.As(host, $"demo-{role}@{other}", $"{person}@{other}")));
            callers.Add(("outside", role, await Admitted.As(host, $"demo-{role}@LST-C", $"{person}@LST-C")));
        }
        return callers;
    }

    static async Task<string> Closed(RunningHost host)
    {
        var terms = Posted.Terms();
        terms.Remove("grant");
        terms["obligations"] = new JsonArray(terms["obligations"]![0]!.DeepClone());
        var path = await Posted.Agreement(host, terms);
        (await host.Officer.Post($"{path}/obligations/report/waiver", new { reason = "Utgår", reference = "Fi2014/4" })).Is(200);
        (await host.Officer.Post($"{path}/closure")).Is(200);
        return path[Agreements..];
    }

    [GeneratedRegex(@":[^}]*\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex Place();
}
