using Microsoft.Extensions.Configuration;
using MrAgreement.Mail;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Limits;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Functions;

/// <summary>What the app is asked to be, by its <c>MRAGREEMENT_…</c> settings.</summary>
/// <param name="Storage">The account of logs and documents: its name or address, or a connection string.</param>
/// <param name="PublicAddress">Where people reach the app; by itself the platform's name of the app; null where there is none.</param>
/// <param name="Demo">Whether the made-up people of the demo are admitted.</param>
public sealed record FunctionsSettings(string Storage, Uri? PublicAddress, bool Demo)
{
    /// <summary>Whom the accessibility statement says to turn to; null for nobody.</summary>
    public string? Contact { get; init; }

    /// <summary>The authority that publishes what everybody may read; null where it is known by the host's name.</summary>
    public string? Publisher { get; init; }

    /// <summary>How much may be asked for; null, as with the people of the demo, for as much as anybody likes.</summary>
    public LimitSettings? Limits { get; init; }

    /// <summary>Where documents are scanned before anybody gets them.</summary>
    public ScannerAddress Scan { get; init; } = ScannerAddress.None;

    /// <summary>Who takes the mail, with links that lead to the public address; null for nobody.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Where reports of mail that did not arrive come to; null where nobody reads them.</summary>
    public BounceSettings? Bounces { get; init; }

    /// <summary>Who vouches for people and programs; null for nobody.</summary>
    public SignInSettings? SignIn { get; init; }

    /// <exception cref="SignInRefusedException">Those of signing in can't be meant.</exception>
    /// <exception cref="StartRefusedException">A setting is missing or has no good value.</exception>
    public static FunctionsSettings Read(IConfiguration configuration)
    {
        var settings = new FunctionsSettings(
            configuration["MRAGREEMENT_STORAGE"] is { Length: > 0 } storage
                ? storage
                : throw new StartRefusedException("MRAGREEMENT_STORAGE must name the storage account of logs and documents."),
            configuration["MRAGREEMENT_PUBLIC_ADDRESS"] is { Length: > 0 } address ? PublicAddressOf(address)
                : Platforms(configuration["WEBSITE_HOSTNAME"]),
            bool.TryParse(configuration["MRAGREEMENT_DEMO"], out var demo) && demo)
        {
            Contact = configuration["MRAGREEMENT_CONTACT"] is { Length: > 0 } contact ? contact : null,
            Publisher = configuration["MRAGREEMENT_PUBLISHER"] is { Length: > 0 } publisher ? publisher : null,
            Limits = LimitsOf(configuration["MRAGREEMENT_LIMITS"], demo),
            Scan = ScannerOf(configuration["MRAGREEMENT_SCAN"]),
            Mail = MailOf(configuration["MRAGREEMENT_MAIL"], configuration["MRAGREEMENT_MAIL_SECRET"]),
            Bounces = BouncesOf(configuration["MRAGREEMENT_BOUNCES"], configuration["MRAGREEMENT_BOUNCES_SECRET"]),
            SignIn = configuration["MRAGREEMENT_SIGN_IN"] is { Length: > 0 } written
                ? SignInSettings.Read(written, name => configuration[name])
                : null
        };
        return settings switch
        {
            { Demo: false, SignIn: null } => throw new StartRefusedException(
                "Nobody could sign in: no identity provider is configured. Set MRAGREEMENT_SIGN_IN (docs/sign-in.md), or MRAGREEMENT_DEMO to true to admit the made-up people of the demo."),
            { Demo: true, SignIn: not null } => throw new StartRefusedException(
                "The made-up people of the demo and real ones are never mixed: take away MRAGREEMENT_DEMO or MRAGREEMENT_SIGN_IN."),
            { Mail: not null, PublicAddress: null } => throw new StartRefusedException(
                "MRAGREEMENT_MAIL needs MRAGREEMENT_PUBLIC_ADDRESS: the links in messages lead there."),
            { Mail: null, Bounces: not null } => throw new StartRefusedException(
                "MRAGREEMENT_BOUNCES needs MRAGREEMENT_MAIL: what comes back is what went there."),
            _ => settings
        };
    }

    static LimitSettings? LimitsOf(string? written, bool isDemo) => written is not { Length: > 0 }
        ? isDemo ? null : LimitSettings.Usual
        : LimitSettings.Read(written) ?? throw new StartRefusedException(
            $"MRAGREEMENT_LIMITS must be numbers such as person=600,burst=200,strangers=60,door=10, not '{written}'.");

    static MailSettings? MailOf(string? written, string? secret)
    {
        if (written is not { Length: > 0 })
            return secret is not { Length: > 0 } ? null : throw new StartRefusedException(
                $"MRAGREEMENT_MAIL_SECRET is of no use without MRAGREEMENT_MAIL, such as {MailSettings.Form}.");
        try
        {
            return MailSettings.Read(written, secret);
        }
        catch (FormatException e)
        {
            throw new StartRefusedException($"MRAGREEMENT_MAIL {e.Message}.");
        }
    }

    static BounceSettings? BouncesOf(string? written, string? secret)
    {
        if (written is not { Length: > 0 })
            return secret is not { Length: > 0 } ? null : throw new StartRefusedException(
                $"MRAGREEMENT_BOUNCES_SECRET is of no use without MRAGREEMENT_BOUNCES, such as {BounceSettings.Form}.");
        try
        {
            return BounceSettings.Read(written, secret);
        }
        catch (FormatException e)
        {
            throw new StartRefusedException($"MRAGREEMENT_BOUNCES {e.Message}.");
        }
    }

    static ScannerAddress ScannerOf(string? written) => written is not { Length: > 0 }
        ? ScannerAddress.None
        : ScannerAddress.Read(written) ?? throw new StartRefusedException(
            $"MRAGREEMENT_SCAN must be where clamd listens, such as clamd.example.internal:3310, not '{written}'.");

    // The host calls us by an address of its own, and whom it was called by itself anybody may have said.
    static Uri? Platforms(string? name) => name is not { Length: > 0 } || Incoming.ReadAddress($"http://{name}") is not { } plain ? null
        : plain.IsLoopback ? plain : Incoming.ReadAddress($"https://{name}");

    static Uri PublicAddressOf(string written) =>
        Incoming.ReadAddress(written)
            ?? throw new StartRefusedException(
            $"MRAGREEMENT_PUBLIC_ADDRESS must be an address without a path such as https://avtal.example.se, not '{written}'.");
}

/// <summary>The app can't run as it is set; the message says what to do.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
