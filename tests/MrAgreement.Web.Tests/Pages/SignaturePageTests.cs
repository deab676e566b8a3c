using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The signature on an agreement's page: what each party has said of it.</summary>
public class SignaturePageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task It_is_recorded_contested_recorded_anew_and_confirmed_by_forms()
    {
        var draft = $"/{await Posted.Draft(host)}";
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        Assert.Contains("Parten som inte registrerade det har inte bekräftat det än.", (await Send(officer, "", Signed)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bekräfta undertecknandet", (await officer.Get(draft)).Text, StringComparison.Ordinal);
        Assert.Contains("Bekräfta eller bestrid undertecknandet av Fi2014/1", (await lead.Get(draft)).Text, StringComparison.Ordinal);

        Assert.Equal(422, (await Send(lead, "/contest", ("reason", ""))).Status);
        Assert.Contains("Du bestred undertecknandet: Fel undertecknare", (await Send(lead, "/contest", ("reason", "Fel undertecknare"))).Text, StringComparison.Ordinal);
        Assert.Contains("Registrera undertecknandet av Fi2014/1 på nytt", (await officer.Get(draft)).Text, StringComparison.Ordinal);
        Assert.Contains("Bestritt av Lena Lind", (await officer.Get(draft)).Text, StringComparison.Ordinal);

        Assert.Equal(409, (await Send(officer, "", [.. Signed, ("terms", new string('0', 64))])).Status);
        Assert.Equal(200, (await Send(officer, "", Signed)).Status);
        Assert.Contains("Bekräftat av Lena Lind", (await Send(lead, "/confirmation")).Text, StringComparison.Ordinal);

        async Task<PageAnswer> Send(PageCaller by, string act, params (string, string)[] typed) =>
            await by.Send(draft, $"{draft}/signature{act}", [("version", (await host.Officer.Get(draft[1..])).ETag!.Trim('"')), .. typed]);
    }

    static readonly (string, string)[] Signed = [("signedOn", "2014-06-13"), ("signatories/0/party", "SKR"), ("signatories/0/name", "Anders Knape"), ("signatories/1/party", "RK"), ("signatories/1/name", "Erik Ullenhag")];
}
