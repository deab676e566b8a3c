using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>One person's walk through every link of every page that a link leads to, from the first page on; of addresses that look alike, the first few.</summary>
sealed partial class Crawl(PageCaller caller, string person, string language, int alike)
{
    // Every obligation has a page of its own kind, whatever its address looks like.
    const int MostObligations = 40;

    readonly string who = $"{person} ({language})";
    readonly Queue<(string Address, string From)> ahead = new([("/", "the start"), ("/deadlines?status=open", "the start"), ("/turns", "the start"), ("/no-such-page-but-its-links", "the start")]);
    readonly HashSet<string> known = [];
    readonly Dictionary<string, int> shapes = [];

    public string Person => person;
    public string Language => language;

    /// <summary>Each page, at the address that led to it.</summary>
    public Dictionary<string, Html> Pages { get; } = [];

    /// <summary>Every address that was asked for, pages or not.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Links that lead nowhere, with where they stand.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>Where forms are sent that change something.</summary>
    public HashSet<(string Action, string From)> Sent { get; } = [];

    readonly HashSet<(string Address, string Fragment, string From)> fragments = [];

    public static async Task<Crawl> Of(RunningHost host, string person, string language, int alike)
    {
        using var caller = await PageCaller.SignIn(host, person);
        await caller.Send("/", "/language", ("language", language), ("returnUrl", "/"));
        var crawl = new Crawl(caller, person, language, alike);
        await crawl.Go();
        return crawl;
    }

    async Task Go()
    {
        while (ahead.TryDequeue(out var next))
        {
            var (status, path, type, text) = await caller.Look(next.Address);
            Asked.Add(next.Address);
            var expected = next.Address.StartsWith("/no-such-page", StringComparison.Ordinal) ? 404 : 200;
            if (status != expected || path.StartsWith("/sign-in", StringComparison.Ordinal))
                Broken.Add($"{who}: {next.Address} is {status} at {path}, linked from {next.From}");
            if (type != "text/html" || status >= 400 && expected == 200)
                continue;
            var page = Pages[next.Address] = new(text);
            foreach (var link in page.All("a").Select(it => it["href"]).Concat(page.All("link").Select(it => it["href"])).Concat(page.All("img").Select(it => it["src"])).OfType<string>())
                Follow(link, next.Address);
            foreach (var (method, action, fields) in page.Forms)
                if (method == "post")
                    Sent.Add((action, next.Address));
                else
                    Follow($"{action}?{string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}"))}", next.Address);
        }
        // What stands within a page that looks like one that was visited is not looked for.
        foreach (var (address, fragment, from) in fragments)
            if (Pages.TryGetValue(address, out var page) && !page.Ids.Contains(fragment))
                Broken.Add($"{who}: {address} has nothing by the name #{fragment}, linked from {from}");
    }

    void Follow(string link, string from)
    {
        if (link.StartsWith("https:", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))
            return;
        var to = new Uri(new Uri(new("http://host"), from), link);
        var address = to.PathAndQuery;
        if (to.Host != "host" || link.Contains(' ', StringComparison.Ordinal) || link.Contains('{', StringComparison.Ordinal))
            Broken.Add($"{who}: {link} is no address of ours, linked from {from}");
        if (to.Fragment.Length > 1)
            fragments.Add((address, Uri.UnescapeDataString(to.Fragment[1..]), from));
        if (!known.Add(address))
            return;
        var shape = Shape(address);
        shapes[shape] = shapes.GetValueOrDefault(shape) + 1;
        if (shapes[shape] <= (shape.Contains("/obligations/", StringComparison.Ordinal) && !shape.Contains('?', StringComparison.Ordinal) ? MostObligations : alike))
            ahead.Enqueue((address, from));
    }

    // Agreements differ; what is counted, dated or named within one is alike.
    static string Shape(string address)
    {
        var (path, query) = address.Split('?', 2) is [var before, var after] ? (before, after) : (address, "");
        var agreement = Agreement().Match(path).Value;
        return $"{agreement}{Varying().Replace(path[agreement.Length..], "/*")}?{string.Join('&', query.Split('&').Select(part => part.Split('=') is [var name, { Length: > 0 }] ? name : ""))}";
    }

    [GeneratedRegex("^/agreements/[0-9a-f-]{36}")]
    private static partial Regex Agreement();

    [GeneratedRegex("/([0-9][^/]*|[0-9a-f-]{36}|(?<=/(obligations|organisations|organisation-groups)/)[^/]+)(?=/|$)")]
    private static partial Regex Varying();
}
