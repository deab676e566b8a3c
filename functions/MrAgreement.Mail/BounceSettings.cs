using MailKit.Security;

namespace MrAgreement.Mail;

/// <summary>Which mailbox is read for what did not arrive, and as whom.</summary>
/// <param name="Secret">The user's password, or the secret by which tokens are got.</param>
/// <param name="Tokens">Where tokens are got, for servers that take no password; null where the password is sent.</param>
public sealed record BounceSettings(string Host, int Port, SecureSocketOptions Security, string User, string Secret, string Folder,
    TokenSource? Tokens)
{
    const int Imap = 143;
    const int Imaps = 993;

    public const string Form = "imaps://avtal@mail.example.se/INBOX";

    /// <summary>As it is written: <c>imaps://</c> begins with TLS, <c>imap://</c> upgrades to it and says nothing without. Only to this
    /// machine itself, and where <c>tls=none</c> says so, it goes in the clear.</summary>
    /// <exception cref="FormatException">It is not so; the message says what is wrong.</exception>
    public static BounceSettings Read(string written, string? secret)
    {
        if (!Uri.TryCreate(written, UriKind.Absolute, out var address) || address.Scheme is not ("imap" or "imaps")
            || address.Host.Length == 0 || address.UserInfo.Length == 0)
            throw new FormatException($"takes an address such as {Form}");
        if (address.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new FormatException("takes no password: it is MRAGREEMENT_BOUNCES_SECRET");
        var given = MailSettings.Given(address);
        if (given.Keys.FirstOrDefault(name => name is not ("tls" or "token" or "client" or "scope")) is { } unknown)
            throw new FormatException($"knows tls, token, client and scope, not '{unknown}'");
        if (given.GetValueOrDefault("tls") is { } tls && (tls != "none" || !address.IsLoopback))
            throw new FormatException("takes tls=none for a server on this machine, and nothing else: mail is not read in the clear");
        if (string.IsNullOrEmpty(secret))
            throw new FormatException("needs MRAGREEMENT_BOUNCES_SECRET");
        var implicitly = address.Scheme == "imaps";
        var folder = Uri.UnescapeDataString(address.AbsolutePath.Trim('/'));
        return new(address.Host, address.Port > 0 ? address.Port : implicitly ? Imaps : Imap,
            implicitly ? SecureSocketOptions.SslOnConnect : given.ContainsKey("tls") ? SecureSocketOptions.None
                : SecureSocketOptions.StartTls,
            Uri.UnescapeDataString(address.UserInfo), secret, folder.Length == 0 ? "INBOX" : folder,
            given.TryGetValue("token", out var at) ? MailSettings.TokensAt(at, given) : null);
    }

    // Nothing secret is told when it is written out.
    public override string ToString() => $"{Host}:{Port}/{Folder}";
}
