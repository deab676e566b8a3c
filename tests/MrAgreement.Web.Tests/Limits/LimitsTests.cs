using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Calendars;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Tests.Hosts;
using MrAgreement.Web.Tests.Pages;

namespace MrAgreement.Web.Tests.Limits;

/// <summary>How much one may ask for, over HTTP: one a minute comes back, so that what is used up stays so.</summary>
public class LimitsTests
{
    [Fact]
    public async Task A_person_who_asks_for_too_much_hears_when_to_come_back_and_nobody_else_does()
    {
        await using var host = await RunningHost.Start(limits: "person=1,burst=3");
        for (var i = 0; i < 3; i++)
            (await host.Lead.Get("agreements")).Is(200);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await Ask(host, "/api/v1/agreements", "demo-project-lead");
            Assert.Equal((429, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Contains("/problems/too-many-requests\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        (await host.Officer.Get("agreements")).Is(200);
        // Told once, whose it was, and with no more of the address than the path of ours.
        var told = Assert.Single(await Told(host, SecurityEvent.Limited));
        Assert.Equal(("lena.lind", "127.0.0.1"), (told.By?.Value, told.From));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_counted_by_address_and_nobody_who_is()
    {
        await using var host = await RunningHost.Start(limits: "strangers=4,door=1");
        for (var i = 0; i < 4; i++)
            Assert.Equal(401, await Status(host, "/api/v1/agreements", i % 2 == 0 ? null : "nonsense"));
        Assert.Equal((429, 429, 429), (await Status(host, "/api/v1/agreements"), await Status(host, "/sign-in"), await Status(host, "/calendars/nonsense.ics")));
        Assert.Equal((200, 200), (await Status(host, "/health/live"), await Status(host, "/health/ready")));
        Assert.Equal(200, await Status(host, "/api/v1/agreements", "demo-officer"));
        Assert.Null(Assert.Single(await Told(host, SecurityEvent.Limited)).By);
    }

    [Fact]
    public async Task Coming_in_is_tried_less_often()
    {
        await using var host = await RunningHost.Start(limits: "door=2");
        Assert.NotEqual(429, await Status(host, "/invitations/nothing"));
        Assert.NotEqual(429, await Status(host, "/invitations/other"));
        Assert.Equal((429, 200), (await Status(host, "/invitations/third"), await Status(host, "/sign-in")));
    }

    [Fact]
    public async Task Without_limits_there_are_none()
    {
        await using var host = await RunningHost.Start();
        for (var i = 0; i < 70; i++)
            Assert.Equal(401, await Status(host, "/api/v1/agreements"));
    }

    [Fact]
    public async Task An_address_from_a_header_is_believed_of_a_proxy_only()
    {
        await using var plain = await RunningHost.Start(limits: "strangers=1");
        await using var behind = await RunningHost.Start(limits: "strangers=1", proxies: "127.0.0.1");
        Assert.Equal((401, 429), (await Status(plain, "/api/v1/agreements", from: "192.0.2.1"), await Status(plain, "/api/v1/agreements", from: "192.0.2.2")));
        Assert.Equal((401, 401), (await Status(behind, "/api/v1/agreements", from: "192.0.2.1"), await Status(behind, "/api/v1/agreements", from: "192.0.2.2")));
        // Of version 6 a whole network is one.
        Assert.Equal((401, 429), (await Status(behind, "/api/v1/agreements", from: "2001:db8::1"), await Status(behind, "/api/v1/agreements", from: "2001:db8::2")));
    }

    [Fact]
    public async Task A_form_that_is_stopped_comes_back_with_what_was_typed_to_be_sent_again()
    {
        await using var host = await RunningHost.Start(limits: "person=1,burst=4,door=9");
        var draft = $"/{await Posted.Draft(host)}";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        while ((await lead.Get(draft)).Status != 429)
        {
        }

        var (status, text) = await lead.Post($"{draft}/signature/contest", [("reason", "Fel <undertecknare>"), ("__RequestVerificationToken", "kept")]);

        Assert.Equal(429, status);
        Assert.Contains("För många anrop på kort tid", text, StringComparison.Ordinal);
        Assert.Contains("name=\"reason\" value=\"Fel &lt;undertecknare&gt;\"", text, StringComparison.Ordinal);
        Assert.Contains("name=\"__RequestVerificationToken\" value=\"kept\"", text, StringComparison.Ordinal);
        Assert.Contains($"action=\"{draft}/signature/contest\"", text, StringComparison.Ordinal);
        lead.Give("language", "en");
        Assert.Contains("Too many requests in a short time", (await lead.Get(draft)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_forms_that_are_stopped_the_files_of_one_a_minute_are_kept()
    {
        await using var host = await RunningHost.Start(limits: "person=1,burst=6,door=9");
        var path = $"/{await Posted.Agreement(host)}";
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        while ((await lead.Get(path)).Status != 429)
        {
        }

        var first = await lead.Send(path, $"{path}/documents", ("rapport.txt", "Rapporten"u8.ToArray()), ("title", "Rapport"), ("kind", "report"));
        var second = await lead.Send(path, $"{path}/documents", ("rapport.txt", "Rapporten"u8.ToArray()), ("title", "Rapport"), ("kind", "report"));

        Assert.Equal((429, 429), (first.Status, second.Status));
        Assert.Contains("name=\"kept-file\"", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"kept-file\"", second.Text, StringComparison.Ordinal);
        Assert.Contains("Filen rapport.txt följer inte med", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_may_not_do_in_an_agreement_is_told_once_an_hour()
    {
        await using var host = await RunningHost.Start();
        var path = await Posted.Agreement(host);
        for (var i = 0; i < 3; i++)
            (await host.Finance.Post($"{path}/closure")).IsProblem(403, "forbidden");
        (await host.Lead.Post($"{path}/closure")).IsProblem(403, "forbidden");

        Assert.Equal([("farid.falk", path["agreements/".Length..]), ("lena.lind", path["agreements/".Length..])],
            (await Told(host, SecurityEvent.Denied)).Select(it => (it.By!.Value.Value, it.About!)).Order());
    }

    static async Task<IReadOnlyList<SecurityEntry>> Told(RunningHost host, SecurityEvent what) =>
        [.. (await host.Services.GetRequiredService<SecurityLog>().On(StockholmTime.DateOf(SystemClock.Instance.GetCurrentInstant()))).Where(it => it.Event == what)];

    static async Task<int> Status(RunningHost host, string path, string? token = null, string? from = null)
    {
        using var answer = await Ask(host, path, token, from);
        return (int)answer.StatusCode;
    }

    static async Task<HttpResponseMessage> Ask(RunningHost host, string path, string? token, string? from = null)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        return await client.SendAsync(request);
    }
}
