using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>The worked example of the money: 4 000 000,00 received, 3 687 550,00 used on project P 2289, 312 450,00 paid back. The files beside it are made up.</summary>
static class Money2014
{
    public const string Project = "P 2289";
    public const string Repayment = "REPAY-A2014-2289-DISK-1";

    public static JsonObject Terms() => JsonNode.Parse("""
        {
          "diaryNumber": "A2014/2289/DISK",
          "title": "Överenskommelse om mänskliga rättigheter, pengarna",
          "parties": [
            { "key": "SKR", "name": "Exempelförbundet kommuner och regioner", "organisationNumber": "555555-5555", "role": "recipient" },
            { "key": "RK", "name": "Regeringskansliet", "role": "grantor" },
            { "key": "KAMK", "name": "Exempelkollegiet", "role": "payer" }
          ],
          "period": { "from": "2014-06-13", "to": "2016-12-31" },
          "obligations": [
            { "key": "financial-statement", "title": "Ekonomisk redovisning", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "on": "2016-05-31" }, "acceptance": true, "documents": ["statement"] },
            { "key": "final-accounts", "title": "Slutlig ekonomisk redovisning", "responsible": ["SKR"], "recipient": "RK", "kind": "deliverable", "due": { "on": "2016-09-01" }, "acceptance": true, "documents": ["accounts"] },
            { "key": "repayment", "title": "Återbetalning", "responsible": ["SKR"], "recipient": "KAMK", "kind": "repayment", "due": { "on": "2016-09-01" }, "rests": ["final-accounts"] }
          ],
          "grant": {
            "currency": "SEK", "total": 4000000,
            "categories": [
              { "key": "personal", "accounts": ["7000-7699"] }, { "key": "resor", "accounts": ["5800-5899"] }, { "key": "konsulter", "accounts": ["6550"] }
            ],
            "instalments": [{ "key": "2014", "amount": 4000000, "requisitionDueOn": "2014-09-01", "appropriation": { "area": 1, "item": "6:1", "post": 14 } }]
          }
        }
        """)!.AsObject();

    /// <summary>Signed, its whole grant requisitioned and received by the payer.</summary>
    public static async Task<string> Requisitioned(RunningHost host)
    {
        var path = await Posted.Agreement(host, Terms());
        (await host.Finance.Post($"{path}/grant/requisitions", new { instalment = "2014", amount = 4000000, bankgiro = "5050-1055", reference = "A2014/2289/DISK" })).Is(201);
        (await host.Approver.Post($"{path}/grant/requisitions/1/attestation")).Is(200);
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).Is(200);
        (await host.Payer.Post($"{path}/grant/requisitions/1/receipt")).Is(200);
        return path;
    }

    public static Task<WireAnswer> ImportLedger(this Caller caller, string path, string file, params (string Name, string Value)[] fields) =>
        caller.ImportLedger(path, Fixture.Bytes(file), file, fields);

    public static Task<WireAnswer> ImportLedger(this Caller caller, string path, byte[] bytes, string name, params (string Name, string Value)[] fields) =>
        caller.Post($"{path}/grant/ledger-imports", Posted.Form(bytes, name, fields.Length > 0 ? fields : [("project", Project)]));

    public static Task<WireAnswer> ImportBank(this Caller caller, string path, string file) => caller.ImportBank(path, Fixture.Bytes(file), file);

    public static Task<WireAnswer> ImportBank(this Caller caller, string path, byte[] bytes, string name) => caller.Post($"{path}/grant/bank-imports", Posted.Form(bytes, name));

    public static async Task<decimal[]> Balances(this Caller caller, string path)
    {
        var grant = (await caller.Get($"{path}/grant")).Is(200);
        return [grant.Number("balances.received"), grant.Number("balances.used"), grant.Number("balances.repaid"), grant.Number("balances.remaining")];
    }
}
