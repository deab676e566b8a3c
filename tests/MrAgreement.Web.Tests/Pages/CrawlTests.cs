using System.Text.RegularExpressions;
using MrAgreement.Local.Demo;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>Every page that each role can get to by links, in both languages, of agreements in every part of their life.</summary>
public sealed class Crawled : IAsyncLifetime
{
    static readonly string[] everybody = ["lena.lind", "farid.falk", "astrid.alm", "erik.ek", "petra.palm", "agnes.asp", "rut.ros", "adam.berg"];
    static readonly string[] sharing = ["lena.lind@LST-C", "farid.falk@LST-C", "astrid.alm@LST-C", "rut.ros@LST-C", "farid.falk@LST-T", "lena.lind@LST-Y", "lena.lind@LST-W"];

    readonly TemporaryFolder folder = new();

    internal RunningHost Host { get; private set; } = null!;
    internal IReadOnlyList<Crawl> Crawls { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Story2014.TellOnce(folder["data"]);
        Host = await RunningHost.Start("2014-06-13", folder["data"]);
        await Enrich($"agreements/{(await Host.Officer.All("agreements"))[0].Text("id")}");
        await Posted.Draft(Host);
        await Drafts();
        await Group();
        await Boards2024.Attested(Host);
        await Closed();
        await Late();
        var crawls = new List<Crawl>();
        foreach (var (person, language, alike) in everybody.Select(person => (person, "sv", 2)).Concat(everybody.Select(person => (person, "en", 1))).Concat(sharing.Select(person => (person, "sv", 1))))
            crawls.Add(await Crawl.Of(Host, person, language, alike));
        Crawls = crawls;
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }

    // What the demo leaves for people to do: a statement, a repayment, a draft, an amendment, packages.
    async Task Enrich(string path)
    {
        (await Host.Finance.Post($"{path}/grant/statements", new { kind = "annual", period = new { from = "2015-01-01", to = "2015-12-31" } })).Is(201);
        (await Host.Approver.Post($"{path}/grant/statements/1/attestation")).Is(200);
        (await Host.Finance.Post($"{path}/grant/repayments", new { amount = 1000, reference = "ÅTER-1" })).Is(201);
        (await Host.Lead.Post($"{path}/amendments", new
        {
            decidedOn = "2016-05-10", reference = "Ku2016/1", effectiveFrom = "2016-05-10",
            changes = new[] { new { reschedule = new { key = "final-report", due = new { on = "2017-10-01" } } } }
        })).Is(201);
        (await Host.Lead.Post($"{path}/documents", Posted.Form("Begäran"u8.ToArray(), "begaran.txt", ("title", "Begäran"), ("kind", "note"), ("from", "Anna Ek")))).Is(201);
        foreach (var by in new[] { Host.Lead, Host.Officer })
            (await by.Post($"{path}/archive-packages", "{}")).Is(202);
        var meeting = $"{path}/obligations/annual-consultation-2016";
        (await Host.Lead.Post($"{meeting}/times", new { on = "2016-05-20", start = "09:00", end = "12:00", form = "both", place = "Rosenbad", link = "https://mote.example/1" })).Is(201);
        (await Host.Officer.Post($"{meeting}/times/1/agreement")).Is(200);
        (await Host.Officer.Post($"{meeting}/times", new { on = "2016-05-23", start = "13:00", end = "10:00", lastDay = "2016-05-24", form = "on-site", place = "Rosenbad" })).Is(201);
        (await Host.Officer.Post($"{path}/bodies", new { key = "group", title = "Arbetsgruppen" })).Is(201);
        (await Host.Officer.Post($"{path}/bodies/group/seats", new { function = "Handläggare", from = "2016-05-10" })).Is(201);
        (await Host.Lead.Post($"{path}/bodies/group/meetings", new { on = "2016-05-10", agenda = "Planen", decisions = "Mötas igen" })).Is(201);
    }

    // Terms that are being written: one with all there is to mend, and one that the other party is shown and has said something of.
    async Task Drafts()
    {
        (await Host.Officer.Post("drafts", new { template = "state-grant" })).Is(201);
        var draft = $"drafts/{(await Host.Officer.Post("drafts", new { template = "mr-2014" })).Is(201).Text("id")}";
        (await Host.Officer.Send(HttpMethod.Put, $"{draft}/showing", """{"parties":["SKR"]}""")).Is(200);
        (await Host.Lead.Post($"{draft}/comments", new { section = "obligation-6", text = "Bör juni nämnas?" })).Is(201);
    }

    async Task Group()
    {
        (await Host.Admin.Post("organisation-groups", new { key = "forum-ab", title = "Forum", kind = "forum", coordinator = "lst-AB", county = "AB" })).Is(201);
        (await Host.Admin.Post("organisation-groups/forum-ab/members", new { from = "2016-05-10", organisation = "0114" })).Is(200);
    }

    // Much of it overdue, a meeting recorded that nobody has confirmed.
    async Task Late()
    {
        var path = await Posted.Agreement(Host);
        (await Host.Officer.Post($"{path}/obligations/meeting-2015/completion", new { doneOn = "2015-05-20", note = "Mötet hölls." })).Is(200);
    }

    async Task Closed()
    {
        var path = await Posted.Agreement(Host);
        (await Host.Lead.Post($"{path}/obligations/report/submissions", new { summary = "Rapporten", documents = new[] { await Posted.Document(Host.Lead, path, "Rapporten") } })).Is(201);
        (await Host.Officer.Post($"{path}/obligations/report/submissions/1/acceptance", new { })).Is(200);
        foreach (var obligation in (await Host.Officer.All($"{path}/obligations")).Where(o => o.Text("status") is "open" or "waiting"))
            (await Host.Officer.Post($"{path}/obligations/{obligation.Text("key")}/waiver", new { reason = "Avslutas", reference = "A1" })).Is(200);
        (await Host.Officer.Post($"{path}/grant/instalments/second/lapse", new { reason = "Inga medel" })).Is(200);
        (await Host.Officer.Post($"{path}/closure", "{}")).Is(200);
    }
}

/// <summary>What holds for every page.</summary>
public sealed partial class CrawlTests(Crawled crawled) : IClassFixture<Crawled>
{
    [Fact]
    public void Every_link_leads_to_a_page_that_whoever_sees_it_may_see()
    {
        var broken = crawled.Crawls.SelectMany(it => it.Broken).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(60)));
    }

    [Fact]
    public void Every_form_is_sent_where_something_takes_it()
    {
        var taken = crawled.Host.Forms.Select(form => new Regex($"^{Parameter().Replace(form, "[^/]+")}$")).ToList();
        var lost = crawled.Crawls.SelectMany(it => it.Sent).Where(it => !taken.Exists(form => form.IsMatch(it.Action))).Distinct().ToList();
        Assert.Empty(lost);
    }

    // Filled in with nothing, and with what none of the fields takes.
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public async Task No_fault_is_told_twice(string typed)
    {
        var (told, answered) = (new List<string>(), 0);
        foreach (var crawl in crawled.Crawls.Where(it => it.Language == "sv"))
        {
            using var caller = await PageCaller.SignIn(crawled.Host, crawl.Person);
            foreach (var (action, from) in crawl.Sent.Where(it => it.Action.StartsWith("/agreements/", StringComparison.Ordinal)).GroupBy(it => Digits().Replace(it.Action, "0")).Select(it => it.First()))
            {
                var page = new Html((await caller.Look(from)).Text);
                if (page.Forms.FirstOrDefault(form => form.Action == action) is not { Fields: { } fields } || fields.All(field => IsOwn(field.Name)))
                    continue;
                var answer = await caller.Post(action, fields.Select(field => (field.Name, IsOwn(field.Name) ? field.Value : typed)));
                // Several fields may be at fault alike; one field, or the form as a whole, is at fault once.
                var faults = Fault().Matches(Faults().Match(answer.Text).Value).Select(it => (Field: Target().Match(it.Value).Groups[1].Value, Text: Tag().Replace(it.Value, "").Trim())).ToList();
                answered += faults.Count;
                told.AddRange(faults.GroupBy(it => it.Field.Length > 0 ? it.Field : it.Text).Where(it => it.Count() > 1).Select(it => $"{action}: {string.Join(" | ", it.Select(fault => fault.Text))}"));
            }
        }
        Assert.True(told.Count == 0, string.Join('\n', told.Distinct().Take(40)));
        Assert.InRange(answered, 30, 10_000);

        static bool IsOwn(string name) => name is "__RequestVerificationToken" or "version" or "seen" or "by";
    }

    [GeneratedRegex("""<section class="errors".*?</section>""", RegexOptions.Singleline)]
    private static partial Regex Faults();

    [GeneratedRegex("<li>.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Fault();

    [GeneratedRegex("<li>\\s*<a href=\"#([^\"]+)\"")]
    private static partial Regex Target();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [Fact]
    public void No_line_names_the_same_diary_number_twice()
    {
        var twice = crawled.Crawls.SelectMany(it => it.Pages).SelectMany(page => page.Value.Lines.Where(line => SameNumber().IsMatch(line)).Select(line => (Line: line, page.Key)))
            .GroupBy(it => Digits().Replace(it.Line, "0")).Select(it => $"{it.First().Line} ({it.First().Key})").ToList();
        Assert.True(twice.Count == 0, string.Join('\n', twice.Take(40)));
    }

    [GeneratedRegex(@"\b(A2014/2289/DISK|Fi2014/1)\b.*\b\1\b")]
    private static partial Regex SameNumber();

    [Fact]
    public void Every_page_there_is_has_been_looked_at()
    {
        var asked = crawled.Crawls.SelectMany(it => it.Asked).Select(address => address.Split('?')[0]).Distinct().ToList();
        var unseen = crawled.Host.Pages.Except(crawled.Host.Forms).Except(unlinked).Where(page => !asked.Exists(new Regex($"^{Parameter().Replace(page, "[^/]+")}$").IsMatch)).ToList();
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
        Assert.InRange(crawled.Crawls.Sum(it => it.Pages.Count), 1000, 10_000);
    }

    [Fact]
    public void No_two_words_run_into_each_other()
    {
        var glued = crawled.Crawls.SelectMany(it => it.Pages).SelectMany(page => page.Value.Lines.Where(line => Glued().IsMatch(Names().Replace(line, "…"))).Select(line => (Line: line, page.Key)))
            .GroupBy(it => Digits().Replace(it.Line, "0")).Select(it => $"{Glued().Match(Names().Replace(it.First().Line, "…")).Value}: {it.First().Line} ({it.First().Key})").ToList();
        Assert.True(glued.Count == 0, string.Join('\n', glued.Take(60)));
    }

    [Fact]
    public void No_caption_repeats_a_heading()
    {
        var repeated = crawled.Crawls.SelectMany(it => it.Pages).SelectMany(page => page.Value.Texts("caption").Where(text => text.Length > 0).Intersect(page.Value.Texts("h1", "h2", "h3", "h4")).Select(text => $"{text} ({page.Key})")).ToList();
        Assert.True(repeated.Count == 0, string.Join('\n', repeated.Take(40)));
        Assert.Contains(crawled.Crawls.SelectMany(it => it.Pages), page => page.Value.Texts("caption").Any());
    }

    [Fact]
    public void No_page_is_longer_than_100_kilobytes()
    {
        var sizes = crawled.Crawls.SelectMany(it => it.Sizes).ToList();
        var longest = sizes.Where(it => it.Value > 100_000).Select(it => $"{it.Key}: {it.Value}").Distinct().ToList();
        Assert.True(longest.Count == 0, string.Join('\n', longest));
        Assert.True(sizes.Count > 1000);
    }

    [Fact]
    public void No_page_has_two_things_by_one_name()
    {
        var twice = crawled.Crawls.SelectMany(it => it.Pages).SelectMany(page => page.Value.Ids.GroupBy(id => id).Where(id => id.Count() > 1).Select(id => $"#{id.Key} at {page.Key}")).Distinct().ToList();
        Assert.True(twice.Count == 0, string.Join('\n', twice.Take(40)));
    }

    // What nobody is led to when signed in, or only after something that a walk does not do.
    static readonly string[] unlinked =
        ["/sign-in", "/health/live", "/health/ready", "/calendars/-.ics", "/feeds/-.atom", "/checkpoints", "/checkpoints/{number}", "/checkpoints/consistency", "/agreements/{id}/grant/ledger/in-progress/{import}", "/archive/orders/{order}"];

    // Letters or digits that meet in a tag; a capital in a word, a bracket or a stop without the space that belongs to it.
    [GeneratedRegex(@"[\p{L}\p{Nd}]¦[\p{L}\p{Nd}]|\p{Ll}\p{Lu}|[\p{L}\p{Nd}]\(|\)[\p{L}\p{Nd}(]|[\p{L}\p{Nd})][.,;:!?]¦?\p{Lu}|[\p{L}\p{Nd}],¦?\p{L}")]
    private static partial Regex Glued();

    // Names that are written so: file names and programs, addresses, diary numbers.
    [GeneratedRegex(@"MrAgreement|DevOps|\bkB\b|\S+\.(txt|pdf|se|xml|docx|xlsx|csv|zip|ods|odt)\b|\b\w+\d{4}/\S+|https?:\S+|SHA-256|IBAN|ISO \d+")]
    private static partial Regex Names();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
