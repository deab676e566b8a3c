using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Obligations;

public sealed class NotingTests(SharedHost shared)
{
    readonly RunningHost host = shared.Host;

    [Fact]
    public async Task What_needs_no_approval_waits_for_its_receiver_until_they_say_that_they_have_read_it()
    {
        var path = await Posted.Agreement(host);
        await Posted.Submission(host.Lead, path, "accounts", "Redovisningen", "accounts");
        Assert.Equal("null", $"{(await host.Lead.Get($"{path}/obligations/accounts")).Is(200).At("submissions.0.noted").ValueKind}".ToLowerInvariant());
        (await host.Lead.Post($"{path}/obligations/accounts/submissions/1/noting")).IsProblem(403, "own-submission");
        (await host.Officer.Post($"{path}/obligations/accounts/submissions/2/noting")).IsProblem(404, "no-such-submission");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/noting")).IsProblem(404, "no-such-submission");

        using var erik = await PageCaller.SignIn(host, "erik.ek");
        using var lena = await PageCaller.SignIn(host, "lena.lind");
        var page = $"/{path}/obligations/accounts";
        const string Waits = "Ta del av det som har lämnats in: Redovisning";
        Assert.Contains(Waits, (await erik.Get($"/{path}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Waits, (await lena.Get($"/{path}")).Text, StringComparison.Ordinal);
        var before = await erik.Get(page);
        Assert.Contains("Vi har tagit del av det", before.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vi har tagit del av det", (await lena.Get(page)).Text, StringComparison.Ordinal);

        Assert.Equal(200, (await erik.Send(page, $"{page}/submissions/1/noting", ("version", before.Version))).Status);

        Assert.Contains("RK har tagit del av det.", (await lena.Get(page)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Waits, (await erik.Get($"/{path}")).Text, StringComparison.Ordinal);
        var read = (await host.Lead.Get($"{path}/obligations/accounts")).Is(200);
        Assert.Equal(("accepted", "Erik Ek"), (read.Text("submissions.0.status"), read.Text("submissions.0.noted.by.name")));
        (await host.Officer.Post($"{path}/obligations/accounts/submissions/1/noting")).Is(200);
        await Posted.Submission(host.Lead, path, "report", "Rapporten");
        (await host.Officer.Post($"{path}/obligations/report/submissions/1/noting")).IsProblem(409, "submission-is-reviewed");
    }
}
