using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using MimeKit;
using MrAgreement.Messages;

namespace MrAgreement.Mail;

/// <summary>Reads reports of what did not arrive (RFC 3464) in a mailbox (RFC 3501).</summary>
public sealed class BounceMailbox(BounceSettings settings, TimeProvider clock) : IBounceMailbox, IDisposable
{
    static readonly TimeSpan longestAnswer = TimeSpan.FromSeconds(60);

    // A report brings back what was sent, and those are small.
    const uint Largest = 1024 * 1024;
    const int MostAtOnce = 500;

    // A server that gives nothing at all is read another time.
    const int MostPassed = 5;

    readonly ServerTokens? tokens = settings.Tokens is { } source ? new(source, settings.Secret, clock) : null;

    public async Task<MailboxRound> Read(MailboxMark? since, Func<Bounce, Task<bool>> take, CancellationToken cancellation = default)
    {
        var reading = new Reading { Mark = since };
        while (true)
            try
            {
                await ReadOn(reading, take, cancellation);
                return new(reading.Mark, reading.Fault);
            }
            catch (Exception e) when (IsOfServer(e) || e is OperationCanceledException && !cancellation.IsCancellationRequested)
            {
                if (reading.At is not { } at)
                    return new(reading.Mark, e.Message);
                // What the server can't give, twice, must not hold up what came after it. The mark goes past it when a later one was read.
                if (reading.Suspect == at)
                {
                    reading.Passed.Add(at);
                    reading.Fault = $"message {at} was passed over, {e.Message}";
                    if (reading.Passed.Count == MostPassed)
                        return new(reading.Mark, reading.Fault);
                }
                (reading.Suspect, reading.At) = (at, null);
            }
    }

    sealed class Reading
    {
        public MailboxMark? Mark { get; set; }

        /// <summary>The message that the server is asked for; null for none.</summary>
        public uint? At { get; set; }

        /// <summary>The last one that it failed to give.</summary>
        public uint? Suspect { get; set; }

        public HashSet<uint> Passed { get; } = [];

        public string? Fault { get; set; }
    }

    static bool IsOfServer(Exception e) => e is CommandException or ProtocolException or AuthenticationException or SslHandshakeException
        or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotFoundException or MessageNotFoundException
        or FolderNotOpenException or NotSupportedException or FormatException or SocketException or IOException or TimeoutException
        or HttpRequestException;

    async Task ReadOn(Reading reading, Func<Bounce, Task<bool>> take, CancellationToken cancellation)
    {
        using var client = new ImapClient { Timeout = (int)longestAnswer.TotalMilliseconds };
        await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
        if (tokens is not null)
            await client.AuthenticateAsync(new SaslMechanismOAuth2(settings.User, await tokens.Get(cancellation)), cancellation);
        else
            await client.AuthenticateAsync(settings.User, settings.Secret, cancellation);
        var folder = await client.GetFolderAsync(settings.Folder, cancellation);
        await folder.OpenAsync(FolderAccess.ReadWrite, cancellation);
        var mark = reading.Mark = reading.Mark?.Validity == folder.UidValidity ? reading.Mark : new(folder.UidValidity, 0);
        var news = await folder.SearchAsync(
            SearchQuery.Uids(new UniqueIdRange(new UniqueId(mark.Last + 1), UniqueId.MaxValue)), cancellation);
        // The last message answers to any number beyond it (RFC 3501, 6.4.8).
        foreach (var uid in news.Where(it => it.Id > mark.Last && !reading.Passed.Contains(it.Id)).Order().Take(MostAtOnce).ToList())
        {
            reading.At = uid.Id;
            List<Bounce> bounces = await ReportAt(folder, uid, cancellation) is { } report ? [.. In(report)] : [];
            // What is ours to do is nothing that the server failed in.
            reading.At = null;
            foreach (var bounce in bounces)
                if (await take(bounce))
                    await See(folder, uid, cancellation);
            reading.Mark = reading.Mark with { Last = uid.Id };
        }
        await client.DisconnectAsync(quit: true, cancellation);
    }

    // For people who look; a mailbox that takes no marks is read all the same.
    static async Task See(IMailFolder folder, UniqueId uid, CancellationToken cancellation)
    {
        try
        {
            await folder.AddFlagsAsync(uid, MessageFlags.Seen, silent: true, cancellation);
        }
        catch (CommandException)
        {
            // It is recorded, and not read again.
        }
    }

    // Whatever else people or machines write there is not opened.
    static async Task<MimeMessage?> ReportAt(IMailFolder folder, UniqueId uid, CancellationToken cancellation) =>
        await folder.FetchAsync([uid], new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.Size, [HeaderId.ContentType]),
            cancellation) is [{ Size: <= Largest, Headers: { } headers }]
            && ContentType.TryParse(headers[HeaderId.ContentType] ?? "", out var type) && type.IsMimeType("multipart", "report")
            ? await folder.GetMessageAsync(uid, cancellation) : null;

    /// <summary>What a report says did not arrive; nothing where it says that something is late only, or is no such report.</summary>
    public static IEnumerable<Bounce> In(MimeMessage report)
    {
        if (report.Body is not MultipartReport parts || parts.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status
            || parts.OfType<MessagePart>().FirstOrDefault()?.Message?.MessageId is not { Length: > 0 } id)
            yield break;
        // The first group is of the whole mail.
        foreach (var of in status.StatusGroups.Skip(1)
            .Where(of => Value(of, "Action").Equals("failed", StringComparison.OrdinalIgnoreCase)))
            yield return new(id,
                [.. new[] { Address(of, "Original-Recipient"), Address(of, "Final-Recipient") }.Where(it => it.Length > 0)],
                Value(of, "Status").Split(' ')[0], AfterType(Value(of, "Diagnostic-Code")));
    }

    static string Value(HeaderList of, string field) => of[field]?.Trim() ?? "";

    static string Address(HeaderList of, string field) => AfterType(Value(of, field)).Trim('<', '>');

    // As in rfc822; erik.ek@example.se
    static string AfterType(string value) => value.Split(';', 2)[^1].Trim();

    public void Dispose() => tokens?.Dispose();
}
