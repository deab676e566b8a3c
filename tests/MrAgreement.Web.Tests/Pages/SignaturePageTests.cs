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

        Assert.Contains("Den andra parten har inte bekräftat undertecknandet än.", (await Send(officer, "", Signed)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bekräfta undertecknandet", (await officer.Get($"{draft}/contract")).Text, StringComparison.Ordinal);
        Assert.Contains("Bekräfta eller bestrid undertecknandet av Fi2014/1", (await lead.Get(draft)).Text, StringComparison.Ordinal);

        Assert.Equal(422, (await Send(lead, "/contest", ("reason", ""))).Status);
        Assert.Contains("Du bestred undertecknandet: Fel undertecknare", (await Send(lead, "/contest", ("reason", "Fel undertecknare"))).Text, StringComparison.Ordinal);
        Assert.Contains("Registrera undertecknandet av Fi2014/1 på nytt", (await officer.Get(draft)).Text, StringComparison.Ordinal);
        var contested = (await officer.Get($"{draft}/contract")).Text;
        Assert.Contains("Bestritt av Lena Lind", contested, StringComparison.Ordinal);
        Assert.Matches("För Regeringskansliet:.{0,40}Erik Ullenhag", contested);
        // It begins with what was recorded.
        foreach (var (field, typed) in Signed.Where(it => it.Item1 == "signedOn" || it.Item1.EndsWith("/name", StringComparison.Ordinal)))
            Assert.Matches($"name=\"{field}\"[^>]* value=\"{typed}\"", contested);

        Assert.Equal(409, (await Send(officer, "", [.. Signed, ("terms", new string('0', 64))])).Status);
        Assert.Equal(200, (await Send(officer, "", Signed)).Status);
        var anew = (await lead.Get($"{draft}/contract")).Text;
        Assert.Contains("Tidigare registreringar (1)", anew, StringComparison.Ordinal);
        Assert.Contains("Fel undertecknare", anew, StringComparison.Ordinal);
        Assert.Equal("Fel undertecknare", (await host.Officer.Get(draft[1..])).Json.GetProperty("signature").GetProperty("earlier")[0].GetProperty("contested").GetProperty("reason").GetString());
        Assert.Contains("Bekräftat av Lena Lind", (await Send(lead, "/confirmation")).Text, StringComparison.Ordinal);

        async Task<PageAnswer> Send(PageCaller by, string act, params (string, string)[] typed) =>
            await by.Send(draft, $"{draft}/signature{act}", [("version", (await host.Officer.Get(draft[1..])).ETag!.Trim('"')), .. typed]);
    }

    [Fact]
    public async Task The_signed_agreement_comes_with_it_by_form_and_by_program_and_both_parties_get_it()
    {
        var draft = $"/{await Posted.Draft(host)}";
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        async Task<PageAnswer> Sign(string name, string content, params (string, string)[] more) => await officer.Send(draft, $"{draft}/signature", "file/0", (name, System.Text.Encoding.ASCII.GetBytes(content)),
            [("version", (await host.Officer.Get(draft[1..])).ETag!.Trim('"')), ("kind/0", "signed-agreement"), .. more.Length > 0 ? more : Signed]);

        var refused = await Sign("avtal.txt", "Undertecknat");
        Assert.Equal(422, refused.Status);
        Assert.Contains("”avtal.txt” är inte en pdf.", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dokument 1", refused.Text, StringComparison.Ordinal);
        var script = await Sign("avtal.py", "print(1)");
        Assert.Contains("”avtal.py” är inte en pdf.", script.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(".docx", script.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await Sign("avtal.pdf", "%PDF-1.7 undertecknat", ("signedOn", "2014-06-13"), ("signatories/0/party", "SKR"), ("signatories/0/name", ""))).Status);
        Assert.Empty(await host.Officer.All($"{draft[1..]}/documents"));
        Assert.Equal("draft", (await host.Officer.Get(draft[1..])).Is(200).Text("status"));

        Assert.Equal(200, (await Sign("avtal.pdf", "%PDF-1.7 undertecknat")).Status);
        var document = Assert.Single(await host.Lead.All($"{draft[1..]}/documents"));
        Assert.Equal("signed-agreement", document.Text("kind"));
        Assert.Equal(document.Text("id"), (await host.Lead.Get(draft[1..])).Is(200).Text("signature.documents.0.id"));
        var link = $"{draft}/documents/{document.Text("id")}/content?version=1";
        Assert.Contains(link, (await lead.Get($"{draft}/contract")).Text, StringComparison.Ordinal);
        Assert.Equal("%PDF-1.7 undertecknat", (await lead.Get(link)).Text);

        var other = await Posted.Draft(host);
        var signature = new { signedOn = "2014-06-13", signatories = new[] { new { name = "Erik Ullenhag", party = "RK" } }, documents = new[] { await Posted.Document(host.Officer, other, "Fel slag", "note") } };
        (await host.Officer.Post($"{other}/signature", signature)).IsProblem(422, "document-not-signed-agreement");
        var uploaded = (await host.Officer.Post($"{other}/documents", Posted.Form("%PDF-1.7 avtal"u8.ToArray(), "avtal.pdf", ("title", "Avtal"), ("kind", "signed-agreement")))).Is(201).Text("id")!;
        Assert.Equal(uploaded, (await host.Officer.Post($"{other}/signature", signature with { documents = [uploaded] })).Is(200).Text("signature.documents.0.id"));
        Assert.Equal("Avtal", (await host.Lead.Get($"{other}/documents/{uploaded}")).Is(200).Text("title"));
    }

    static readonly (string, string)[] Signed = [("signedOn", "2014-06-13"), ("signatories/0/party", "SKR"), ("signatories/0/name", "Anders Knape"), ("signatories/1/party", "RK"), ("signatories/1/name", "Erik Ullenhag")];
}
