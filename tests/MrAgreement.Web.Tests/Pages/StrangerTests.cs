using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Tests.SignIn;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Pages;

/// <summary>What somebody who is not signed in can make the host read, keep and write.</summary>
public sealed class StrangerTests : IAsyncLifetime
{
    const int Short = 40_000, Long = 200_000, Huge = 4_000_000;

    readonly KeptLog log = new();
    RunningHost host = null!;
    string report = "";

    public async ValueTask InitializeAsync()
    {
        host = await RunningHost.Start(log: log);
        report = $"/{await Posted.Agreement(host)}/obligations/report/submissions";
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("/sign-in")]
    [InlineData("/language")]
    [InlineData("/sign-out")]
    [InlineData("/no-such-page")]
    public async Task A_stranger_s_long_form_is_not_read_wherever_it_is_sent(string page)
    {
        foreach (var isChunked in new[] { false, true })
        {
            // Of what has no stated length some is read; then the connection is closed, whoever is still sending.
            if (await Answer() is not { } answer)
            {
                Assert.True(isChunked);
                continue;
            }
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
            Assert.True(answer.Text.Length < 20_000);

            async Task<(HttpStatusCode Status, string Text)?> Answer()
            {
                try
                {
                    return await Post(page.Length == 0 ? report : page, Huge, isChunked: isChunked);
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            }
        }
    }

    [Fact]
    public async Task What_a_stranger_types_in_a_form_stays_in_the_page()
    {
        var (status, text) = await Post(report, Short);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(new string('x', Short), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_session_has_run_out_within_a_day_keeps_a_long_form_and_nobody_else_does()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Post(report, Long, await Cookie(TimeSpan.FromHours(-1)))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(report, Long, await Cookie(TimeSpan.FromHours(-25)))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(report, Long, "mragreement=not-ours")).Status);
        // Nor does it hold without end.
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(report, Huge, await Cookie(TimeSpan.FromHours(-1)))).Status);
    }

    [Fact]
    public async Task A_session_that_was_ended_is_over_whoever_still_has_its_cookie()
    {
        using var lead = await PageCaller.SignIn(host, "lena.lind");
        var kept = lead.Cookie("mragreement");
        Assert.Equal(HttpStatusCode.OK, await Get("/", kept));
        await lead.Send("/", "/sign-out");

        Assert.Equal(HttpStatusCode.Redirect, await Get("/", kept));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(report, Long, kept)).Status);
    }

    [Fact]
    public async Task Bad_requests_write_nothing_in_the_log()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        foreach (var cookie in new[] { "", "mragreement=x; mragreement-form=y", await Cookie(TimeSpan.FromHours(-1)) })
            foreach (var (path, type, body) in new[]
            {
                (report, "application/x-www-form-urlencoded", "summary=%FF%00&%=%&&"), (report, "multipart/form-data; boundary=a", "--a\r\nnonsense"), (report, "text/plain", "x"), (report, "multipart/form-data", "x"),
                ("/sign-in", "application/x-www-form-urlencoded", "person=nobody"), ("/language", "multipart/form-data; boundary=a", "--a\r\n\r\n"), ("/sign-out", "application/json", "{}"),
                ("/api/v1/agreements", "application/json", "{"), ($"/api/v1{report}", "application/json", "[[[["), ("/calendars/nonsense.ics", "text/plain", ""), ("/nowhere", "application/x-www-form-urlencoded", "a=b")
            })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
                request.Content.Headers.Remove("Content-Type");
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                request.Headers.TryAddWithoutValidation("Cookie", cookie);
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer demo-officer");
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.InRange((int)answer.StatusCode, 300, 499);
            }
        await Get("/sign-in", "mragreement-form=broken; mragreement=broken");

        Assert.Empty(log.Lines);
    }

    // A cookie of the host's own whose session runs out so long from now.
    async Task<string> Cookie(TimeSpan from)
    {
        var then = SystemClock.Instance.GetCurrentInstant() + Duration.FromTimeSpan(from) - Duration.FromHours(8);
        var key = await new Sessions(host.Services.GetRequiredService<IKeptRecords>(), new SetClock(then)).Begin(new("lena.lind"), null, null, null);
        var options = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionCookie.Scheme);
        var ticket = new ClaimsPrincipal(new ClaimsIdentity([new("Microsoft.AspNetCore.Authentication.Cookies-SessionId", key)], SessionCookie.Scheme));
        return $"mragreement={options.TicketDataFormat.Protect(new Microsoft.AspNetCore.Authentication.AuthenticationTicket(ticket, SessionCookie.Scheme))}";
    }

    async Task<HttpStatusCode> Get(string path, string cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    async Task<(HttpStatusCode Status, string Text)> Post(string path, int length, string? cookie = null, bool isChunked = false)
    {
        // The server answers before it has read it all, and then closes.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, Expect100ContinueTimeout = TimeSpan.FromSeconds(20) }) { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.ASCII.GetBytes($"summary={new string('x', length)}")) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = isChunked;
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>What the host has written in its log, for warnings and worse.</summary>
sealed class KeptLog : ILoggerProvider, ILogger
{
    readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.GetType().Name}");
    }

    public void Dispose()
    {
    }
}
