namespace MrAgreement.Web.SignIn;

/// <summary>An OpenID provider that vouches for people.</summary>
public sealed record ProviderSettings
{
    // Change hands, are given to somebody else later, or tell more of a person than we may know.
    static readonly string[] unfit =
        ["email", "upn", "preferred_username", "unique_name", "name", "phone_number", "ssn", "pnr", "nin", "1.2.752.29.4.13"];

    // As providers call personal identity numbers and coordination numbers, whatever stands before or after it.
    static readonly string[] unfitWithin =
    [
        "personnummer", "personnr", "personalnumber", "personalidentitynumber", "coordinationnumber", "samordningsnummer",
        "socialsecurity", "nationalid"
    ];

    // Entra ID's issuer for accounts of every directory: its tokens name another, each directory's own.
    static readonly string[] everybodys = ["common", "organizations", "consumers"];

    /// <summary>Stands in addresses: small letters, digits and hyphens.</summary>
    public required string Key { get; init; }

    /// <summary>What the button to it says, by language.</summary>
    public required IReadOnlyDictionary<string, string> Title { get; init; }

    /// <summary>As the provider calls itself in its tokens; its description is found below it.</summary>
    public required string Issuer { get; init; }

    /// <summary>What the provider calls us.</summary>
    public required string ClientId { get; init; }

    /// <summary>Null for a client that has none, which proves itself by PKCE alone.</summary>
    public SecretSource? ClientSecret { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile"];

    /// <summary>The claim that people are known by: it stays theirs and is never somebody else's.</summary>
    public string Claim { get; init; } = "sub";

    /// <summary>The claim with their name.</summary>
    public string NameClaim { get; init; } = "name";

    /// <summary>Null when the provider's tokens do not open the API.</summary>
    public ApiSettings? Api { get; init; }

    /// <summary>Null when a sign-in is good for everything as long as it lasts.</summary>
    public StepUpSettings? StepUp { get; init; }

    /// <summary>Where one is signed out.</summary>
    public LogoutPlace Logout { get; init; } = LogoutPlace.Provider;

    /// <summary>Whether App Service authentication stands in front of the host and signs people in by this provider.</summary>
    public bool AppService { get; init; }

    internal Secret? Secret { get; private init; }

    internal string TitleIn(string language) => Title.TryGetValue(language, out var title) ? title : Key;

    internal string? Fault() =>
        !SignInSettings.IsKey(Key) ? $"'{Key}' is no key of a provider: small letters, digits and hyphens."
        : !SignInSettings.IsIssuer(Issuer) ? $"the issuer of '{Key}' must be an https address, not '{Issuer}'."
        : IsEverybodys(Issuer) ? $"the issuer of '{Key}' is that of every directory, which no token names: write the directory's own id "
            + "in its place, as in https://login.microsoftonline.com/<tenant id>/v2.0."
        : string.IsNullOrWhiteSpace(ClientId) ? $"'{Key}' lacks its clientId."
        : !Title.ContainsKey("sv") || !Title.ContainsKey("en") || Title.Values.Any(string.IsNullOrWhiteSpace)
            ? $"'{Key}' needs a title in sv and in en."
        : !Scopes.Contains("openid") ? $"the scopes of '{Key}' must have openid."
        : IsUnfit(Claim) ? $"people can't be known by '{Claim}' (of '{Key}'): take a claim that stays theirs, such as sub or oid."
        : string.IsNullOrWhiteSpace(Claim) || string.IsNullOrWhiteSpace(NameClaim) ? $"claim and nameClaim of '{Key}' must not be empty."
        : Api is { } api && (string.IsNullOrWhiteSpace(api.Audience) || api.Scopes.Count == 0 || IsUnfit(api.Claim))
            ? $"api of '{Key}' takes an audience, at least one scope, and a claim that stays the same."
        : StepUp is { } up && (up.MaxAgeMinutes is < 1 or > 1440 || up is { MaxAgeMinutes: null, Acr.Count: 0 })
            ? $"stepUp of '{Key}' takes maxAgeMinutes (1 to 1440), acr, or both."
        : null;

    static bool IsUnfit(string claim)
    {
        var (last, letters) = (claim.Split('/', ':')[^1], string.Concat(claim.Where(char.IsLetter)));
        return unfit.Contains(last, StringComparer.OrdinalIgnoreCase)
            || unfitWithin.Any(part => letters.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    static bool IsEverybodys(string issuer) =>
        new Uri(issuer) is { Host: "login.microsoftonline.com", Segments: [_, var directory, ..] } && everybodys.Contains(directory.Trim('/'));

    internal ProviderSettings WithSecret(Func<string, string?> environment, string folder) =>
        this with { Secret = ClientSecret?.Read(Key, environment, folder) };
}

/// <summary>Tokens of a provider that open the API.</summary>
public sealed record ApiSettings
{
    /// <summary>What a token must be meant for.</summary>
    public required string Audience { get; init; }

    /// <summary>What a token must allow: all of these, as scopes, or as roles that a program has been given.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The claim that a program is known by, which has no person's claim.</summary>
    public string Claim { get; init; } = "client_id";
}

/// <summary>What is asked of a sign-in before somebody attests, accepts, closes, erases, or changes people's rights.</summary>
public sealed record StepUpSettings
{
    /// <summary>One of these; empty for any.</summary>
    public IReadOnlyList<string> Acr { get; init; } = [];

    /// <summary>How long ago it may be; null for however long the session lasts.</summary>
    public int? MaxAgeMinutes { get; init; }
}

/// <summary>Where one is signed out.</summary>
public enum LogoutPlace
{
    /// <summary>Here and at the provider.</summary>
    Provider,

    /// <summary>Here alone.</summary>
    Here
}

/// <summary>Where a secret is kept: never in the settings themselves.</summary>
public sealed record SecretSource
{
    /// <summary>Name of an environment variable. In Azure an app setting with a key vault reference becomes one.</summary>
    public string? Environment { get; init; }

    /// <summary>Path of a file that holds nothing else; beside the settings unless it says otherwise.</summary>
    public string? File { get; init; }

    internal Secret Read(string provider, Func<string, string?> environment, string folder)
    {
        if (Environment is null == File is null)
            throw new SignInRefusedException($"clientSecret of '{provider}' takes the name of an environment variable, or a file.");
        var value = File is { } file ? FromFile(provider, Path.Combine(folder, file)) : environment(Environment!)?.Trim();
        if (string.IsNullOrEmpty(value))
            throw new SignInRefusedException(
                $"The client secret of '{provider}' is not there: {(File is null ? $"set {Environment}" : $"write it in {File}")}.");
        // What the platform could not fetch stands there as it was written.
        if (value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal))
            throw new SignInRefusedException(
                $"The key vault reference in {Environment ?? File} was not resolved: give the app's identity the right to read the secret.");
        return new(value);
    }

    static string FromFile(string provider, string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SignInRefusedException($"The client secret of '{provider}' can't be read: {e.Message}");
        }
    }
}

/// <summary>Something that no text says.</summary>
sealed class Secret(string value)
{
    public string Value { get; } = value;

    public override string ToString() => "(secret)";
}
