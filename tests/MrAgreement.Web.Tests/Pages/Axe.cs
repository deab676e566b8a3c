using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>The rules of accessibility that a machine can check, looked at by axe in the page itself: every rule, of which only what is broken is told.</summary>
static class Axe
{
    static readonly string script = new BundledAxeScriptProvider().GetScript();

    const string Run = """
        async () => (await axe.run({ resultTypes: ['violations'] })).violations
            .map(it => `${it.id} ${it.help} at ${it.nodes.map(node => node.target.join(' ')).join(' | ')}`)
        """;

    /// <summary>What is broken, each with the page's address, the rule and where.</summary>
    public static async Task<IEnumerable<string>> Broken(this IPage page)
    {
        await page.EvaluateAsync(script);
        return (await page.EvaluateAsync<string[]>(Run)).Select(it => $"{new Uri(page.Url).PathAndQuery}: {it}");
    }
}
