using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace MrAgreement.Web.SignIn;

/// <summary>How people and programs sign in: whom we believe, and how long a session lasts (docs/sign-in.md).</summary>
public sealed partial record SignInSettings
{
    // What stands there twice, or is not known, is a slip.
    static readonly JsonSerializerOptions options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }
    };

    public required IReadOnlyList<ProviderSettings> Providers { get; init; }

    public SessionLength Sessions { get; init; } = new();

    /// <summary>The provider that calls itself so; null for one that is not believed.</summary>
    public ProviderSettings? Of(string? issuer) => Providers.FirstOrDefault(p => p.Issuer == issuer);

    /// <summary>The provider with that key.</summary>
    public ProviderSettings? ByKey(string? key) => Providers.FirstOrDefault(p => p.Key == key);

    /// <param name="written">The settings as JSON, or the path of a file with them.</param>
    /// <param name="environment">Reads an environment variable, for secrets.</param>
    /// <exception cref="SignInRefusedException">They can't be meant so; the message says what to do, and no secret.</exception>
    public static SignInSettings Read(string written, Func<string, string?> environment)
    {
        var isFile = !written.TrimStart().StartsWith('{');
        var where = isFile ? written : "the setting itself";
        var content = written;
        try
        {
            content = isFile ? File.ReadAllText(written) : written;
            var read = JsonSerializer.Deserialize<SignInSettings>(content, options)
                ?? throw new SignInRefusedException($"The sign-in settings in {where} are empty.");
            if (read.Fault() is { } fault)
                throw new SignInRefusedException($"The sign-in settings in {where} can't be meant: {fault}");
            if (read.Providers.FirstOrDefault(p => p.AppService) is { } behind && environment(AppService.Switch) is not ("True" or "true"))
                throw new SignInRefusedException($"'{behind.Key}' is to be believed as App Service authentication tells it, which is not on "
                    + $"here ({AppService.Switch}): take appService away, or switch it on in front of the app.");
            var folder = isFile ? Path.GetDirectoryName(Path.GetFullPath(written))! : Environment.CurrentDirectory;
            return read with { Providers = [.. read.Providers.Select(p => p.WithSecret(environment, folder))] };
        }
        catch (JsonException e)
        {
            throw new SignInRefusedException($"The sign-in settings in {where} can't be read: {SignInShape.Slip(content, e)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SignInRefusedException($"The file of the sign-in settings can't be read: {e.Message}");
        }
    }

    string? Fault() =>
        Providers.Count == 0 ? "providers must name at least one."
        : Providers.GroupBy(p => p.Key).FirstOrDefault(g => g.Count() > 1) is { } keys ? $"two providers have the key '{keys.Key}'."
        : Providers.GroupBy(p => p.Issuer).FirstOrDefault(g => g.Count() > 1) is { } issuers
        ? $"two providers have the issuer '{issuers.Key}'."
        : Providers.Select(p => p.Fault()).FirstOrDefault(fault => fault is not null) ?? Sessions.Fault();

    internal static bool IsKey(string text) => Key().IsMatch(text);

    // Secure, but for a provider on the machine itself, as in tests.
    internal static bool IsIssuer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var it) && it is { Query: "", Fragment: "", UserInfo: "" }
            && (it.Scheme == Uri.UriSchemeHttps || it.Scheme == Uri.UriSchemeHttp && IsLoopback(it));

    static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip);

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,30}\z")]
    private static partial Regex Key();
}

/// <summary>How long a session lasts.</summary>
public sealed record SessionLength
{
    /// <summary>Since it was last used; told to a quarter of an hour.</summary>
    public int IdleMinutes { get; init; } = 8 * 60;

    /// <summary>Since the person signed in, however much it is used.</summary>
    public int AbsoluteMinutes { get; init; } = 12 * 60;

    internal string? Fault() =>
        IdleMinutes < 15 || AbsoluteMinutes < IdleMinutes || AbsoluteMinutes > 7 * 24 * 60
            ? "sessions take idleMinutes from 15, and absoluteMinutes from as many to 10080." : null;
}

/// <summary>The host can't let anybody in as it is set; the message says what to do.</summary>
public sealed class SignInRefusedException(string message) : Exception(message);
