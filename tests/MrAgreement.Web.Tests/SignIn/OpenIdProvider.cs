using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(MrAgreement.Web.Tests.SignIn.OpenIdProvider))]

namespace MrAgreement.Web.Tests.SignIn;

/// <summary>A real OpenID provider (tests/oidc/provider.mjs), one for the whole run, on a free port.</summary>
public sealed class OpenIdProvider : IAsyncLifetime
{
    const string Listening = "Listening at ";

    /// <summary>What its tokens for the API are meant for.</summary>
    public const string Audience = "https://avtal.example.se/api";

    /// <summary>In which it is told that somebody has shown who they are well.</summary>
    public const string StrongAcr = "http://id.elegnamnden.se/loa/1.0/loa3";

    static readonly TimeSpan patience = TimeSpan.FromSeconds(90);

    readonly HttpClient client = new();
    Process? process;

    public string Issuer { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var tests = Tests();
        if (!Directory.Exists(Path.Combine(tests, "node_modules", "oidc-provider")))
            throw new FileNotFoundException("The provider is not installed; run 'bash tests/run', or 'npm ci --prefix tests --ignore-scripts'.");
        process = Process.Start(new ProcessStartInfo("node", [Path.Combine(tests, "oidc", "provider.mjs")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        // A run that is cut short must not leave it behind.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        using var limit = new CancellationTokenSource(patience);
        while (Issuer.Length == 0)
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The provider did not start.");
            if (line.StartsWith(Listening, StringComparison.Ordinal))
                Issuer = line[Listening.Length..];
        }
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    /// <summary>Settings that believe it, and a second provider that is not there.</summary>
    /// <param name="stepUp">JSON of what is asked before much hangs on an act; null for nothing.</param>
    /// <param name="appService">Whether App Service authentication is said to stand in front.</param>
    /// <param name="sessions">JSON of how long sessions last; null for the usual.</param>
    public string Settings(TemporaryFolder folder, string? stepUp = null, string? sessions = null, string claim = "sub", bool appService = false)
    {
        File.WriteAllText(folder["secret.txt"], "val-bevarad-aao-hemlighet\n");
        var path = folder["sign-in.json"];
        File.WriteAllText(path, $$"""
            { "providers": [
                { "key": "alfa", "title": { "sv": "Alfa", "en": "Alfa" }, "issuer": "{{Issuer}}", "clientId": "web", "clientSecret": { "file": "secret.txt" }, "claim": "{{claim}}", "appService": {{(appService ? "true" : "false")}},
                  "api": { "audience": "{{Audience}}", "scopes": ["agreements"] }{{(stepUp is null ? "" : $", \"stepUp\": {stepUp}")}} },
                { "key": "borta", "title": { "sv": "Borta", "en": "Gone" }, "issuer": "http://127.0.0.1:1", "clientId": "web" }
              ]{{(sessions is null ? "" : $", \"sessions\": {sessions}")}} }
            """);
        return path;
    }

    /// <summary>A token for the API with those claims over the usual ones.</summary>
    public async Task<string> Token(object claims, string kind = "token") =>
        (await Ask(kind, new { claims })).GetProperty("token").GetString()!;

    /// <summary>The token that it gives a program that asks for one.</summary>
    public async Task<string> MachineToken(string scope = "agreements")
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "machine"), new("client_secret", "maskinens-hemlighet"), new("resource", Audience), new("scope", scope)]);
        using var answer = await client.PostAsync(new Uri($"{Issuer}/token"), form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    public Task Rotate() => Ask("rotate", new { });

    /// <summary>Has it tell an address of ours that somebody has been signed out.</summary>
    public Task TellOut(Uri address, string subject, string? session = null) => Ask("back-channel", new { address, sub = subject, sid = session });

    async Task<JsonElement> Ask(string what, object body)
    {
        using var answer = await client.PostAsJsonAsync(new Uri($"{Issuer}/test/{what}"), body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        client.Dispose();
        return default;
    }

    void Stop()
    {
        if (Interlocked.Exchange(ref process, null) is not { } running)
            return;
        running.Kill();
        running.WaitForExit();
        running.Dispose();
    }

    static string Tests()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MrAgreement.sln")))
                return Path.Combine(folder.FullName, "tests");
        throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}
