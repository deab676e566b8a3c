using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

public class ObligationPageTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public void Each_act_of_the_API_on_an_obligation_has_its_form()
    {
        var acts = Tails(host.Routes.Where(r => r.StartsWith("POST ", StringComparison.Ordinal)));
        Assert.Contains("/submissions/{number}/return", acts);

        // A draft is sent with the form for the submission itself.
        Assert.Empty(acts.Except(Tails(host.Forms)));
    }

    [Fact]
    public async Task What_a_party_keeps_to_itself_is_on_no_other_party_s_page_nor_in_its_log()
    {
        const string secret = "Stäm av med enheten";
        var path = await Some.Agreement(host);
        await Some.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Officer.Post($"{path}/obligations/report/notes", new { text = secret })).Is(201);
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/comments", new { ministry = secret, text = secret, receivedOn = "2014-06-13" })).Is(201);

        foreach (var (person, sees) in new[] { ("erik.ek", true), ("lena.lind", false), ("petra.palm", false), ("agnes.asp", false), ("adam.berg", false) })
        {
            using var caller = await PageCaller.SignIn(host, person);
            Assert.Equal(sees, (await caller.Get($"/{path}/obligations/report")).Text.Contains(secret, StringComparison.Ordinal));
            Assert.Equal(sees, (await caller.Get($"/{path}/log")).Text.Contains("skrev en tjänsteanteckning", StringComparison.Ordinal));
        }
    }

    static List<string> Tails(IEnumerable<string> paths) =>
        [.. paths.Select(path => path.Split("/obligations/{key}")).Where(parts => parts.Length == 2).Select(parts => parts[1])];
}
