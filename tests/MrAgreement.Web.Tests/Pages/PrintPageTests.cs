using MrAgreement.Web.Tests.Fixtures;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class PrintPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_requisition_and_a_statement_are_fetched_as_files_by_those_who_see_them()
    {
        var agreement = await Fixture.Agreement(host);
        await Fixture.Requisition(host, agreement);
        (await host.Finance.Post($"{agreement}/grant/statements", new { kind = "annual" })).Is(201);
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var reader = await PageCaller.SignIn(host, "rut.ros");

        Assert.Contains($"/{agreement}/grant/requisitions/1/content", (await finance.Get($"/{agreement}/grant/requisitions")).Text, StringComparison.Ordinal);
        Assert.Contains($"/{agreement}/grant/statements/1/content/xlsx", (await finance.Get($"/{agreement}/grant/statements/1")).Text, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", (await finance.Get($"/{agreement}/grant/requisitions/1/content")).Text, StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", (await finance.Get($"/{agreement}/grant/statements/1/content/pdf")).Text, StringComparison.Ordinal);
        Assert.StartsWith("PK", (await finance.Get($"/{agreement}/grant/statements/1/content/xlsx")).Text, StringComparison.Ordinal);
        Assert.Contains("Ekonomisk redovisning", (await finance.Get($"/{agreement}/grant/statements/1/content/csv")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await finance.Get($"/{agreement}/grant/statements/1/content/exe")).Status);

        // Dispatched, the requisition is the officer's to see; the statement is the recipient's until it is submitted.
        Assert.Equal(200, (await officer.Get($"/{agreement}/grant/requisitions/1/content")).Status);
        Assert.Equal(404, (await officer.Get($"/{agreement}/grant/statements/1/content/pdf")).Status);
        Assert.Equal(403, (await reader.Get($"/{agreement}/grant/requisitions/1/content")).Status);
    }
}
