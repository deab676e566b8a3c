using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MrAgreement.Messages;

namespace MrAgreement.Mail;

/// <summary>Hands mail over to a server (RFC 5321), over connections that are kept for the next one.</summary>
/// <param name="longest">In which all of it is done; null for what another process waits, and a good deal less.</param>
public sealed class SmtpPostbox(MailSettings settings, TimeProvider clock, TimeSpan? longest = null) : IPostbox, IAsyncDisposable
{
    static readonly TimeSpan longestAnswer = TimeSpan.FromSeconds(60);

    // A server that has the whole mail may take its time before it says so (RFC 5321, 4.5.3.2.6).
    static readonly TimeSpan longestTaking = TimeSpan.FromSeconds(110);

    // From the first word to the last: one that takes its time before each answer is not waited for longer than another process waits.
    readonly TimeSpan longestInAll = longest ?? TimeSpan.FromSeconds(120);

    // Servers end a connection that says nothing for long.
    static readonly TimeSpan longestRest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan shortRest = TimeSpan.FromSeconds(1);

    readonly ConcurrentBag<(Client Client, long Since)> free = [];
    readonly ServerTokens? tokens = settings.Tokens is { } source ? new(source, settings.Secret ?? "", clock) : null;

    public string Server => settings.Host;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
    {
        MimeMessage message;
        try
        {
            message = MimeMail.Of(mail, settings.From, clock.GetUtcNow());
        }
        catch (Exception e)
        {
            return Handover.Unwritable(e);
        }
        using var written = message;
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = clock.CreateTimer(_ => whole.Cancel(), null, longestInAll, Timeout.InfiniteTimeSpan);
        Client? client = null;
        var isHandedOver = false;
        try
        {
            client = await Connected(whole.Token);
            (client.Timeout, client.HasRecipient) = ((int)longestTaking.TotalMilliseconds, false);
            var reply = await client.SendAsync(message, whole.Token);
            isHandedOver = true;
            return new(HandoverOutcome.Taken, reply, IsAnswer: true);
        }
        catch (SmtpCommandException e)
        {
            // The server is well, and says no to this one.
            isHandedOver = client is { IsConnected: true } && await Answers(client, whole.Token);
            return Of(e);
        }
        catch (OperationCanceledException) when (client is not null && whole.IsCancellationRequested)
        {
            return new(HandoverOutcome.PutOff, $"The server was not done within {longestInAll.TotalSeconds:0} seconds.");
        }
        catch (Exception e) when (client is null || IsOfConnection(e))
        {
            // One that hangs up on this mail when it has been told whom it is for may be well for all others.
            return new(client?.HasRecipient == true ? HandoverOutcome.PutOff : HandoverOutcome.Down, e.Message,
                IsAnswer: e is AuthenticationException);
        }
        catch (Exception e)
        {
            // Such as a recipient in letters that the server does not know: the server is well.
            isHandedOver = client is { IsConnected: true } && await Answers(client, whole.Token);
            return Handover.Unwritable(e);
        }
        finally
        {
            if (client is not null && isHandedOver && client.IsConnected)
                free.Add((client, clock.GetTimestamp()));
            else
                client?.Dispose();
        }
    }

    static bool IsOfConnection(Exception e) => e is AuthenticationException or SslHandshakeException or ServiceNotConnectedException
        or ServiceNotAuthenticatedException or SmtpProtocolException or SocketException or IOException or TimeoutException
        or HttpRequestException or OperationCanceledException;

    // 5xx of the recipient or of what is sent is for ever, 4xx passes (RFC 5321, 4.2.1). What is said of the sender or of the whole
    // connection is no message's fault.
    static Handover Of(SmtpCommandException e) => new(e switch
    {
        { StatusCode: SmtpStatusCode.ServiceNotAvailable } or { ErrorCode: SmtpErrorCode.SenderNotAccepted }
            or { StatusCode: SmtpStatusCode.AuthenticationRequired } => HandoverOutcome.Down,
        _ when (int)e.StatusCode >= 500 => HandoverOutcome.Refused,
        _ => HandoverOutcome.PutOff
    }, $"{(int)e.StatusCode} {e.Message}", IsAnswer: true);

    static async Task<bool> Answers(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.NoOpAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is CommandException or ProtocolException or IOException or SocketException
            or ServiceNotConnectedException or OperationCanceledException)
        {
            return false;
        }
    }

    async Task<Client> Connected(CancellationToken cancellation)
    {
        while (free.TryTake(out var kept))
        {
            var rested = clock.GetElapsedTime(kept.Since);
            // The server may have ended it meanwhile, which nobody notices before it is spoken to.
            if (kept.Client.IsConnected && rested < longestRest && (rested < shortRest || await Answers(kept.Client, cancellation)))
                return kept.Client;
            kept.Client.Dispose();
        }
        var client = new Client { Timeout = (int)longestAnswer.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, settings.Security, cancellation);
            if (settings.User is { } user && tokens is not null)
                await client.AuthenticateAsync(new SaslMechanismOAuth2(user, await tokens.Get(cancellation)), cancellation);
            else if (settings.User is { } signsIn)
                await client.AuthenticateAsync(signsIn, settings.Secret ?? "", cancellation);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (free.TryTake(out var kept))
            using (kept.Client)
                if (kept.Client.IsConnected)
                    try
                    {
                        await kept.Client.DisconnectAsync(quit: true);
                    }
                    catch (Exception e) when (e is CommandException or ProtocolException or IOException or SocketException)
                    {
                        // It is gone anyway.
                    }
        tokens?.Dispose();
    }

    sealed class Client : SmtpClient
    {
        /// <summary>Whether the server has said that it takes a mail to the recipient of this one.</summary>
        public bool HasRecipient { get; set; }

        protected override void OnRecipientAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) =>
            HasRecipient = true;
    }
}
