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
        agreement = await Posted.Agreement(host);
        (await host.Lead.Post("simulation/clock", new { now = "2015-01-20" })).Is(200);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_form_that_somebody_overtook_keeps_what_was_typed_and_says_what_happened_meanwhile()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var shown = await officer.Get(Report);
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");

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
    public async Task What_was_done_is_told_to_whoever_did_it_and_whose_turn_it_is_now()
    {
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        using var officer = await PageCaller.SignIn(host, "erik.ek");

        var done = await officer.Send(Report, $"{Report}/submissions/1/return", ("version", Hidden(await officer.Get(Report), "version", "return")), ("reason", "Landstingen saknas"), ("completeBy", "2015-02-10"));

        Assert.Contains("<strong>Sparat.</strong> Du begärde komplettering av Rapport senast 10 februari 2015 – nu väntar det på Lena Lind.", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_for_whoever_did_it_waits_for_you()
    {
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        (await host.Officer.Post($"{agreement}/obligations/report/submissions/1/return", new { reason = "Regionerna saknas", completeBy = "2015-02-15" })).Is(200);
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        var done = await lead.Send(Report, $"{Report}/submissions", ("version", Hidden(await lead.Get(Report), "version", "submissions")), ("summary", "Halvvägs"), ("act", "draft"));

        Assert.Contains("– nu väntar det på dig.", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_do_it_hears_that_before_hearing_that_something_changed()
    {
        using var payer = await PageCaller.SignIn(host, "petra.palm");

        Assert.Equal(403, (await payer.Send(Report, $"{Report}/waiver", ("version", "1"), ("reason", "Behövs inte"), ("reference", "A"))).Status);
    }

    [Fact]
    public async Task A_file_that_comes_with_a_refused_form_is_registered_only_when_it_is_taken_and_need_not_be_chosen_again()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var shown = await lead.Get(Report);
        var file = ("rapport.txt", "Rapporten"u8.ToArray());

        var refused = await lead.Send(Report, $"{Report}/submissions", "file/0", file, ("version", Hidden(shown, "version", "submissions")), ("summary", " "), ("kind/0", "report"));

        Assert.Equal(422, refused.Status);
        Assert.Contains("Sammanfattning: Skriv en text", refused.Text, StringComparison.Ordinal);
        Assert.Contains("rapport.txt (1\u00A0kB) finns kvar", refused.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Lead.All($"{agreement}/documents"));
        var kept = Hidden(refused, "kept-file/0", "submissions");
        // What stands for the file is of use to nobody else.
        using var approver = await PageCaller.SignIn(host, "astrid.alm");
        Assert.Equal(422, (await Sent(approver)).Status);
        Assert.Equal(200, (await Sent(lead)).Status);
        Assert.Equal("rapport.txt", (await host.Lead.All($"{agreement}/documents")).Single().Text("fileName"));
        Assert.Equal(1, (await host.Officer.Get($"{agreement}/obligations/report")).Is(200).At("submissions").GetArrayLength());

        Task<PageAnswer> Sent(PageCaller by) => by.Send(
            Report, $"{Report}/submissions", ("version", Hidden(shown, "version", "submissions")), ("summary", "Rapporten"), ("kind/0", "report"), ("kept-file/0", kept));
    }

    [Fact]
    public async Task A_form_that_the_page_no_longer_has_leaves_what_was_typed_to_be_copied_and_nothing_registered()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        var stale = await lead.Get(Report);
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        var review = await officer.Get(Report);

        var mine = await lead.Send(Report, $"{Report}/submissions", "file/0", ("ny.txt", "Ny"u8.ToArray()),
            ("version", Hidden(stale, "version", "submissions")), ("seen", Hidden(stale, "seen", "submissions")), ("summary", "En lång text"), ("kind/0", "report"));

        Assert.Equal(412, mine.Status);
        Assert.Contains("Du har själv ändrat detta", mine.Text, StringComparison.Ordinal);
        Assert.Matches("<textarea[^>]*readonly[^>]*>En lång text</textarea>", mine.Text);
        Assert.Contains("Filen ny.txt har inte registrerats.", mine.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Till formuläret", mine.Text, StringComparison.Ordinal);
        Assert.Single(await host.Lead.All($"{agreement}/documents"));

        (await host.Lead.Post($"{agreement}/obligations/report/submissions/1/withdrawal", new { reason = "Fel version" })).Is(200);
        var theirs = await officer.Send(Report, $"{Report}/submissions/1/acceptance",
            ("version", Hidden(review, "version", "acceptance")), ("seen", Hidden(review, "seen", "acceptance")), ("comment", "Bra rapport"));

        Assert.Equal(412, theirs.Status);
        Assert.Contains("Någon annan ändrade detta", theirs.Text, StringComparison.Ordinal);
        Assert.Matches("<textarea[^>]*readonly[^>]*>Bra rapport</textarea>", theirs.Text);
    }

    [Fact]
    public async Task What_cannot_be_read_and_what_the_rules_refuse_are_told_at_once_in_the_form_s_own_words()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");

        foreach (var day in new[] { "", "2015-01-19" })
        {
            var answer = await officer.Send(Report, $"{Report}/submissions/1/return", ("version", Hidden(await officer.Get(Report), "version", "return")), ("reason", " "), ("completeBy", day));

            Assert.Equal(422, answer.Status);
            Assert.Matches("Vad behöver kompletteras\\? Skriv en text[\\s\\S]*Komplettera senast: ", answer.Text);
        }
    }

    [Fact]
    public async Task A_program_is_no_document()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        var answer = await lead.Send(Report, $"{Report}/submissions", "file/0", ("rapport.exe", "MZ"u8.ToArray()), ("version", Hidden(await lead.Get(Report), "version", "submissions")), ("summary", "Rapporten"), ("kind/0", "report"));

        Assert.Equal(422, answer.Status);
        Assert.Contains("”rapport.exe” har ett format som inte tas emot. Spara dokumentet i något av formaten .pdf, .docx,", answer.Text, StringComparison.Ordinal);
        Assert.Contains("accept=\".pdf, .docx,", answer.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Lead.All($"{agreement}/documents"));
    }

    [Fact]
    public async Task What_was_asked_for_stays_in_the_form_when_a_later_submission_was_taken_back()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten");
        (await host.Officer.Post($"{agreement}/obligations/report/submissions/1/return", new { reason = "Regionerna saknas", completeBy = "2015-02-15" })).Is(200);
        await Posted.Submission(host.Lead, agreement, "report", "Rapporten igen");
        (await host.Lead.Post($"{agreement}/obligations/report/submissions/2/withdrawal", new { reason = "Fel fil" })).Is(200);

        Assert.Contains("Komplettera senast 15 februari 2015: Regionerna saknas", (await lead.Get(Report)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_is_told_where_it_was_done()
    {
        using var finance = await PageCaller.SignIn(host, "farid.falk");

        var done = await finance.Send($"/{agreement}", $"/{agreement}/grant/requisitions", ("version", (await host.Finance.Get($"{agreement}/grant")).ETag!.Trim('"')),
            ("instalment", "first"), ("amount", "1 000"), ("bankgiro", "5050-1055"), ("plusgiro", ""), ("reference", "Fi2014/1"), ("period/from", ""), ("period/to", ""));

        Assert.Equal(200, done.Status);
        Assert.Matches("<p class=\"saved\" role=\"status\" id=\"done\" tabindex=\"-1\"><strong>Sparat.</strong> Du upprättade rekvisition 1 på 1\u00A0000\u00A0kr", done.Text);
        // An address made up tells nothing of what others did.
        Assert.DoesNotContain("Erik Ek registrerade", Told(await finance.Get($"/{agreement}?saved=2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_form_of_an_obligation_or_of_the_money_fails_when_it_comes_empty()
    {
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        using var finance = await PageCaller.SignIn(host, "farid.falk");
        var forms = host.Forms.Where(form => form.StartsWith("/agreements/{id}/", StringComparison.Ordinal)).ToList();
        Assert.True(forms.Count > 40);

        foreach (var form in forms)
            foreach (var caller in new[] { officer, finance })
            {
                var action = form.Replace("/agreements/{id}", $"/{agreement}", StringComparison.Ordinal).Replace("/obligations/{key}", "/obligations/report", StringComparison.Ordinal)
                    .Replace("{key}", "second", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal).Replace("{year}", "2014", StringComparison.Ordinal)
                    .Replace("{item}", "mapping", StringComparison.Ordinal).Replace("{import}", Posted.Nowhere, StringComparison.Ordinal);
                Assert.True((await caller.Send(Report, action)).Status is < 500 and not 401, action);
            }
    }

    [Fact]
    public async Task A_form_sent_after_the_sign_in_has_ended_is_not_led_away_and_holds_what_was_typed_and_sent()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var shown = await lead.Get(Report);
        await lead.Send("/", "/sign-out");

        var answer = await lead.Send("/sign-in", $"{Report}/submissions", "file/0", ("rapport.txt", "Rapporten"u8.ToArray()), ("summary", "Texten"), ("kind/0", "report"), ("by", Hidden(shown, "by", "submissions")));

        Assert.Equal((401, $"{Report}/submissions"), (answer.Status, answer.Path));
        Assert.Contains("Du är inte längre inloggad", answer.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"summary\" value=\"Texten\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Filen rapport.txt (1\u00A0kB) följer med.", answer.Text, StringComparison.Ordinal);
        // From whom nobody has shown the form, no file is taken in.
        var stranger = await lead.Send("/sign-in", $"{Report}/submissions", "file/0", ("rapport.txt", "Rapporten"u8.ToArray()), ("summary", "Texten"), ("kind/0", "report"), ("by", "lena.lind"));
        Assert.Contains("Filen rapport.txt följer inte med", stranger.Text, StringComparison.Ordinal);
        // A page that is only asked for leads to the sign-in and back.
        Assert.StartsWith("/sign-in?returnUrl=", (await lead.Get(Report)).Path, StringComparison.Ordinal);
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

    // What a page says that a form has done.
    static string Told(PageAnswer page) => page.Text[page.Text.IndexOf("class=\"saved\"", StringComparison.Ordinal)..].Split("</p>")[0];

    static string Hidden(PageAnswer page, string name, string act = "waiver")
    {
        var form = page.Text[page.Text.IndexOf($"/{act}\" ", StringComparison.Ordinal)..];
        var at = $"name=\"{name}\" value=\"";
        var from = form.IndexOf(at, StringComparison.Ordinal) + at.Length;
        return form[from..form.IndexOf('"', from)];
    }
}
