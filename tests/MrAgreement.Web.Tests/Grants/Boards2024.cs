using System.Text.Json.Nodes;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>The county boards' joint assignment 2024: 21 boards that share by the 24 key. LST-T handles the money, LST-Y coordinates, LST-W holds the assignment.</summary>
static class Boards2024
{
    static readonly object humanRights = new { area = 1, item = "6:1" };

    public static JsonNode Terms() => JsonNode.Parse(Some.Resource("lansstyrelserna-2024.json"))!;

    public static object Allocation(decimal amount = 8_200_000) => new { amount, year = 2024, reference = "Beslut 1", category = "verksamhetsmedel", appropriation = humanRights };

    public static object Report(decimal amount) => new { year = 2024, lines = new[] { new { category = "verksamhetsmedel", amount, appropriation = humanRights } }, comment = "Två kurser" };

    /// <summary>The path of the agreement, signed.</summary>
    public static async Task<string> Signed(RunningHost host, JsonNode? terms = null)
    {
        var path = $"agreements/{(await host.Officer.Post("agreements?sure=true", terms ?? Terms())).Is(201).Text("id")}";
        (await host.Officer.Post($"{path}/signature", new { signedOn = "2014-06-13", signatories = new[] { new { name = "Erik Ek", party = "RK" }, new { name = "Wilma Vik", party = "LST-W" } } })).Is(200);
        return path;
    }

    public static async Task<string> Allocated(RunningHost host, decimal amount = 8_200_000)
    {
        var path = await Signed(host);
        (await host.As("finance@LST-T").Post($"{path}/grant/allocations", Allocation(amount))).Is(201);
        return path;
    }

    /// <summary>Uppsala has reported, and a colleague there has attested.</summary>
    public static async Task<string> Attested(RunningHost host)
    {
        var path = await Allocated(host);
        (await host.As("finance@LST-C").Post($"{path}/grant/allocation-reports", Report(300_000.5m))).Is(201);
        (await host.As("approver@LST-C").Post($"{path}/grant/allocation-reports/1/attestation")).Is(200);
        return path;
    }
}
