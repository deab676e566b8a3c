using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Obligations;

/// <summary>What the clause asks for, and where in a submission it stands.</summary>
public class ContentsTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task Where_it_stands_is_said_with_the_submission_and_what_is_not_said_is_seen_by_both()
    {
        var path = await Posted.Agreement(host, Posted.Terms2014());
        var report = $"{path}/obligations/mapping-report";
        object Sent(string summary, params object[] contents) => new { summary, documents = Array.Empty<string>(), contents };
        Assert.Contains("unknown-content", (await host.Lead.Send(HttpMethod.Put, $"{report}/draft", Sent("Utkast", new { key = "annat", where = "avsnitt 1" }))).Is(422).ToString(), StringComparison.Ordinal);
        (await host.Lead.Send(HttpMethod.Put, $"{report}/draft", Sent("Utkast", new { key = "needs", where = "avsnitt 6" }))).Is(200).Has("contents.0.key:string contents.0.must:boolean contents.0.where:string contents.1.where:null");

        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var form = (await lead.Get($"/{report}")).Text;
        Assert.Matches("name=\"contents/0/where\"[^>]*value=\"avsnitt 6\"", form);
        Assert.Matches("name=\"contents/5/where\"", form);
        Task<PageAnswer> Send(string education) => lead.Send($"/{report}", $"/{report}/submissions", "file/0", ("rapport.txt", "Kartläggningen"u8.ToArray()),
            ("version", Regex.Match(form, "/submissions\" .*?name=\"version\" value=\"(\\d+)\"", RegexOptions.Singleline).Groups[1].Value), ("summary", "Kartläggningen"), ("kind/0", "report"),
            ("contents/0/key", "needs"), ("contents/0/where", "avsnitt 6"), ("contents/1/key", "education"), ("contents/1/where", education), ("contents/2/key", "exchange"), ("contents/2/where", ""));
        var refused = await Send(new('x', 301));
        Assert.Equal(422, refused.Status);
        Assert.Contains(new string('x', 301), refused.Text, StringComparison.Ordinal);
        var done = await Send("avsnitt 3");

        const string Lacking = "Det här ska finnas med, men det står inte var";
        Assert.Contains("avsnitt 3", done.Text, StringComparison.Ordinal);
        Assert.Contains(Lacking, done.Text, StringComparison.Ordinal);
        using var officer = await PageCaller.SignIn(host, "erik.ek");
        Assert.Contains($"{Lacking}", (await officer.Get($"/{report}")).Text, StringComparison.Ordinal);
        var submission = (await host.Officer.Get(report)).Is(200).At("submissions")[0];
        Assert.Equal([("needs", "avsnitt 6"), ("education", "avsnitt 3"), ("exchange", null)], submission.At("contents").EnumerateArray().Take(3).Select(it => (it.Text("key"), it.Text("where"))));
    }
}
