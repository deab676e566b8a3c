using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MrAgreement.Messages;

namespace MrAgreement.Mail;

/// <summary>Hands mail over to a server (RFC 5321), over connections that are kept for the next one.</summary>
public sealed class SmtpPostbox(MailSettings settings, TimeProvider clock) : IPostbox, IAsyncDisposable
{
    static readonly TimeSpan longestAnswer = TimeSpan.FromSeconds(60);

    // A server that has the whole mail may take its time before it says so (RFC 5321, 4.5.3.2.6); within what another process waits.
    static readonly TimeSpan longestTaking = TimeSpan.FromSeconds(110);

    // Servers end a connection that says nothing for long.
    static readonly TimeSpan longestRest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan shortRest = TimeSpan.FromSeconds(1);

    readonly ConcurrentBag<(Client Client, long Since)> free = [];
    readonly ServerTokens? tokens = settings.Tokens is { } source ? new(source, settings.Secret ?? "", clock) : null;

    public string Server => settings.Host;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
    {
        Client? client = null;
        var isHandedOver = false;
        try
        {
            client = await Connected(cancellation);
            (client.Timeout, client.HasRecipient) = ((int)longestTaking.TotalMilliseconds, false);
            using var message = MimeMail.Of(mail, settings.From, clock.GetUtcNow());
            var reply = await client.SendAsync(message, cancellation);
            isHandedOver = true;
            return new(HandoverOutcome.Taken, reply);
        }
        catch (SmtpCommandException e)
        {
            // The server is well, and says no to this one.
            isHandedOver = client is { IsConnected: true } && await Answers(client, cancellation);
            return Of(e);
        }
        catch (Exception e) when (e is AuthenticationException or SslHandshakeException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException or SmtpProtocolException or NotSupportedException or SocketException or IOException
            or TimeoutException or HttpRequestException or OperationCanceledException)
        {
            // One that hangs up on this mail when it has been told whom it is for may be well for all others.
            return new(client?.HasRecipient == true ? HandoverOutcome.PutOff : HandoverOutcome.Down, e.Message);
        }
        finally
        {
            if (client is not null && isHandedOver && client.IsConnected)
                free.Add((client, clock.GetTimestamp()));
            else
                client?.Dispose();
        }
    }

    // 5xx of the recipient or of what is sent is for ever, 4xx passes (RFC 5321, 4.2.1). What is said of the sender or of the whole
    // connection is no message's fault.
    static Handover Of(SmtpCommandException e) => new(e switch
    {
        { StatusCode: SmtpStatusCode.ServiceNotAvailable } or { ErrorCode: SmtpErrorCode.SenderNotAccepted }
            or { StatusCode: SmtpStatusCode.AuthenticationRequired } => HandoverOutcome.Down,
        _ when (int)e.StatusCode >= 500 => HandoverOutcome.Refused,
        _ => HandoverOutcome.PutOff
    }, $"{(int)e.StatusCode} {e.Message}");

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
