using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The first page, as each role has it.</summary>
public sealed class StartPageTests : IAsyncLifetime
{
    static readonly string[] numbers = ["Fi2014/1", "Fi2014/2"];

    RunningHost host = null!;
    string late = "";
    string early = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start();
        late = await Agreement("Fi2014/1", "Ärendet med det försenade", "2014-07-01");
        early = await Agreement("Fi2014/2", "Överenskommelsen som är i tid", "2015-02-01");
        (await host.Lead.Post("simulation/clock", new { now = "2014-06-15" })).Is(200);
        await Posted.Submission(host.Lead, late, "report", "Rapporten");
        (await host.Officer.Post($"{late}/obligations/report/submissions/1/return", new { reason = "Beskriv också landstingen.", completeBy = "2014-07-10" })).Is(200);
        (await host.Lead.Post("simulation/clock", new { now = "2014-07-20" })).Is(200);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_says_what_is_late_who_owes_it_and_why_it_came_back()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var shown = (await lead.Get("/")).Text;

        Assert.Contains("Komplettera: Rapport</a>", shown, StringComparison.Ordinal);
        Assert.Contains("Det här behöver kompletteras: Beskriv också landstingen.", shown, StringComparison.Ordinal);
        Assert.Contains("Försenat 10 dagar:", shown, StringComparison.Ordinal);
        Assert.Contains("SKR är ansvarig", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Ändrat sedan", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("erik.ek", "Kompletteringen har inte kommit in: Rapport", "Granska")]
    [InlineData("farid.falk", "Upprätta: Rekvisition first", "Inte inlämnat")]
    [InlineData("petra.palm", "Inget väntar på dig just nu.", "Upprätta:")]
    public async Task Each_role_sees_what_waits_for_it_and_not_what_waits_for_others(string person, string seen, string unseen)
    {
        using var caller = await PageCaller.SignIn(host, person);
        var shown = (await caller.Get("/")).Text;

        Assert.Contains(seen, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(unseen, shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_sees_what_people_have_done_since_the_last_visit_or_a_day_of_choice()
    {
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");
        var first = (await auditor.Get("/")).Text;
        Assert.Contains("Ändrat sedan 20 juni 2014", first, StringComparison.Ordinal);
        Assert.DoesNotContain("begärde komplettering", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Väntar på dig", first, StringComparison.Ordinal);
        Assert.Contains("Erik Ek begärde komplettering av Rapport senast 10 juli 2014", (await auditor.Get("/?since=2014-06-13")).Text, StringComparison.Ordinal);

        (await host.Lead.Post("simulation/clock", new { now = "2014-07-25" })).Is(200);
        await Posted.Submission(host.Lead, late, "report", "Rapporten, kompletterad");
        var second = (await auditor.Get("/")).Text;
        Assert.Contains("Ändrat sedan 20 juli 2014", second, StringComparison.Ordinal);
        Assert.Contains("Lena Lind lämnade in Rapport, inlämning 2", second, StringComparison.Ordinal);
        Assert.Contains($"/{late}/log?event=", second, StringComparison.Ordinal);
        Assert.DoesNotContain($"/{early}/log?event=", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rut.ros", "Du läser:")]
    [InlineData("agnes.asp", "Du granskar:")]
    [InlineData("adam.berg", "Du förvaltar systemet:")]
    public async Task Whoever_has_nothing_to_do_is_told_what_there_is_to_see(string person, string told)
    {
        using var caller = await PageCaller.SignIn(host, person);
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        Assert.Contains(told, (await caller.Get("/")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(told, (await lead.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_is_one_change_and_what_an_auditor_may_not_read_is_none()
    {
        (await host.Officer.Post($"{late}/obligations/report/notes", new { text = "Internt" })).Is(201);
        await Posted.Submission(host.Lead, late, "report", "Rapporten, kompletterad");
        await Posted.Document(host.Lead, late, "Ett annat dokument");
        using var auditor = await PageCaller.SignIn(host, "agnes.asp");
        var changes = (await auditor.Get("/?since=2014-07-20")).Text.Split("id=\"changes\"")[1].Split("</section>")[0];

        Assert.Contains("lämnade in Rapport, inlämning 2", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("Rapporten, kompletterad", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("inte har tillgång till", changes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "Fi2014/1 Fi2014/2")]
    [InlineData("/?order=title", "Fi2014/1 Fi2014/2")]
    [InlineData("/?order=changed", "Fi2014/1 Fi2014/2")]
    [InlineData("/?overdue=true", "Fi2014/1")]
    [InlineData("/?q=tid", "Fi2014/2")]
    [InlineData("/?party=RK&status=active", "Fi2014/1 Fi2014/2")]
    [InlineData("/?party=MSB", "")]
    [InlineData("/?status=closed", "")]
    [InlineData("/?order=nonsense&page=x&status=%00", "Fi2014/1 Fi2014/2")]
    public async Task The_agreements_are_narrowed_and_ordered_by_what_stands_in_the_address(string address, string expected)
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var shown = (await lead.Get(address)).Text;
        var cards = shown[shown.IndexOf("<h2 id=\"portfolio\"", StringComparison.Ordinal)..];

        Assert.Equal(expected, string.Join(' ', numbers.Where(number => Place(number) >= 0).OrderBy(Place)));

        int Place(string number) => cards.IndexOf($">{number} <", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_can_be_paged_through_and_a_page_beyond_the_last_says_that_nothing_does()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");

        Assert.Contains("Komplettera: Rapport", (await lead.Get("/turns")).Text, StringComparison.Ordinal);
        Assert.Contains("Inget väntar på dig just nu.", (await lead.Get("/turns?page=2")).Text, StringComparison.Ordinal);
    }

    async Task<string> Agreement(string number, string title, string dueOn)
    {
        var terms = Posted.Terms();
        (terms["diaryNumber"], terms["title"], terms["obligations"]![0]!["due"]!["on"]) = (number, title, dueOn);
        return await Posted.Agreement(host, terms);
    }
}
