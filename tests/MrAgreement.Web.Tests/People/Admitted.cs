using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.People;

/// <summary>Whether one person is admitted to an address: asked for over HTTP, in such a way that nothing is changed where it can be helped.</summary>
sealed partial class Admitted : IDisposable
{
    readonly HttpClient client;
    readonly string? token;
    string? form;

    Admitted(Uri host, string? token) => (this.token, client) = (token, new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = host });

    /// <param name="token">As the demo admits it; null for nobody.</param>
    public static async Task<Admitted> As(RunningHost host, string? token, string? person)
    {
        var it = new Admitted(host.Address, token);
        it.form = await it.Token();
        if (person is null)
            return it;
        using var signedIn = await it.client.PostAsync("/sign-in", new FormUrlEncodedContent([new("person", person), new(Field, it.form)]));
        Assert.Equal(303, (int)signedIn.StatusCode);
        it.form = await it.Token();
        return it;
    }

    const string Field = "__RequestVerificationToken";

    async Task<string> Token() => TokenField().Match(await client.GetStringAsync("/accessibility")).Groups[1].Value;

    /// <summary>What came of it: <c>y</c> let through, <c>-</c> not signed in, <c>h</c> hidden, <c>x</c> refused, <c>r</c> led on; anything else as it is.</summary>
    public async Task<string> To(string method, string path, JsonNode? body, bool isUpload)
    {
        var isApi = path.StartsWith("/api/", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new(method), path);
        if (isApi && token is not null)
            request.Headers.Authorization = new("Bearer", token);
        // Whoever may hears that it has changed meanwhile; whoever may not hears that first.
        if (isApi && method != "GET")
            request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        request.Content = method == "GET" ? null
            : !isApi ? new MultipartFormDataContent { { new StringContent(form!), Field } }
            : isUpload ? new MultipartFormDataContent { { new StringContent("x"), "title" } }
            : new StringContent(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var status = (int)answer.StatusCode;
        return status switch
        {
            401 => "-",
            303 or 302 when answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true => "-",
            >= 300 and < 400 => "r",
            403 => "x",
            404 when !isApi || (await answer.Content.ReadAsStringAsync()) is var hidden && (hidden.Contains("/problems/no-such-agreement\"", StringComparison.Ordinal) || hidden.Contains("/problems/no-such-draft\"", StringComparison.Ordinal)) => "h",
            404 when (await answer.Content.ReadAsStringAsync()).Contains("/problems/not-found\"", StringComparison.Ordinal) => "nowhere",
            >= 500 => $"{status}",
            _ => "y"
        };
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
