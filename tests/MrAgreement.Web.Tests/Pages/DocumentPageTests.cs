using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class DocumentPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task A_version_is_added_and_a_document_withdrawn_on_its_page()
    {
        var path = await Posted.Agreement(host);
        var id = await Posted.Document(host.Lead, path, "Rapport");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var address = $"/{path}/documents/{id}";
        Assert.Contains(address, (await lead.Get($"/{path}/documents")).Text, StringComparison.Ordinal);

        var added = await lead.Send(address, $"{address}/versions", ("ny.txt", "Andra"u8.ToArray()));
        Assert.Equal(200, added.Status);
        Assert.Equal(2, (await host.Lead.Get($"{path}/documents/{id}")).Is(200).Number("version"));
        Assert.Contains("ny.txt", added.Text, StringComparison.Ordinal);
        Assert.Contains("Inte virusskannad", added.Text, StringComparison.Ordinal);
        var wrong = await lead.Send(address, $"{address}/versions", ("ny.pdf", "Andra"u8.ToArray()));
        Assert.Contains("börjar inte som en .pdf-fil", wrong.Text, StringComparison.Ordinal);

        var gone = await lead.Send(address, $"{address}/withdrawal", ("reason", "Fel handling"), ("version", (await lead.Get(address)).Version));
        Assert.Contains("Återtaget av Lena Lind", gone.Text, StringComparison.Ordinal);
        (await host.Lead.Get($"{path}/documents/{id}")).Is(200).Has("withdrawn.reason:string withdrawn.by.name:string withdrawn.at:string");
        (await host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Härmed", documents = new[] { id } })).IsProblem(422, "unknown-document");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Equal(404, (await officer.Get(address)).Status);
        (await host.Officer.Post($"{path}/documents/{id}/withdrawal", new { reason = "Nej" })).IsProblem(404, "unknown-document");
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_name_says_is_refused_and_names_are_cleaned()
    {
        var path = await Posted.Agreement(host);
        (await host.Lead.Post($"{path}/documents", Posted.Form("Bara text"u8.ToArray(), "rapport.pdf", ("title", "Rapport"), ("kind", "report")))).IsProblem(422, "file-content");
        (await host.Lead.Post($"{path}/documents", Posted.Form("MZ"u8.ToArray(), "rapport.txt", ("title", "Rapport"), ("kind", "report")))).IsProblem(422, "file-content");
        var taken = (await host.Lead.Post($"{path}/documents", Posted.Form("Text"u8.ToArray(), "rap\u202Etxt.port.txt", ("title", "Rapport"), ("kind", "signed-agreement")))).Is(201);
        Assert.Equal("raptxt.port.txt", taken.Text("fileName"));
    }
}
