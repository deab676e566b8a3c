using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Grants;

/// <summary>What was prepared is withdrawn or sent back, over the API and on the pages.</summary>
public class PreparationsTests
{
    [Fact]
    public async Task Who_should_attest_sends_back_on_the_page_and_who_prepares_sees_why_and_withdraws()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var page = Page(path);
        (await host.Finance.Post($"{path}/grant/requisitions", Posted.Requisition())).Is(201);
        using var approver = await PageCaller.SignIn(host, "astrid.alm");
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var shown = await approver.Get($"{page}/grant/requisitions");
        Assert.Contains("Skicka tillbaka nummer 1", shown.Text, StringComparison.Ordinal);
        var empty = await approver.Send(page, $"{page}/grant/requisitions/1/send-back", ("version", (await host.Finance.Get($"{path}/grant/requisitions/1")).ETag!.Trim('"')), ("reason", ""));
        Assert.Equal(422, empty.Status);
        var sent = await approver.Send(page, $"{page}/grant/requisitions/1/send-back", ("version", (await host.Finance.Get($"{path}/grant/requisitions/1")).ETag!.Trim('"')), ("reason", "Fel kontonummer"));
        Assert.Contains("Skickad tillbaka av Astrid Alm: Fel kontonummer", sent.Text, StringComparison.Ordinal);
        Assert.Contains("i stället för att attestera: Fel kontonummer", sent.Text, StringComparison.Ordinal);

        Assert.Contains("Upprätta rekvisition 1 på nytt, eller ta tillbaka den", (await finance.Get("/")).Text, StringComparison.Ordinal);
        var undone = (await host.Finance.Get($"{path}/grant/requisitions/1")).Is(200);
        Assert.Equal(("sent-back", "sent-back", "Fel kontonummer"), (undone.Text("status"), undone.Text("undone.kind"), undone.Text("undone.reason")));
        (await host.Finance.Post($"{path}/grant/requisitions/1/dispatch")).IsProblem(409, "preparation-undone");
        Assert.Equal("withdrawn", (await host.Finance.Post($"{path}/grant/requisitions/1/withdrawal", new { reason = "Behövs inte" })).Is(200).Text("status"));
        Assert.DoesNotContain("på nytt, eller ta tillbaka den", (await finance.Get("/")).Text, StringComparison.Ordinal);
        // What never left the house is nothing to anybody else.
        Assert.Equal(404, (await host.Officer.Get($"{path}/grant/requisitions/1")).Status);
        Assert.DoesNotContain("Fel kontonummer", (await host.Officer.Get($"{path}/events")).Is(200).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adjustments_repayments_and_statements_have_the_same_two_ways()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        var kinds = new (string Kind, object Body)[]
        {
            ("adjustments", new { kind = "accrual", amount = 10, period = new { from = "2014-07-01", to = "2014-12-31" }, reason = "Hyra" }),
            ("statements", new { kind = "annual", period = new { from = "2014-01-01", to = "2014-12-31" }, explanations = Array.Empty<object>() })
        };
        foreach (var (kind, body) in kinds)
        {
            (await host.Finance.Post($"{path}/grant/{kind}", body)).Is(201);
            Assert.Equal("sent-back", (await host.Approver.Post($"{path}/grant/{kind}/1/send-back", new { reason = "Fel period" })).Is(200).Text("status"));
            (await host.Approver.Post($"{path}/grant/{kind}/1/attestation")).IsProblem(409, "preparation-undone");
            Assert.Equal("withdrawn", (await host.Finance.Post($"{path}/grant/{kind}/1/withdrawal", new { reason = "Gäller inte" })).Is(200).Text("status"));
            Assert.Equal("Gäller inte", (await host.Finance.Get($"{path}/grant/{kind}/1")).Is(200).Text("undone.reason"));
            (await host.Finance.Post($"{path}/grant/{kind}/7/withdrawal", new { reason = "Gäller inte" })).IsProblem(404, "no-such-preparation");
        }
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        Assert.Contains("Återtagen av Farid Falk: Gäller inte", (await finance.Get($"{Page(path)}/grant/statements/1")).Text, StringComparison.Ordinal);
    }

    static string Page(string path) => $"/{path[path.IndexOf("agreements", StringComparison.Ordinal)..]}";
}
