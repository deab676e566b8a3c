using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Agreements;

/// <summary>What the other side recorded is contested over the API and on the pages, and both see it.</summary>
public class ContestsTests
{
    [Fact]
    public async Task An_amendment_and_a_payment_are_contested_by_the_other_side_and_both_see_why()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var page = $"/{path[path.IndexOf("agreements", StringComparison.Ordinal)..]}";
        (await host.Officer.Post($"{path}/amendments", new { decidedOn = "2014-06-13", reference = "Fi2014/6", effectiveFrom = "2014-06-20", changes = new[] { new { drop = new { key = "report", reason = "Ersatt" } } } })).Is(201);
        (await host.Payer.Post($"{path}/grant/payments", new { direction = "in", paidOn = "2014-06-13", amount = 500, reference = "Utb 1" })).Is(201);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        var version = (await host.Lead.Get(path)).ETag!.Trim('"');
        Assert.Equal(422, (await lead.Send(page, $"{page}/amendments/1/contest", ("version", version), ("reason", ""))).Status);
        var contested = await lead.Send(page, $"{page}/amendments/1/contest", ("version", version), ("reason", "Rapporten står kvar"));
        Assert.Contains("Stämmer inte enligt SKR (Lena Lind): Rapporten står kvar", contested.Text, StringComparison.Ordinal);
        Assert.Contains("Stämmer inte enligt SKR", (await officer.Get($"{page}/contract")).Text, StringComparison.Ordinal);
        Assert.Contains("Red ut tilläggsöverenskommelse Fi2014/6", (await officer.Get("/")).Text, StringComparison.Ordinal);
        (await host.Lead.Post($"{path}/amendments/1/contest", new { reason = "En gång till" })).IsProblem(409, "already-contested");
        (await host.Officer.Post($"{path}/amendments/1/contest", new { reason = "Nej" })).IsProblem(409, "own-amendment");

        var paid = (await host.Finance.Get($"{path}/grant/payments/1")).ETag!.Trim('"');
        var sent = await finance.Send(page, $"{page}/grant/payments/1/contest", ("version", paid), ("reason", "Har inte kommit"));
        Assert.Contains("Stämmer inte enligt SKR (Farid Falk): Har inte kommit", sent.Text, StringComparison.Ordinal);
        var payment = (await host.Payer.Get($"{path}/grant/payments/1")).Is(200);
        Assert.Equal(("SKR", "Har inte kommit"), (payment.Text("contested.party"), payment.Text("contested.reason")));
        Assert.Equal(500, (await host.Payer.Get($"{path}/grant")).Is(200).Number("balances.received"));
        var confirmed = (await host.Finance.Post($"{path}/grant/payments/1/confirmation", new { paidOn = "2014-06-13", reference = "Bg 1" })).Is(200);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, confirmed.GetProperty("contested").ValueKind);
    }
}
