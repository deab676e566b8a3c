using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MrAgreement.Local;
using MrAgreement.Parties;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Benchmarks;

/// <summary>What sign-in, session and rights add to a request: processor time of the same page with a session and without, of the API by a token
/// and without; and what they ask of a storage account.</summary>
sealed record PeopleCost() : Benchmark("people", TimeSpan.FromMinutes(6))
{
    const string Audience = "https://avtal.example.se/api";
    const int Times = 1_000;
    const int Turns = 7;
    const int Persons = 20;

    static readonly TimeSpan watched = TimeSpan.FromSeconds(30);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        await using var provider = await Provider.Start();
        return [.. await Processor(provider, bound), await Storage(provider, bound)];
    }

    static async Task<IReadOnlyList<Measure>> Processor(Provider provider, CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        await using var app = await Host(folder, stores, null, provider);
        await app.StartAsync(bound);
        var person = await Register(app, provider, 1);
        using var signedIn = await Enter(app, person);
        using var byToken = Client(app, provider.Token(person.Identities[0].Subject));
        using var nobody = Client(app, null);

        Func<Task<double>>[] variants = [() => Time(signedIn, "/accessibility"), () => Time(nobody, "/accessibility"), () => Time(byToken, "/api/v1/me"), () => Time(nobody, "/api/v1/api-info")];
        await Rounds.InTurn(3, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var page, var barePage, var api, var bareApi])
            throw new UnreachableException();
        return
        [
            Added("a session adds to a page", page, barePage), Added("a token adds to a call of the API", api, bareApi),
            new("people: a page with a session, processor time by the same without", "", Rounds.Ratio(page, barePage), null, ""),
            new("people: GET /me by a token, processor time by GET /api-info without", "", Rounds.Ratio(api, bareApi), null, "")
        ];

        Measure Added(string what, double[] with, double[] without) => new($"people: {what}, processor time", " ms", [.. with.Zip(without, (a, b) => a - b)], new(1, AtMost: true),
            $"{Rounds.Median(with):0.000} ms by {Rounds.Median(without):0.000} ms, client included");

        async Task<double> Time(HttpClient http, string path)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            for (var i = 0; i < Times; i++)
                await http.GetByteArrayAsync(path, bound);
            return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / Times;
        }
    }

    // Of everybody who asks all the time for half a minute; what the host asks without them is taken off.
    static async Task<Measure> Storage(Provider provider, CancellationToken bound)
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        await using var tables = new FaultyProxy(azurite.TablePort);
        await using var blobs = new FaultyProxy(azurite.BlobPort);
        using var folder = new TemporaryFolder();
        var storage = azurite.Connection(azurite.NextName(), blobs.Port, tables.Port);
        using var stores = await Stores.Open(Settings(folder, storage, provider));
        await using var app = await Host(folder, stores, storage, provider);
        await app.StartAsync(bound);
        var people = new List<HttpClient>();
        for (var i = 0; i < Persons; i++)
            people.Add(await Enter(app, await Register(app, provider, i)));
        await Ask(people, watched);
        Passed();
        await Task.Delay(watched, bound);
        var idle = Passed();
        var requests = await Ask(people, watched);
        var asked = Passed();
        foreach (var each in people)
            each.Dispose();
        return new("people: storage requests for each person in 30 s", "", [(asked - idle) / (double)Persons], new(1, AtMost: true),
            $"{asked} for {Persons} persons and {requests} pages, {idle} with nobody there");

        int Passed() => tables.Passed().Count + blobs.Passed().Count;

        async Task<int> Ask(IReadOnlyList<HttpClient> all, TimeSpan time)
        {
            var (began, pages) = (Stopwatch.GetTimestamp(), 0);
            while (Stopwatch.GetElapsedTime(began) < time)
                foreach (var one in all)
                {
                    await one.GetByteArrayAsync("/accessibility", bound);
                    pages++;
                }
            return pages;
        }
    }

    static HostSettings Settings(TemporaryFolder folder, string? storage, Provider provider)
    {
        File.WriteAllText(folder["sign-in.json"], $$"""
            { "providers": [{ "key": "alfa", "title": { "sv": "Alfa", "en": "Alfa" }, "issuer": "{{provider.Issuer}}", "clientId": "web", "api": { "audience": "{{Audience}}", "scopes": ["agreements"] } }] }
            """);
        string[] options = ["--urls", "http://127.0.0.1:0", "--data", folder.Path, "--sign-in", folder["sign-in.json"], "--limits=person=1000000,burst=1000000,strangers=1000000,door=1000000"];
        return HostSettings.Read(storage is null ? options : [.. options, "--storage", storage], _ => null);
    }

    static async Task<WebApplication> Host(TemporaryFolder folder, Stores stores, string? storage, Provider provider)
    {
        var app = await LocalHost.Build(Settings(folder, storage, provider), stores);
        // As somebody whom the provider has vouched for comes in.
        app.MapGet("/enter/{person}", (string person, HttpContext http) => SessionCookie.Begin(http, new(person), new(provider.Issuer, person, null, null, null, null))).AllowAnonymous();
        return app;
    }

    static async Task<RegisteredPerson> Register(WebApplication app, Provider provider, int number)
    {
        var person = new RegisteredPerson(new($"0198c0de-0000-4000-8000-{number:D12}"), $"Person {number}", $"p{number}@example.se", "sv", [new("SKR", Role.Finance, new(2014, 1, 1))], [], [new(provider.Issuer, $"p{number}")]);
        return await app.Services.GetRequiredService<KeptRegister>().Put(person, KeptRecord.New) ? person : throw new InvalidOperationException("There is one already.");
    }

    static async Task<HttpClient> Enter(WebApplication app, RegisteredPerson person)
    {
        var http = Client(app, null);
        (await http.GetAsync($"/enter/{person.Id}")).EnsureSuccessStatusCode();
        return await http.GetStringAsync("/me") is { Length: > 0 } ? http : throw new UnreachableException();
    }

    static HttpClient Client(WebApplication app, string? token)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new() }) { BaseAddress = new(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>What of a provider a token needs: its description and its key.</summary>
    sealed class Provider(WebApplication app, RSA key) : IAsyncDisposable
    {
        public string Issuer => app.Urls.First();

        public static async Task<Provider> Start()
        {
            var (builder, key) = (WebApplication.CreateSlimBuilder(), RSA.Create(2048));
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var app = builder.Build();
            var open = key.ExportParameters(false);
            app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = app.Urls.First(), jwks_uri = $"{app.Urls.First()}/keys" }));
            app.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "1", n = Base64UrlEncoder.Encode(open.Modulus), e = Base64UrlEncoder.Encode(open.Exponent) } } }));
            await app.StartAsync();
            return new(app, key);
        }

        public string Token(string subject) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = Audience, Expires = DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = subject, ["scope"] = "agreements" },
            SigningCredentials = new(new RsaSecurityKey(key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256)
        });

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            key.Dispose();
        }
    }
}
