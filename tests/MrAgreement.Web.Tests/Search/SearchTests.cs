using System.Text.Json;
using MrAgreement.Web.Tests.Grants;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Search;

/// <summary>A host with an agreement of three parties, and one of boards.</summary>
public sealed class SearchedHost : IAsyncLifetime
{
    readonly TemporaryFolder folder = new();

    internal RunningHost Host { get; private set; } = null!;
    internal string Path { get; private set; } = "";
    internal string Boards { get; private set; } = "";
    internal string Secret { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await RunningHost.Start("2015-01-20", folder["data"]);
        Path = await Posted.Agreement(Host);
        Boards = await Boards2024.Signed(Host);
        Secret = (await Host.Lead.Post($"{Path}/documents", Posted.Form("Rapport"u8.ToArray(), "a.txt", ("title", "Räksmörgås åt Örjan"), ("kind", "report"), ("confidential", "true"), ("legalGround", "OSL 21 kap. 1 §"), ("from", "Ådals verkstad")))).Is(201).Text("id")!;
        (await Host.Officer.Post($"{Path}/obligations/report/waiver", new { reason = "Ersätts av kartläggningen", reference = "Fi2015/88" })).Is(200);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>What each finds, by API and on the page; and what nobody finds.</summary>
public sealed class SearchTests(SearchedHost it) : IClassFixture<SearchedHost>
{
    static async Task<IEnumerable<string>> Found(Caller by, string query) => (await by.Get($"search?q={query}")).Is(200).At("groups").EnumerateArray()
        .SelectMany(group => group.At("found.items").EnumerateArray()).Select(Told);

    static string Told(JsonElement found) => $"{found.Text("kind")} {found.Text("title")}";

    [Fact]
    public async Task Each_finds_what_they_see_by_kinds_with_the_place_where_it_stands()
    {
        var all = (await it.Host.Lead.Get($"search?q=fi2014&agreement={it.Path.Split('/')[1]}")).Is(200);
        Assert.Equal(["agreement", "obligation", "document", "person", "log", "publication"], all.At("groups").EnumerateArray().Select(group => group.Text("kind")));
        var agreement = all.At("groups.0.found.items.0");
        Assert.Equal(("Överenskommelse för prov", "Fi2014/1", $"/{it.Path}"), (agreement.Text("title"), agreement.Text("diaryNumber"), agreement.Text("page")));
        Assert.Equal((1m, 20m, 0m), (all.Number("groups.0.found._meta.totalRecords"), all.Number("groups.0.found._meta.limit"), all.Number("groups.1.found._meta.totalRecords")));

        // With and without dots, by those of the party alone while it is confidential and handed to nobody.
        foreach (var words in new[] { "räksm", "raksm", "RÄKSMÖRGÅS orjan", "ådals", "%C3%A5dals%20ve", "ra%CC%88ksm" })
            Assert.Equal(["document Räksmörgås åt Örjan"], await Found(it.Host.Finance, words));
        foreach (var other in new[] { it.Host.Officer, it.Host.Payer, it.Host.Reader, it.Host.As("finance@LST-C") })
            Assert.Empty(await Found(other, "raksm"));
        Assert.Equal(["document Räksmörgås åt Örjan"], await Found(it.Host.Admin, "raksm"));
        var document = (await it.Host.Lead.Get("search?q=raksm&kind=document")).Is(200);
        Assert.Equal(($"/{it.Path}/documents/{it.Secret}", it.Secret, "document", 1), (document.Text("groups.0.found.items.0.page"), document.Text("groups.0.found.items.0.document"), document.Text("groups.0.kind"), document.At("groups").GetArrayLength()));

        var waiver = (await it.Host.Payer.Get("search?q=fi2015%2088&kind=log")).Is(200).At("groups.0.found.items.0");
        Assert.Equal(("Rapport", "obligation-waived"), (waiver.Text("title"), waiver.Text("type")));
        Assert.Equal($"/{it.Path}/log?event={waiver.Number("event")}#e{waiver.Number("event")}", waiver.Text("page"));
        Assert.Equal(["log Rapport"], await Found(it.Host.Lead, "ersatts"));
        Assert.Empty(await Found(it.Host.Reader, "ersatts"));
        Assert.Equal(["obligation Rapport"], await Found(it.Host.Reader, "rapport"));

        // Those of another party find what is theirs, and no people of agreements that they are not in.
        Assert.Empty(await Found(it.Host.As("finance@LST-C"), "prov"));
        Assert.Contains("agreement ", string.Join('\n', await Found(it.Host.As("finance@LST-C"), "lst")), StringComparison.Ordinal);
        Assert.Contains("person Anders Knape", await Found(it.Host.Payer, "knape"));
        Assert.Empty(await Found(it.Host.As("finance@LST-C"), "knape"));
        var lead = (await it.Host.Payer.Get("search?q=lena%20lind&kind=person")).Is(200).At("groups.0.found.items.0");
        Assert.Equal(("Lena Lind", "project-lead", "SKR", $"/{it.Path}/people#parties"), (lead.Text("title"), lead.Text("role"), lead.Text("note"), lead.Text("page")));

        // Within one agreement it is read from the agreement itself.
        Assert.Equal(["document Räksmörgås åt Örjan"], await Found(it.Host.Finance, $"raksm&agreement={it.Path.Split('/')[1]}"));
        Assert.Empty(await Found(it.Host.Officer, $"raksm&agreement={it.Path.Split('/')[1]}"));
        Assert.Empty(await Found(it.Host.Officer, $"knape&agreement={it.Boards.Split('/')[1]}"));
        (await it.Host.Finance.Get($"search?q=raksm&agreement={it.Boards.Split('/')[1]}")).IsProblem(404, "no-such-agreement");

        foreach (var refused in new[] { "search", "search?q=a", "search?q=%20%2F%2F%20", $"search?q={new string('a', 101)}" })
            (await it.Host.Lead.Get(refused)).IsProblem(422, "search-length");
        (await it.Host.Lead.Get("search?q=a+b+c+d+e+f+g+h+i+j+k")).IsProblem(422, "search-words");
        (await it.Host.Lead.Get("search?q=prov&kind=voucher")).IsProblem(400, "malformed-parameter");
        (await it.Host.Lead.Get("search?q=prov&page=0")).IsProblem(400, "malformed-parameter");
        Assert.Empty(await Found(it.Host.Lead, "%22%20OR%20%22words%22%20NEAR(%20*"));
        (await it.Host.Nobody.Get("search?q=prov")).Is(401);
    }

    [Fact]
    public async Task The_page_shows_the_first_of_each_kind_keeps_what_was_looked_for_and_says_what_to_try()
    {
        using var finance = await PageCaller.SignIn(it.Host, "farid.falk");
        Assert.Contains("action=\"/search\"", (await finance.Get("/")).Text, StringComparison.Ordinal);
        var found = (await finance.Get("/search?q=RAKSM")).Text;
        Assert.Contains($"<a href=\"/{it.Path}/documents/{it.Secret}\">Räksmörgås åt Örjan</a>", found, StringComparison.Ordinal);
        Assert.Contains("value=\"RAKSM\"", found, StringComparison.Ordinal);
        var decided = (await finance.Get("/search?q=kartl%C3%A4ggningen&kind=log")).Text;
        Assert.Contains("#e", decided, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/search?q=kartl%C3%A4ggningen\">Visa alla sorters träffar</a>", decided, StringComparison.Ordinal);
        Assert.Contains("Inget av det du ser innehåller ”<b>kiwi”.", (await finance.Get("/search?q=%3Cb%3Ekiwi")).Text, StringComparison.Ordinal);
        var short_ = await finance.Get("/search?q=a");
        Assert.Equal((422, true), (short_.Status, short_.Text.Contains("Skriv minst 2 och högst 100 tecken", StringComparison.Ordinal)));
        using var officer = await PageCaller.SignIn(it.Host, "erik.ek");
        var nothing = (await officer.Get("/search?q=raksm")).Text;
        Assert.DoesNotContain("Räksmörgås", nothing, StringComparison.Ordinal);
        Assert.Contains("Skriv början av orden", nothing, StringComparison.Ordinal);
        // More than ten of a kind: the first, and the way to all.
        for (var i = 1; i <= 11; i++)
            (await it.Host.Officer.Post($"{it.Path}/documents", Posted.Form([(byte)'k', (byte)('a' + i)], $"{i}.txt", ("title", $"Kvitto {i}"), ("kind", "note")))).Is(201);
        var many = (await officer.Get("/search?q=kvitto")).Text;
        Assert.Contains("<a href=\"/search?q=kvitto&kind=document\">Visa alla 11: dokument</a>", many, StringComparison.Ordinal);
        Assert.Equal((10, 11), (many.Split(">Kvitto ").Length - 1, (await officer.Get("/search?q=kvitto&kind=document")).Text.Split(">Kvitto ").Length - 1));
    }

    [Fact]
    public async Task What_is_erased_is_not_found_any_more()
    {
        var path = it.Path;
        var document = (await it.Host.Lead.Post($"{path}/documents", Posted.Form([9], "b.txt", ("title", "Sjukintyg för Vimmerby"), ("kind", "report")))).Is(201).Text("id");
        Assert.Equal(["document Sjukintyg för Vimmerby"], await Found(it.Host.Finance, "vimmerby"));
        var asked = await it.Host.Lead.Post($"{path}/erasures", new { document, ground = "gdpr-17" });
        asked.Is(201);
        (await it.Host.Approver.Post(new Uri(asked.Location!).AbsolutePath["/api/v1/".Length..] + "/approval")).Is(200);
        Assert.Empty(await Found(it.Host.Finance, "vimmerby"));
        Assert.Empty(await Found(it.Host.Admin, "sjukintyg"));
    }
}
