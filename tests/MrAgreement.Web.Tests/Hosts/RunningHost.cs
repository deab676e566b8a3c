using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MrAgreement.Local;

namespace MrAgreement.Web.Tests.Hosts;

/// <summary>The real local host in this process: Kestrel on a free port over real SQLite in a folder of its own, or over a storage account.</summary>
sealed class RunningHost : IAsyncDisposable
{
    readonly TemporaryFolder? own;
    readonly Stores stores;
    readonly WebApplication app;

    RunningHost(TemporaryFolder? own, Stores stores, WebApplication app) => (this.own, this.stores, this.app) = (own, stores, app);

    public Uri Address => new(app.Urls.Single());

    /// <summary>Everything that is mapped below the API's base, as in <c>GET /agreements/{agreementId}</c>.</summary>
    public IEnumerable<string> Routes => All.Where(r => r.Path.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Path["/api/v1".Length..]}");

    /// <summary>Where the pages' forms are sent, as in <c>/agreements/{id}/signature</c>.</summary>
    public IEnumerable<string> Forms => All.Where(r => r.Method == "POST" && !r.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(r => r.Path);

    /// <summary>Where pages are, and what is downloaded from them, as in <c>/agreements/{id}/log</c>.</summary>
    public IEnumerable<string> Pages => All.Where(r => r.Method == "GET" && !r.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(r => r.Path);

    /// <summary>As authorization knows them.</summary>
    public IReadOnlyList<Endpoint> Endpoints => app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>As routing knows them.</summary>
    public IReadOnlyList<Endpoint> Routed => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)];

    IEnumerable<(string Method, string Path)> All =>
        from endpoint in Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, path.Replace(":guid", "", StringComparison.Ordinal).Replace(":int", "", StringComparison.Ordinal));

    public IServiceProvider Services => app.Services;

    public Caller Lead => As("project-lead");
    public Caller Finance => As("finance");
    public Caller Approver => As("approver");
    public Caller Officer => As("officer");
    public Caller Payer => As("payer");
    public Caller Auditor => As("auditor");
    public Caller Reader => As("reader");
    public Caller Admin => As("admin");
    public Caller Nobody => new(Address, null);

    public Caller As(string role) => new(Address, $"demo-{role}");

    /// <param name="clock">Where the simulated clock starts; null for the real clock.</param>
    /// <param name="publicAddress">Where people reach it; null for wherever they do.</param>
    /// <param name="folder">Where its data is; null for a folder that goes when the host stops.</param>
    /// <param name="storage">The storage account that keeps its data; null for the folder.</param>
    /// <param name="contact">Whom the accessibility statement names; null for nobody.</param>
    /// <param name="signIn">Path of the settings of who vouches for people; null admits the people of the demo.</param>
    /// <param name="log">Told what it logs; null for nobody.</param>
    /// <param name="mail">Who takes its mail; null for nobody.</param>
    /// <param name="port">Where it listens; 0 for wherever nobody does.</param>
    /// <param name="environment">Reads a variable of its environment; null for an empty one.</param>
    /// <param name="services">Says first what the host would otherwise say itself.</param>
    public static async Task<RunningHost> Start(
        string? clock = "2014-06-13", string? folder = null, string? publicAddress = null, string? storage = null, string? contact = null, ILoggerProvider? log = null, string? signIn = null,
        string? grantors = null, string? limits = null, string? proxies = null, string? scan = null, Func<string, string?>? environment = null, string? mail = null, int port = 0, Action<IServiceCollection>? services = null)
    {
        var own = folder is null ? new TemporaryFolder() : null;
        string[] args = ["--urls", $"http://127.0.0.1:{port}", "--data", folder ?? own!["data"], .. signIn is null ? ["--demo"] : Option("--sign-in", signIn), .. Option("--clock", clock), .. Option("--public-address", publicAddress), .. Option("--storage", storage), .. Option("--contact", contact), .. Option("--grantors", grantors), .. Option("--scan", scan), .. Option("--proxies", proxies), .. Option("--mail", mail), .. limits is null ? (string[])[] : [$"--limits={limits}"]];
        var settings = HostSettings.Read(args, environment ?? (_ => null));
        var stores = await Stores.Open(settings);
        var begun = LocalHost.Begin(settings);
        if (log is not null)
            begun.Logging.AddProvider(log);
        services?.Invoke(begun.Services);
        var app = await LocalHost.Build(begun, settings, stores);
        await app.StartAsync();
        return new(own, stores, app);
    }

    static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        stores.Dispose();
        own?.Dispose();
    }
}
