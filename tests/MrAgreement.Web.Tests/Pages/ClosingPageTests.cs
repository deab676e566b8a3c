using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The end of an agreement, which nothing undoes.</summary>
public class ClosingPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task It_is_confirmed_with_what_does_not_agree_in_sight_and_tells_when_and_by_whom()
    {
        var agreement = await Posted.Agreement(host);
        // Money that came in on no requisition, and went back.
        foreach (var direction in new[] { "in", "out" })
            (await host.Payer.Post($"{agreement}/grant/payments", new { direction, paidOn = "2014-06-13", amount = 1000, reference = "fel" })).Is(201);
        foreach (var obligation in (await host.Officer.All($"{agreement}/obligations")).Where(o => o.Text("status") is "open" or "waiting"))
            (await host.Officer.Post($"{agreement}/obligations/{obligation.Text("key")}/waiver", new { reason = "Avslutas", reference = "A1" })).Is(200);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var held = Form((await officer.Get($"/{agreement}/contract")).Text);
        Assert.Contains("Det här återstår innan överenskommelsen kan avslutas:", held, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/{agreement}/grant#instalments\">Årsbelopp second på ", held, StringComparison.Ordinal);
        (await host.Officer.Post($"{agreement}/grant/instalments/second/lapse", new { reason = "Inga medel" })).Is(200);
        var form = Form((await officer.Get($"/{agreement}/contract")).Text);
        Assert.DoesNotContain("Det här återstår", form, StringComparison.Ordinal);
        Assert.Contains("Det här stämmer inte i avstämningen, eller bör kontrolleras", form, StringComparison.Ordinal);
        Assert.Contains("Ja, avsluta överenskommelsen slutgiltigt, med det som inte stämmer.", form, StringComparison.Ordinal);
        var version = ("version", form[(form.IndexOf("name=\"version\" value=\"", StringComparison.Ordinal) + 22)..].Split('"')[0]);

        var asked = await officer.Send($"/{agreement}", $"/{agreement}/closure", version);
        Assert.Equal(422, asked.Status);
        Assert.Contains("Kryssa för att den ska avslutas", Form(asked.Text), StringComparison.Ordinal);
        Assert.Equal("active", (await host.Officer.Get(agreement)).Is(200).Text("status"));

        var closed = await officer.Send($"/{agreement}", $"/{agreement}/closure", version, ("sure", "true"));
        Assert.Equal(200, closed.Status);
        Assert.Contains("<strong>Avslutad</strong>, 13 juni 2014 av Erik Ek", closed.Text, StringComparison.Ordinal);
    }

    static string Form(string page) => page[page.IndexOf("id=\"closure-form\"", StringComparison.Ordinal)..] is var rest ? rest[..rest.IndexOf("</form>", StringComparison.Ordinal)] : "";
}
