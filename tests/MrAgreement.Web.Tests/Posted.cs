using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Local;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests;

/// <summary>Fixed values, and the shortest ways to get there.</summary>
static class Posted
{
    /// <summary>An id that nothing has.</summary>
    public static readonly string Nowhere = "0198c0de-0000-4000-8000-000000000000";

    /// <summary>The terms that ship with the local host.</summary>
    public static JsonObject Terms2014()
    {
        using var stream = typeof(LocalHost).Assembly.GetManifestResourceStream("Terms/mr-2014.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    /// <summary>Small terms: a report, a yearly meeting, a task without an end, and an instalment of each sort.</summary>
    public static JsonObject Terms() => JsonNode.Parse("""
        {
          "diaryNumber": "Fi2014/1",
          "title": "Överenskommelse för prov",
          "parties": [
            { "key": "SKR", "name": "Sveriges Kommuner och Regioner", "organisationNumber": "222000-0315", "role": "recipient" },
            { "key": "RK", "name": "Regeringskansliet", "role": "grantor" },
            { "key": "KAMK", "name": "Kammarkollegiet", "role": "payer" }
          ],
          "period": { "from": "2014-06-13", "to": "2016-12-31" },
          "obligations": [
            { "key": "report", "title": "Rapport", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "on": "2015-02-01" }, "acceptance": true, "documents": ["report"], "clause": "Rapport" },
            { "key": "meeting", "title": "Möte", "responsible": ["SKR", "RK"], "kind": "joint", "due": { "everyYear": { "month": 5, "from": 2015, "to": 2016 } }, "rests": ["report"] },
            { "key": "accounts", "title": "Redovisning", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "after": "report", "days": 30 }, "documents": ["accounts"] },
            { "key": "information", "title": "Information", "responsible": ["RK"], "recipient": "SKR", "kind": "continuous", "due": { "none": true } }
          ],
          "grant": {
            "currency": "SEK", "total": 2000.50,
            "instalments": [
              { "key": "first", "amount": 1000.50, "requisitionDueOn": "2014-09-01", "appropriation": { "area": 1, "item": "6:1", "post": 14 } },
              { "key": "second", "amount": 1000, "condition": "riksdag-appropriation" }
            ]
          }
        }
        """)!.AsObject();

    public static object Signature() => new { signedOn = "2014-06-13", signatories = new[] { new { name = "Erik Ullenhag", party = "RK" }, new { name = "Anders Knape", party = "SKR" } } };

    public static object Requisition(string instalment = "first", decimal amount = 1000.50m) => new { instalment, amount, bankgiro = "5050-1055", reference = "Fi2014/1" };

    /// <summary>A draft by the officer.</summary>
    public static async Task<string> Draft(RunningHost host, JsonObject? terms = null) =>
        $"agreements/{(await host.Officer.Post("agreements?sure=true", terms ?? Terms())).Is(201).Text("id")}";

    /// <summary>The path of an agreement that is signed.</summary>
    public static async Task<string> Agreement(RunningHost host, JsonObject? terms = null)
    {
        var path = await Draft(host, terms);
        (await host.Officer.Post($"{path}/signature", Signature())).Is(200);
        return path;
    }

    /// <summary>An upload's form.</summary>
    public static MultipartFormDataContent Form(byte[] bytes, string fileName = "rapport.txt", params (string Name, string Value)[] fields)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        var form = new MultipartFormDataContent { { file, "file", fileName } };
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    /// <summary>An uploaded document's id.</summary>
    public static async Task<string> Document(Caller by, string agreement, string text, string kind = "report") =>
        (await by.Post($"{agreement}/documents", Form(Encoding.UTF8.GetBytes(text), "rapport.txt", ("title", text), ("kind", kind)))).Is(201).Text("id")!;

    /// <summary>A submission with a document of its own.</summary>
    public static async Task<JsonElement> Submission(Caller by, string agreement, string obligation, string summary, string kind = "report") =>
        (await by.Post($"{agreement}/obligations/{obligation}/submissions", new { summary, documents = new[] { await Document(by, agreement, summary, kind) } })).Is(201);

    /// <summary>How many events the log holds.</summary>
    public static async Task<int> LogLength(RunningHost host, string agreement) => (int)(await host.Admin.Get($"{agreement}/events?limit=1")).Is(200).Number("_meta.totalRecords");
}
