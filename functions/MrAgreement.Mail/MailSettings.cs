using MailKit.Security;
using MimeKit;

namespace MrAgreement.Mail;

/// <summary>Which server takes the mail, and on whose behalf it is sent.</summary>
/// <param name="Security">How the connection is kept from others.</param>
/// <param name="From">The sender.</param>
/// <param name="User">Who signs in; null where the server asks for nobody.</param>
/// <param name="Secret">The user's password, or the secret of the program that gets tokens.</param>
/// <param name="Tokens">Where tokens are got, for servers that take no password; null where the password is sent.</param>
public sealed record MailSettings(string Host, int Port, SecureSocketOptions Security, MailboxAddress From, string? User, string? Secret,
    TokenSource? Tokens)
{
    const int Submission = 587;
    const int Submissions = 465;

    public const string Form = "smtp://mail.example.se:587?from=avtal@example.se&user=avtal";

    /// <summary>As it is written: <c>smtp://</c> upgrades to TLS and sends nothing without, <c>smtps://</c> begins with it. Only to this
    /// machine itself, and where <c>tls=none</c> says so, it goes in the clear.</summary>
    /// <param name="secret">The password, or with <c>token=</c> the secret by which a token is got.</param>
    /// <exception cref="FormatException">It is not so; the message says what is wrong.</exception>
    public static MailSettings Read(string written, string? secret)
    {
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme is not ("smtp" or "smtps")
            || address.Host.Length == 0)
            throw new FormatException($"takes an address such as {Form}");
        var given = Given(address);
        if (given.Keys.FirstOrDefault(name => name is not ("from" or "user" or "tls" or "token" or "client" or "scope")) is { } unknown)
            throw new FormatException($"knows from, user, tls, token, client and scope, not '{unknown}'");
        if (address.UserInfo.Length > 0)
            throw new FormatException("takes no password: who signs in is user=, and the password is MRAGREEMENT_MAIL_SECRET");
        if (!MailboxAddress.TryParse(given.GetValueOrDefault("from", ""), out var from) || !from.Address.Contains('@'))
            throw new FormatException("needs from=, the address that mail is sent from");
        var isHere = address.IsLoopback;
        if (given.GetValueOrDefault("tls") is { } tls && (tls != "none" || !isHere))
            throw new FormatException("takes tls=none for a server on this machine, and nothing else: mail is not sent in the clear");
        if (given.ContainsKey("user") && string.IsNullOrEmpty(secret))
            throw new FormatException("with user= needs MRAGREEMENT_MAIL_SECRET");
        var tokens = !given.TryGetValue("token", out var at) ? null : given.ContainsKey("user") ? TokensAt(at, given)
            : throw new FormatException("with token= needs user=, on whose behalf it is");
        var implicitly = address.Scheme == "smtps";
        return new(address.Host, address.Port > 0 ? address.Port : implicitly ? Submissions : Submission,
            implicitly ? SecureSocketOptions.SslOnConnect : given.ContainsKey("tls") ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls,
            from, given.GetValueOrDefault("user"), secret, tokens);
    }

    // Each name once: the last one goes.
    internal static Dictionary<string, string> Given(Uri address) =>
        address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .GroupBy(pair => pair[0], pair => pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "")
            .ToDictionary(pair => pair.Key, pair => pair.Last());

    internal static TokenSource TokensAt(string written, Dictionary<string, string> given) =>
        Uri.TryCreate(written, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            && given.GetValueOrDefault("client") is { Length: > 0 } client
            ? new(address, client, given.GetValueOrDefault("scope"))
            : throw new FormatException("with token=, the https address where tokens are got, needs client=");

    // Nothing secret is told when it is written out.
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>Where a program gets tokens for a mail server (OAuth 2.0, RFC 6749, 4.4).</summary>
/// <param name="Client">The program's id there.</param>
/// <param name="Scope">What the token is to be good for; null for what is usual there.</param>
public sealed record TokenSource(Uri Address, string Client, string? Scope);
