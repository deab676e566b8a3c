using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Texts;

namespace MrAgreement.Web.Tests.Pages;

public class AccessibilityStatementTests
{
    [Theory]
    [InlineData(null, "Den som driver tjänsten har ännu inte angett någon kontakt här.")]
    [InlineData("webb@example.se", "Kontakt: <a href=\"mailto:webb@example.se\">webb@example.se</a>")]
    [InlineData("https://example.se/kontakt", "Kontakt: <a href=\"https://example.se/kontakt\">https://example.se/kontakt</a>")]
    [InlineData("Växeln, 08-000 00 00", "Kontakt: Växeln, 08-000 00 00</p>")]
    [InlineData("javascript:alert(1)", "Kontakt: javascript:alert(1)</p>")]
    public async Task It_names_whom_to_turn_to_as_the_host_is_told_and_says_so_when_nobody_is_named(string? contact, string told)
    {
        await using var host = await RunningHost.Start(contact: contact);
        using var anybody = await PageCaller.SignIn(host, "rut.ros");

        Assert.Contains(told, (await anybody.Get("/accessibility")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_date_is_that_of_the_release()
    {
        await using var host = await RunningHost.Start();
        using var anybody = await PageCaller.SignIn(host, "rut.ros");
        var props = System.Xml.Linq.XDocument.Load(Path.Combine(Sources.Root, "Directory.Build.props")).Descendants().ToLookup(it => it.Name.LocalName, it => it.Value);
        var released = NodaTime.Text.LocalDatePattern.Iso.Parse(props["ReleasedOn"].Single()).Value;

        Assert.Contains($"Redogörelsen gäller version {props["Version"].Single()}, som gavs ut {MrAgreement.Web.Texts.Language.Swedish.Date(released)}.", (await anybody.Get("/accessibility")).Text, StringComparison.Ordinal);
    }
}
