using System.Text.Json.Nodes;
using MrAgreement.Parties;
using MrAgreement.Web.Tests.SignIn;

namespace MrAgreement.Web.Tests.Drafts;

/// <summary>Agreements are made in pages, by their own people, from nothing.</summary>
public class WrittenInPagesTests(OpenIdProvider provider)
{
    [Fact]
    public async Task Two_officers_write_the_2014_agreement_from_an_empty_draft_and_make_it_what_ships()
    {
        await using var real = await RealHost.Start(provider);
        using var anna = await real.Enter("anna", "RK", Role.Officer);
        using var bo = await real.Enter("bo", "RK", Role.Officer);
        using var stranger = await real.Enter("cia", "SKR", Role.ProjectLead);

        var draft = await DraftWriter.Begin(anna);
        await new DraftWriter([anna, bo], draft).Write(Posted.Terms2014());

        var overview = await bo.Get($"/drafts/{draft}");
        Assert.Contains("Inget behöver rättas.", overview.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await stranger.Get($"/drafts/{draft}")).Status);
        var written = JsonNode.Parse((await anna.Look($"/drafts/{draft}/terms.json")).Text);
        Assert.Equal(DraftWriter.Meaning(Posted.Terms2014()), DraftWriter.Meaning(written));

        // Who saved what last is told.
        Assert.Contains("Bo", (await anna.Get($"/drafts/{draft}/sections/parties")).Text, StringComparison.OrdinalIgnoreCase);
        var made = await bo.Send($"/drafts/{draft}", $"/drafts/{draft}/agreement", ("version", overview.Text.Split("name=\"version\" value=\"")[1].Split('"')[0]));
        Assert.Equal((200, $"/agreements/{draft}"), (made.Status, made.Path));
        var contract = (await anna.Get($"/agreements/{draft}/contract")).Text;
        Assert.Contains("Tolkning", contract, StringComparison.Ordinal);
        Assert.Contains("kan inte ändras längre", (await anna.Get($"/drafts/{draft}")).Text, StringComparison.Ordinal);
        // The signing takes over.
        var signed = await anna.Send($"/agreements/{draft}", $"/agreements/{draft}/signature", ("version", contract.Split("name=\"version\" value=\"")[1].Split('"')[0]), ("signedOn", "2014-06-13"),
            ("signatories/0/name", "Erik Ullenhag"), ("signatories/0/party", "RK"), ("signatories/1/name", "Anders Knape"), ("signatories/1/party", "SKR"));
        Assert.Equal(200, signed.Status);
    }
}
