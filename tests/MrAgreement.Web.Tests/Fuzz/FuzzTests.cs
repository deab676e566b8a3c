using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MrAgreement.Local.Demo;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Fuzz;

/// <summary>Everything that the host takes, sent as it should be, nearly so and not at all: by chance, of a seed.</summary>
public class FuzzTests
{
    const int LargeBody = 64 * 1024;

    const long MostGrown = 300L * 1024 * 1024;

    static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable($"MRAGREEMENT_{name}"), CultureInfo.InvariantCulture, out var set) ? set : otherwise;

    [Fact]
    public async Task Nothing_that_is_sent_makes_it_fail_or_hang_or_grow()
    {
        var (seed, requests) = (Setting("FUZZ_SEED", 2026), Setting("FUZZ_REQUESTS", 2_000));
        using var folder = new TemporaryFolder();
        await Story2014.TellOnce(folder["data"]);
        using var host = await HostProcess.Serving(folder["data"]);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { Timeout = patience };
        var strange = new Strange(new Random(seed));
        var api = new FuzzedApi(strange, JsonNode.Parse((await host.As("officer").Get("openapi.json")).Bytes)!);
        foreach (var (role, path) in new[] { ("admin", "agreements"), ("admin", "people") })
            api.Heard($"/{path}", (await host.As(role).Get(path)).Bytes);
        foreach (var key in new[] { "SKR", "RK" })
            (await host.As("admin").Post("parties", new { key, names = new[] { new { name = key, from = "2010-01-01" } }, mayGrant = key == "RK" })).Is(201);
        (await host.As("officer").Post("agreements?sure=true", Posted.Terms())).Is(201);
        api.Heard("/agreements", (await host.As("admin").Get("agreements")).Bytes);
        using var pages = new FuzzedPages(strange, api, host.Address);
        var (before, statuses, wrong) = (host.Memory, new SortedDictionary<int, int>(), new List<string>());
        var began = Stopwatch.GetTimestamp();

        for (var number = 1; number <= requests; number++)
        {
            HttpRequestMessage? request = null;
            try
            {
                var (operation, person, by) = ((FuzzedApi.Operation?)null, "", client);
                if (strange.Is(0.35))
                    (by, request, person) = await pages.Next();
                else
                    (request, operation) = api.Next(host.Address);
                using var answer = await by.SendAsync(request, Cancellation);
                var status = (int)answer.StatusCode;
                var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);
                statuses[status] = statuses.GetValueOrDefault(status) + 1;
                if (Fault(request, answer, bytes) is { } fault)
                    wrong.Add($"{await Told(number, request)}\n  {fault}: {status} {Start(Encoding.UTF8.GetString(bytes))}");
                if (operation is null)
                    pages.Heard(person, answer, answer.Content.Headers.ContentType?.MediaType == "text/html" ? Encoding.UTF8.GetString(bytes) : null);
                else
                    api.Heard(operation, request, status);
                if (operation is not null && answer.IsSuccessStatusCode)
                    api.Heard(operation.Path, bytes);
            }
            // Refused before all of it was read, and the line closed: whoever still sends may not hear the answer.
            catch (HttpRequestException) when (request?.Content?.Headers.ContentLength > LargeBody)
            {
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                wrong.Add($"{(request is null ? $"{number}" : await Told(number, request))}\n  no answer: {e.Message} {e.InnerException?.Message}");
            }
            finally
            {
                request?.Dispose();
            }
        }

        var (took, grown) = (Stopwatch.GetElapsedTime(began), host.PeakMemory - before);
        var of = $"seed {seed}, {requests} requests in {took.TotalSeconds:0.0} s, {grown / 1024 / 1024} MB more, {api.Done} operations done, {string.Join(' ', statuses.Select(it => $"{it.Key}:{it.Value}"))}";
        TestContext.Current.TestOutputHelper?.WriteLine(of);
        Assert.True(api.Done >= Math.Min(requests / 50, 60), $"Only {api.Done} operations were ever done: the test tests less than it says. {of}");
        Assert.True(wrong.Count == 0, $"{of} (MRAGREEMENT_FUZZ_SEED={seed})\n{string.Join('\n', wrong.Take(40))}");
        Assert.True(grown < MostGrown, of);
        using (var ready = await client.GetAsync(new Uri(host.Address, "/health/ready"), Cancellation))
            Assert.Equal("""{"status":"ready"}""", await ready.Content.ReadAsStringAsync(Cancellation));
        await host.Kill();
        Assert.DoesNotContain(host.Output, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
        using var verified = HostProcess.Start(folder.Path, "--verify", "--data", folder["data"]);
        var (code, errors) = await verified.End();
        Assert.True(code == 0, $"{of}\n{string.Join('\n', errors.Take(20))}");
    }

    static string? Fault(HttpRequestMessage request, HttpResponseMessage answer, byte[] bytes)
    {
        if ((int)answer.StatusCode >= 500)
            return "failed";
        // What the server itself answers before anything of ours is asked has none of our headers.
        if (!answer.Headers.Contains("X-Content-Type-Options"))
            return answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge && bytes.Length == 0 ? null : "not guarded";
        var isApi = request.RequestUri!.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal);
        if (!isApi || (int)answer.StatusCode < 400 || request.Method == HttpMethod.Head)
            return null;
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return "no problem";
        using var problem = JsonDocument.Parse(bytes);
        var it = problem.RootElement;
        return it.GetProperty("status").GetInt32() != (int)answer.StatusCode || string.IsNullOrEmpty(it.GetProperty("title").GetString()) || !it.GetProperty("type").GetString()!.Contains("/problems/", StringComparison.Ordinal)
            ? "no whole problem" : null;
    }

    static async Task<string> Told(int number, HttpRequestMessage request)
    {
        var headers = string.Join("; ", request.Headers.Select(it => $"{it.Key}: {Start(string.Join(", ", it.Value))}"));
        var body = "";
        try
        {
            body = request.Content is null ? "" : Start(Encoding.UTF8.GetString(await request.Content.ReadAsByteArrayAsync()), 600);
        }
        catch (ObjectDisposedException)
        {
        }
        return $"request {number}: {request.Method} {Start(request.RequestUri!.ToString())} [{headers}] [{request.Content?.Headers.ContentType}] {body}";
    }

    static string Start(string text, int length = 200) => (text.Length > length ? text[..length] + "…" : text).ReplaceLineEndings(" ");
}
