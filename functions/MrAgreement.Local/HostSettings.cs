using System.Net;
using MrAgreement.Calendars;
using MrAgreement.Mail;
using MrAgreement.Parties;
using MrAgreement.Web.Documents;
using MrAgreement.Web.Http;
using MrAgreement.Web.Limits;
using MrAgreement.Web.SignIn;
using MrAgreement.Web.Simulation;

namespace MrAgreement.Local;

/// <summary>What the host is asked to be: from the command line, from <c>MRAGREEMENT_…</c> variables, or nothing at all.</summary>
/// <param name="Urls">Addresses to listen on.</param>
/// <param name="PublicAddress">Where people reach the host, as behind a proxy; null for the address that each of them names.</param>
/// <param name="Data">Folder of the database, the documents, the keys and one's own
/// templates; with a storage account, of this process's copies and the templates.</param>
/// <param name="Storage">The storage account that keeps everything; null for the folder.</param>
/// <param name="Demo">Whether the made-up people of the demo are admitted.</param>
/// <param name="Clock">Where the simulated clock starts; null for the real one.</param>
/// <param name="Rebuild">Whether to rebuild the read models and stop.</param>
/// <param name="Story">Whether to tell the 2014 agreement's story into a
/// new folder first: the demo that starts without any options.</param>
sealed record HostSettings(string Urls, Uri? PublicAddress, string Data, string? Storage, bool Demo, Instant? Clock, bool Rebuild,
    bool Story)
{
    const string DefaultUrls = "http://localhost:5080";

    /// <summary>Whom the accessibility statement says to turn to; null for nobody.</summary>
    public string? Contact { get; init; }

    /// <summary>The authority that publishes what everybody may read; null where it is known by the host's name.</summary>
    public string? Publisher { get; init; }

    /// <summary>With the people of the demo: the parties whose officers may make agreements, besides the Government Offices.</summary>
    public IReadOnlyList<string> Grantors { get; init; } = [];

    /// <summary>How much may be asked for; null for as much as anybody likes.</summary>
    public LimitSettings? Limits { get; init; }

    /// <summary>Addresses of the proxies that are believed when they say where a request comes from.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; init; } = [];

    /// <summary>Whether an empty database beside documents is meant.</summary>
    public bool BeginAnew { get; init; }

    /// <summary>Whether to show the stored files that no log names, and stop.</summary>
    public bool Sweep { get; init; }

    /// <summary>Whether to do what a sweep shows. On the command line only: nobody sets it once and forgets it.</summary>
    public bool IsSure { get; init; }

    /// <summary>Who vouches for people and programs; null for nobody.</summary>
    public SignInSettings? SignIn { get; init; }

    /// <summary>For whom a link is made that leads in as administrator, before the host stops; null for nobody.</summary>
    public string? Admin { get; init; }

    /// <summary>Who takes the mail; null for nobody.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>Where reports of mail that did not arrive come to; null where nobody reads them.</summary>
    public BounceSettings? Bounces { get; init; }

    /// <summary>Whether mail is laid in a folder instead, as a demo does.</summary>
    public bool MailFolder { get; init; }

    /// <summary>Whether webhooks may lead to this machine itself, in the clear: for trying them out.</summary>
    public bool LoopbackWebhooks { get; init; }

    /// <summary>Where clamd listens; that of nobody where documents are not scanned.</summary>
    public ScannerAddress Scan { get; init; } = ScannerAddress.None;

    /// <summary>Where a copy of what is kept is to be put, beside the host that runs on it; null for nowhere.</summary>
    public string? Backup { get; init; }

    /// <summary>The copy that is to be put into the folder; null for none.</summary>
    public string? Restore { get; init; }

    /// <summary>Whether to hold everything against what it is made from, and stop.</summary>
    public bool Verify { get; init; }

    /// <summary>What it is asked to do, as in "could not …".</summary>
    public string Task => Backup is not null ? "take the backup" : Restore is not null ? "restore" : Verify ? "verify"
        : Rebuild ? "rebuild the lists" : Sweep ? "sweep" : Admin is not null ? "make the link" : "start";

    public const string Usage =
        """
        dotnet run --project functions/MrAgreement.Local [-- options]

          (no options)      a demo on http://localhost:5080: the 2014 agreement in the middle of its life;
                            --urls, --public-address and --contact may say where, and whom to turn to
          --urls <address>  where to listen; http://localhost:5080
          --public-address <address>
                            where people reach it, when that is not where it listens: https://avtal.example.se
          --proxies <addresses>
                            proxies in front of it, which are believed when they say where a request comes from: 10.0.0.4,10.0.0.5
          --data <folder>   where database, documents, keys and templates are; .mragreement/data
          --storage <where> keep everything in a storage account instead, which several hosts may share, each with a --data of its own:
                            UseDevelopmentStorage=true, a connection string, or the account's name or address (signed in as Azure's default credential)
          --contact <who>   whom the accessibility statement tells people to turn to: a mail address, an address on the web, or words
          --publisher <name>
                            the authority that data portals are told publishes what everybody may read; else the host's name
          --sign-in <file>  who vouches for people and programs (docs/sign-in.md); never together with --demo
          --admin <mail>    make the one link by which the first administrator comes in, show it, and stop; with --yes also when there is one
          --scan <host:port>
                            have documents scanned by clamd before anybody gets them: localhost:3310
          --mail <server>   have people told by mail: smtp://mail.example.se:587?from=avtal@example.se&user=avtal (docs/running.md), with the
                            password in MRAGREEMENT_MAIL_SECRET and --public-address for the links; or folder, which lays it in --data
          --bounces <mailbox>
                            with --mail: read what did not arrive: imaps://avtal@mail.example.se/INBOX, with the password in
                            MRAGREEMENT_BOUNCES_SECRET
          --webhooks loopback
                            let webhooks lead to this machine too, in the clear: for trying them out; otherwise to public addresses over TLS alone
          --demo            admit the made-up people of the demo
          --grantors <keys> with --demo: parties whose officers may make agreements besides RK: S,KN
          --limits[=<how much>]
                            bounds on requests a minute, always there without --demo: person=600,burst=200,strangers=60,door=10
          --clock <date>    a simulated clock that stands at that day (12:00 in Stockholm) until it is moved
          --rebuild         rebuild the read models from the logs, and stop; nothing is removed
          --sweep           show which stored files no log names, and stop; with --yes those older than 30 days are moved to the trash
          --verify          hold logs, checkpoints, lists and rows of ledgers against what they are made from, and stop; only lists that are behind are brought up,
                            and what a copy brought back is erased again
          --backup <folder> copy database, documents, keys, checkpoints and templates to a new folder, look through the copy, and stop;
                            the host may run meanwhile
          --restore <folder>
                            put such a copy into --data, which must be empty, and stop
          --begin-anew      go on with an empty database though documents of earlier agreements lie beside it
          --help            this text
        """;

    /// <exception cref="UsageException">An option is unknown or has no good value.</exception>
    public static HostSettings Read(string[] args, Func<string, string?> environment)
    {
        var given = new Dictionary<string, string>();
        foreach (var name in new[] { "urls", "public-address", "data", "storage", "contact", "publisher", "demo", "grantors", "sign-in",
            "admin", "scan", "mail", "bounces", "clock", "rebuild", "sweep", "verify", "begin-anew", "limits", "proxies", "webhooks" })
            if (environment($"MRAGREEMENT_{name.ToUpperInvariant().Replace('-', '_')}") is { Length: > 0 } value)
                given[name] = value;
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            switch (name)
            {
                case "--demo" or "--rebuild" or "--sweep" or "--verify" or "--yes" or "--begin-anew" or "--limits":
                    given[name[2..]] = value ?? "true";
                    break;
                case "--urls" or "--public-address" or "--data" or "--storage" or "--contact" or "--publisher" or "--sign-in"
                    or "--admin" or "--scan" or "--mail" or "--bounces" or "--backup" or "--restore" or "--clock" or "--grantors" or "--proxies"
                    or "--webhooks":
                    given[name[2..]] = value ?? (i + 1 < args.Length ? args[++i] : throw new UsageException($"{name} needs a value."));
                    break;
                default:
                    throw new UsageException($"There is no option {name}.");
            }
        }
        Instant? clock = given.TryGetValue("clock", out var written)
            ? SimulatedClock.Read(written)
            ?? throw new UsageException($"--clock takes a date such as 2014-06-13 or an instant, not '{written}'.")
            : null;
        Uri? address = given.TryGetValue("public-address", out var named) ? PublicAddressOf(named) : null;
        var (isDemo, signIn) = (given.GetValueOrDefault("demo") == "true", given.GetValueOrDefault("sign-in"));
        if (isDemo && (signIn is not null || given.ContainsKey("admin")))
            throw new UsageException("The made-up people of the demo and real ones are never mixed: leave out --demo, or --sign-in and --admin.");
        if (given.ContainsKey("storage") && (given.ContainsKey("backup") || given.ContainsKey("restore")))
            throw new UsageException("--backup and --restore are for a folder; how what a storage account keeps is put back is told in infra/restore.md.");
        if (given.GetValueOrDefault("webhooks") is not (null or "loopback"))
            throw new UsageException($"--webhooks takes loopback, not '{given["webhooks"]}'.");
        var mail = given.GetValueOrDefault("mail");
        if (mail is not (null or "folder") && address is null)
            throw new UsageException("--mail needs --public-address: the links in messages lead there.");
        if (given.ContainsKey("bounces") && mail is (null or "folder"))
            throw new UsageException("--bounces needs --mail with a server: what comes back is what went there.");
        // Where it listens and whom it names make no other host of it.
        return given.Keys.All(name => name is "urls" or "public-address" or "contact" or "publisher")
            ? new(given.GetValueOrDefault("urls", DefaultUrls), address, Path.Combine(".mragreement", "demo"), Storage: null,
                Demo: true, StockholmTime.Noon(new(2014, 6, 13)), Rebuild: false, Story: true)
            {
                MailFolder = true, Contact = given.GetValueOrDefault("contact"), Publisher = given.GetValueOrDefault("publisher")
            }
            : new(given.GetValueOrDefault("urls", DefaultUrls), address,
            given.GetValueOrDefault("data", Path.Combine(".mragreement", "data")), given.GetValueOrDefault("storage"),
                isDemo, clock, given.GetValueOrDefault("rebuild") == "true", Story: false)
            {
                Contact = given.GetValueOrDefault("contact"), Publisher = given.GetValueOrDefault("publisher"),
                BeginAnew = given.GetValueOrDefault("begin-anew") == "true",
                SignIn = signIn is null ? null : SignInSettings.Read(signIn, environment), Admin = given.GetValueOrDefault("admin"),
                Backup = given.GetValueOrDefault("backup"), Restore = given.GetValueOrDefault("restore"),
                Grantors = [.. given.GetValueOrDefault("grantors", "")
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(key => PartyKey.Is(key)
                    ? key
                    : throw new UsageException($"--grantors takes keys of parties such as S,KN, not '{key}'."))],
                Sweep = given.GetValueOrDefault("sweep") == "true", IsSure = given.GetValueOrDefault("yes") == "true",
                Verify = given.GetValueOrDefault("verify") == "true", Limits = LimitsOf(given.GetValueOrDefault("limits"), isDemo),
                Proxies = [.. given.GetValueOrDefault("proxies", "")
                    .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(written => IPAddress.TryParse(written, out var proxy)
                    ? proxy
                    : throw new UsageException($"--proxies takes addresses such as 10.0.0.4, not '{written}'."))],
                Mail = mail is null or "folder" ? null : MailOf(mail, environment("MRAGREEMENT_MAIL_SECRET")),
                MailFolder = mail == "folder", LoopbackWebhooks = given.ContainsKey("webhooks"),
                Bounces = given.TryGetValue("bounces", out var mailbox) ? BouncesOf(mailbox, environment("MRAGREEMENT_BOUNCES_SECRET"))
                    : null,
                Scan = !given.TryGetValue("scan", out var scan) ? ScannerAddress.None
                    : ScannerAddress.Read(scan) ?? throw new UsageException(
                    $"--scan takes a host and a port such as localhost:3310, not '{scan}'.")
            };
    }

    static MailSettings MailOf(string written, string? secret)
    {
        try
        {
            return MailSettings.Read(written, secret);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--mail {e.Message}.");
        }
    }

    static BounceSettings BouncesOf(string written, string? secret)
    {
        try
        {
            return BounceSettings.Read(written, secret);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--bounces {e.Message}.");
        }
    }

    static LimitSettings? LimitsOf(string? written, bool isDemo) => written switch
    {
        null => isDemo ? null : LimitSettings.Usual,
        "true" => LimitSettings.Usual,
        _ => LimitSettings.Read(written)
            ?? throw new UsageException($"--limits takes numbers such as person=600,burst=200,strangers=60,door=10, not '{written}'.")
    };

    static Uri PublicAddressOf(string written) =>
        Incoming.ReadAddress(written)
            ?? throw new UsageException($"--public-address takes an address without a path such as https://avtal.example.se, not '{written}'.");
}

/// <summary>The command line can't be meant so; the message says what to do.</summary>
sealed class UsageException(string message) : Exception(message);
