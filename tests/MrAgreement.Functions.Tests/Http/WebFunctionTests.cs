using System.Globalization;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MrAgreement.Local;
using MrAgreement.Web.Pages.Layout;
using MrAgreement.Web.People;
using Caller = MrAgreement.Testing.Caller;

namespace MrAgreement.Functions.Tests.Http;

/// <summary>What people get through the function is what the local host answers, and each of the worker's pitfalls is stepped over.</summary>
public sealed partial class WebFunctionTests(Azurite azurite, SharedWorker shared) : IClassFixture<SharedWorker>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    readonly WorkerHost worker = shared.Host;

    [Fact]
    public async Task It_answers_as_the_local_host_does()
    {
        using var folder = new TemporaryFolder();
        var settings = HostSettings.Read(["--urls", "http://127.0.0.1:0", "--data", folder["data"], "--demo"], _ => null);
        using var stores = await Stores.Open(settings);
        await using var local = await LocalHost.Build(LocalHost.Begin(settings), settings, stores);
        await local.StartAsync(Cancellation);
        // As empty as the other.
        await using var worker = await WorkerHost.Start(azurite.FreshAccount());
        foreach (var (method, path, token) in ((string, string, string?)[])[
            ("GET", "/", null), ("GET", "/sign-in", null), ("GET", "/nowhere", null), ("GET", "/health/live", null), ("GET", "/health/ready", null), ("HEAD", "/sign-in", null),
            ("GET", "/api/v1/openapi.json", null), ("GET", "/api/v1/api-info", null), ("GET", "/api/v1/agreements", null), ("GET", "/api/v1/agreements", "demo-officer"),
            ("GET", "/api/v1/nowhere", "demo-officer"), ("DELETE", "/api/v1/agreements", "demo-officer"), ("POST", "/api/v1/agreements", "demo-officer"), ("OPTIONS", "/api/v1/agreements", "demo-officer"),
            ("GET", Asset.Stylesheet.Address, null), ("GET", "/api/v1/deadlines?from=x", "demo-officer")])
            Assert.Equal(await Answer(new(local.Urls.Single()), method, path, token), await Answer(worker.Address, method, path, token));
        Assert.False(worker.HasFailed);
    }

    [Fact]
    public async Task People_sign_in_and_write_through_it()
    {
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = worker.Address };
        var shown = await browser.GetStringAsync("/sign-in", Cancellation);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Token().Match(shown).Groups[1].Value), new("person", "erik.ek")]);

        using var entered = await browser.PostAsync("/sign-in", form, Cancellation);

        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        Assert.Contains("Erik Ek", await entered.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        var created = await new Caller(worker.Address, "demo-officer").Post("agreements?sure=true", Terms());
        Assert.Equal(201, created.Status);
        var read = (await new Caller(worker.Address, "demo-officer").Get(new Uri(created.Location!).AbsolutePath)).Is(200);
        Assert.Equal("A2014/2289/DISK", read.Text("diaryNumber"));
    }

    [Fact]
    public async Task Many_at_once_all_get_their_bodies_whole()
    {
        var expected = (await new Caller(worker.Address, null).Get("/sign-in")).Bytes.Length;

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => new Caller(worker.Address, null).Get("/sign-in")));

        Assert.All(answers, a => Assert.Equal((200, expected), (a.Status, a.Bytes.Length)));
        Assert.False(worker.HasFailed);
    }

    [Fact]
    public async Task An_upload_of_more_than_thirty_megabytes_comes_in()
    {
        var officer = new Caller(worker.Address, "demo-officer");
        var agreement = new Uri((await officer.Post("agreements?sure=true", Terms())).Location!).AbsolutePath;
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent([.. "%PDF-1.7\n"u8, .. new byte[31 * 1024 * 1024]]), "file", "stor.pdf" }, { new StringContent("Stor bilaga"), "title" }, { new StringContent("report"), "kind" }
        };

        var stored = await officer.Post($"{agreement}/documents", form);

        Assert.Equal(201, stored.Status);
    }

    [Fact]
    public async Task A_client_can_not_choose_the_host_that_answers_name()
    {
        var info = await new Caller(worker.Address, null).Get("api-info", ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"));

        Assert.Equal($"https://{worker.Address.Authority}/api/v1/openapi.json", info.Is(200).Text("apiDocumentation"));
    }

    [Fact]
    public async Task What_breaks_before_the_answer_has_begun_is_a_500_and_told_to_the_host()
    {
        await using var broken = await WorkerHost.Start(azurite.FreshAccount(), pipeline: http =>
        {
            http.Response.Headers["X-Half"] = "1";
            throw new InvalidOperationException("Broken.");
        });

        var answer = await new Caller(broken.Address, null).Get("/");

        Assert.Equal((500, 0, null), (answer.Status, answer.Bytes.Length, answer["X-Half"]));
        Assert.Equal("Broken.", (await broken.FirstFailure).Message);
    }

    [Fact]
    public async Task What_breaks_within_the_answer_does_not_look_whole()
    {
        await using var broken = await WorkerHost.Start(azurite.FreshAccount(), pipeline: async http =>
        {
            await http.Response.WriteAsync("half", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            throw new InvalidOperationException("Broken.");
        });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => new Caller(broken.Address, null).Get("/"));
        Assert.Equal("Broken.", (await broken.FirstFailure).Message);
    }

    [Fact]
    public async Task A_client_who_has_left_is_no_failure()
    {
        var begun = new TaskCompletionSource();
        await using var slow = await WorkerHost.Start(azurite.FreshAccount(), pipeline: async http =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var leaving = new CancellationTokenSource();
        using var client = new HttpClient { BaseAddress = slow.Address };

        var asked = client.GetAsync(new Uri("/", UriKind.Relative), leaving.Token);
        await begun.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await slow.FirstEnd;

        Assert.False(slow.HasFailed);
    }

    [Fact]
    public async Task What_runs_as_the_response_starts_still_has_its_services()
    {
        await using var late = await WorkerHost.Start(azurite.FreshAccount(), pipeline: http =>
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers["X-People"] = http.RequestServices.GetRequiredService<DemoPeople>().NameOf(new("erik.ek"));
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        });

        var answer = await new Caller(late.Address, null).Get("/");

        Assert.Equal((200, "Erik Ek"), (answer.Status, answer["X-People"]));
    }

    [Fact]
    public async Task The_function_finds_the_requests_own_context_and_activity()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == "Microsoft.AspNetCore", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        HttpContext? seen = null;
        string? trace = null;
        await using var looking = await WorkerHost.Start(azurite.FreshAccount(), pipeline: http =>
        {
            Assert.Null(http.GetEndpoint());
            Assert.Empty(http.Request.RouteValues);
            seen = http.RequestServices.GetRequiredService<IHttpContextAccessor>().HttpContext;
            trace = Activity.Current?.TraceId.ToString();
            Assert.Same(http, seen);
            return Task.CompletedTask;
        });

        var answer = await new Caller(looking.Address, null).Get("/some/where", ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        Assert.Equal(200, answer.Status);
        Assert.NotNull(seen);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", trace);
    }

    [Fact]
    public async Task A_poke_that_is_refused_refuses_the_command()
    {
        await using var deaf = await WorkerHost.Start(azurite.FreshAccount(), queues: "AccountName=a;AccountKey=AAAA;QueueEndpoint=http://127.0.0.1:1/a");
        var officer = new Caller(deaf.Address, "demo-officer");

        var refused = await officer.Post("agreements?sure=true", Terms());

        refused.IsProblem(503, "storage-unavailable");
        Assert.InRange(int.Parse(refused["Retry-After"]!, CultureInfo.InvariantCulture), 5, 15);
        Assert.Empty((await officer.Get("agreements")).Is(200).At("items").EnumerateArray());
    }

    internal static string Terms()
    {
        using var reader = new StreamReader(typeof(HostSettings).Assembly.GetManifestResourceStream("Terms/mr-2014.json")!);
        return reader.ReadToEnd();
    }

    // What differs from one host or request to the next is blotted out.
    static async Task<string> Answer(Uri host, string method, string path, string? token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host };
        using var request = new HttpRequestMessage(new(method), path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (method == "POST")
            request.Content = new StringContent("{ \"title\": 1 }", Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Cancellation);
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key is not ("Date" or "traceparent" or "Set-Cookie" or "Content-Length" or "Transfer-Encoding"))
            .OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {string.Join(", ", h.Value)}");
        var whole = $"{method} {path} {(int)response.StatusCode}\n{string.Join('\n', headers)}\n\n{await response.Content.ReadAsStringAsync(Cancellation)}";
        return Token().Replace(whole.Replace(host.Authority, "host", StringComparison.Ordinal), "token");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    internal static partial Regex Token();
}
