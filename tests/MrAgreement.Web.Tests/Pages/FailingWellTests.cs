using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>What becomes of a form that meets a change, a lack of rights, or the end of the sign-in.</summary>
public sealed class FailingWellTests : IAsyncLifetime
{
    RunningHost host = null!;
    string agreement = "";

    string Report => $"/{agreement}/obligations/report";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        agreement = await Some.Agreement(host);
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-20" })).Is(200);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_form_that_somebody_overtook_keeps_what_was_typed_and_says_what_happened_meanwhile()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var shown = await officer.Get(Report);
        await Some.Submission(host.Lead, agreement, "report", "Rapporten");

        var answer = await officer.Send(Report, $"{Report}/waiver",
            ("version", Hidden(shown, "version")), ("seen", Hidden(shown, "seen")), ("reason", "Behövs inte längre"), ("reference", "A2015/7"));

        Assert.Equal(412, answer.Status);
        Assert.Contains("Behövs inte längre", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Det här har hänt sedan formuläret visades:", answer.Text, StringComparison.Ordinal);
        Assert.Contains("lämnade in Rapport", answer.Text, StringComparison.Ordinal);
        // The form comes back at the version as it stands, so that it can be sent again as it is.
        Assert.NotEqual(Hidden(shown, "version"), Hidden(answer, "version"));
    }

    [Fact]
    public async Task What_people_have_named_is_marked_as_Swedish_in_an_English_refusal()
    {
        var information = $"/{agreement}/obligations/information";
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        await lead.Send("/", "/language", ("language", "en"), ("returnUrl", "/"));

        var answer = await lead.Send(information, $"{information}/submissions", ("version", Hidden(await officer.Get(information), "version")), ("summary", "Rapporten"));

        Assert.Equal(409, answer.Status);
        Assert.Contains("<span lang=\"sv\">Information</span>", answer.Text.Split("class=\"errors\"")[1].Split("</section>")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_do_it_hears_that_before_hearing_that_something_changed()
    {
        using var payer = await PageCaller.SignIn(host, "petra.palm");

        Assert.Equal(403, (await payer.Send(Report, $"{Report}/waiver", ("version", "1"), ("reason", "Behövs inte"), ("reference", "A"))).Status);
    }

    [Fact]
    public async Task A_form_sent_after_the_sign_in_has_ended_is_not_led_away_and_can_be_sent_again_as_it_was()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        await officer.Send("/", "/sign-out");

        var answer = await officer.Send("/sign-in", $"{Report}/waiver", ("reason", "Behövs inte"), ("reference", "A"));

        Assert.Equal((401, $"{Report}/waiver"), (answer.Status, answer.Path));
        Assert.Contains("Du är inte längre inloggad", answer.Text, StringComparison.Ordinal);
        // A page that is only asked for leads to the sign-in and back.
        Assert.StartsWith("/sign-in?returnUrl=", (await officer.Get(Report)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accessibility_statement_is_open_to_everybody_and_linked_from_every_page()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        foreach (var page in new[] { "/", Report, "/no-such-page" })
            Assert.Contains("<a href=\"/accessibility\">Tillgänglighetsredogörelse</a>", (await officer.Get(page)).Text, StringComparison.Ordinal);
        await officer.Send("/", "/sign-out");

        var statement = await officer.Get("/accessibility");
        Assert.Equal(200, statement.Status);
        Assert.Contains("https://www.digg.se/tdosanmalan", statement.Text, StringComparison.Ordinal);
    }

    // In the form of the waiver.
    static string Hidden(PageAnswer page, string name)
    {
        var form = page.Text[page.Text.IndexOf("/waiver\" ", StringComparison.Ordinal)..];
        var at = $"name=\"{name}\" value=\"";
        var from = form.IndexOf(at, StringComparison.Ordinal) + at.Length;
        return form[from..form.IndexOf('"', from)];
    }
}
