using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>An early end, a release taken back and a date that is lost, by their forms.</summary>
public class EndPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    async Task<string> Version(string path) => (await host.Officer.Get(path)).ETag!.Trim('"');

    [Fact]
    public async Task An_end_to_come_is_told_and_can_be_corrected_and_withdrawn()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var announced = await officer.Send($"/{agreement}", $"/{agreement}/termination", ("version", await Version(agreement)), ("on", "2016-01-31"), ("reference", "Fi2015/9"), ("finalDueOn", "2016-03-31"));
        Assert.Equal(200, announced.Status);
        Assert.Contains("upphör i förtid 31 januari 2016 (Fi2015/9)", announced.Text, StringComparison.Ordinal);
        Assert.Contains("value=\"2016-01-31\"", announced.Text, StringComparison.Ordinal);

        var late = await officer.Send($"/{agreement}", $"/{agreement}/termination/correction", ("version", await Version(agreement)), ("on", "2017-01-31"), ("reference", "Fi2015/9"), ("finalDueOn", "2017-03-31"), ("requisitionsAfterEnd", "true"));
        Assert.Equal(422, late.Status);
        Assert.Contains("Överenskommelsen gäller till och med 31 december 2016.", late.Text, StringComparison.Ordinal);
        var corrected = await officer.Send($"/{agreement}", $"/{agreement}/termination/correction", ("version", await Version(agreement)), ("on", "2016-02-29"), ("reference", "Fi2015/10"), ("finalDueOn", "2016-03-31"), ("requisitionsAfterEnd", "true"));
        Assert.Contains("upphör i förtid 29 februari 2016 (Fi2015/10)", corrected.Text, StringComparison.Ordinal);
        Assert.Matches("name=\"requisitionsAfterEnd\"[^>]* checked", corrected.Text);
        var withdrawn = await officer.Send($"/{agreement}", $"/{agreement}/termination/withdrawal", ("version", await Version(agreement)), ("reason", "Den löper vidare."));
        Assert.Equal(200, withdrawn.Status);
        Assert.DoesNotContain("upphör i förtid 29", withdrawn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_is_put_right_and_taken_back_where_it_stands()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        (await host.Officer.Post($"{agreement}/grant/instalments/second/release", new { decidedOn = "2014-06-13", reference = "Beslut 1", requisitionDueOn = "2014-12-01" })).Is(200);
        Assert.Contains("value=\"Beslut 1\"", (await officer.Get($"/{agreement}/grant")).Text, StringComparison.Ordinal);
        async Task<string> Touched() => await Version($"{agreement}/grant");

        var above = await Correct("1 000,01");
        Assert.Equal(409, above.Status);
        Assert.Contains("är mer än de 1 000 kr som är överenskomna", above.Text.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(200, (await Correct("900")).Status);
        Assert.Equal(900m, (await host.Officer.Get($"{agreement}/grant")).Is(200).At("instalments.1").Number("amount"));
        var withdrawn = await officer.Send($"/{agreement}", $"/{agreement}/grant/instalments/second/release/withdrawal", ("version", await Touched()), ("reason", "Fel årsbelopp"));
        Assert.Equal(200, withdrawn.Status);
        // Sentence by sentence, each with its full stop.
        Assert.Contains("Du tog tillbaka beslutet om årsbelopp second: Fel årsbelopp. Du beslutade att ", withdrawn.Text, StringComparison.Ordinal);

        async Task<PageAnswer> Correct(string amount) => await officer.Send($"/{agreement}", $"/{agreement}/grant/instalments/second/release/correction",
            ("version", await Touched()), ("decidedOn", "2014-06-13"), ("reference", "Beslut 1"), ("amount", amount), ("requisitionDueOn", "2014-12-01"), ("riksdagReference", ""),
            ("conditions", ""), ("appropriation/area", ""), ("appropriation/item", ""), ("appropriation/post", ""), ("repayBy", ""), ("reason", "Fel belopp"));
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task The_amount_that_stands_in_the_form_of_a_release_is_taken_as_it_stands(string language)
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        await officer.Send("/", "/language", ("language", language), ("returnUrl", "/"));
        (await host.Officer.Post($"{agreement}/grant/instalments/second/release", new { decidedOn = "2014-06-13", reference = "Beslut 1", requisitionDueOn = "2014-12-01" })).Is(200);
        var form = (await officer.Get($"/{agreement}/grant")).Text.Split($"/{agreement}/grant/instalments/second/release/correction\"")[1];
        var amount = form[form.IndexOf("name=\"amount\"", StringComparison.Ordinal)..].Split("value=\"")[1].Split('"')[0];

        var corrected = await officer.Send($"/{agreement}", $"/{agreement}/grant/instalments/second/release/correction",
            ("version", await Version($"{agreement}/grant")), ("decidedOn", "2014-06-13"), ("reference", "Beslut 2"), ("amount", amount), ("requisitionDueOn", "2014-12-01"), ("riksdagReference", ""),
            ("conditions", ""), ("appropriation/area", ""), ("appropriation/item", ""), ("appropriation/post", ""), ("repayBy", ""), ("reason", ""));

        Assert.Equal((200, 1000m), (corrected.Status, (await host.Officer.Get($"{agreement}/grant")).Is(200).At("instalments.1").Number("amount")));
    }

    [Fact]
    public async Task What_has_lost_its_date_says_so_and_waits_for_the_officer_to_set_one()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        (await host.Officer.Post($"{agreement}/obligations/report/waiver", new { reason = "Behövs inte", reference = "Fi2014/9" })).Is(200);
        Assert.Contains("Ange ett datum, eller låt åtagandet utgå: ", (await officer.Get($"/{agreement}")).Text, StringComparison.Ordinal);
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var page = (await lead.Get($"/{agreement}/obligations/accounts")).Text;
        Assert.Contains("inget datum: ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Lämna in: ", (await lead.Get($"/{agreement}")).Text.Split("id=\"turns\"")[^1], StringComparison.Ordinal);

        var dated = await officer.Send($"/{agreement}/obligations/accounts", $"/{agreement}/obligations/accounts/extension", ("version", await Version($"{agreement}/obligations/accounts")), ("dueOn", "2015-06-30"), ("reference", "Fi2014/10"));
        Assert.Equal(200, dated.Status);
        Assert.Equal("2015-06-30", (await host.Officer.Get($"{agreement}/obligations/accounts")).Is(200).Text("dueOn"));
    }

    [Fact]
    public async Task More_money_is_agreed_on_by_a_row_of_an_amendment()
    {
        var agreement = await Posted.Agreement(host);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var shown = await officer.Send($"/{agreement}", $"/{agreement}/amendments", ("version", await Version(agreement)), ("decidedOn", "2014-06-13"), ("reference", "Fi2014/2"), ("effectiveFrom", "2014-06-13"),
            ("changes/6/raise/instalment", ""), ("changes/6/raise/amount", "3 000,50"), ("changes/7/raise/instalment", "second"), ("changes/7/raise/amount", "2 000"));
        Assert.Equal(200, shown.Status);
        Assert.Contains("Årsbelopp second: 2 000 kr i stället för ", System.Text.RegularExpressions.Regex.Replace(shown.Text, "<[^>]+>", "").Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(2000m, (await host.Officer.Get($"{agreement}/grant")).Is(200).At("instalments.1").Number("agreed"));
    }
}
