using System.Collections.Concurrent;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MrAgreement.Messages;

namespace MrAgreement.Mail;

/// <summary>Hands mail over to a server (RFC 5321), over connections that are kept for the next one.</summary>
public sealed class SmtpPostbox(MailSettings settings, TimeProvider clock) : IPostbox, IAsyncDisposable
{
    static readonly TimeSpan longestAnswer = TimeSpan.FromSeconds(60);

    // Servers end a connection that says nothing for long.
    static readonly TimeSpan longestRest = TimeSpan.FromSeconds(30);

    readonly ConcurrentBag<(SmtpClient Client, long Since)> free = [];
    readonly ServerTokens? tokens = settings.Tokens is { } source ? new(source, settings.Secret ?? "", clock) : null;

    public string Server => settings.Host;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
    {
        SmtpClient? client = null;
        var isHandedOver = false;
        try
        {
            client = await Connected(cancellation);
            using var message = MimeMail.Of(mail, settings.From, clock.GetUtcNow());
            var reply = await client.SendAsync(message, cancellation);
            isHandedOver = true;
            return new(HandoverOutcome.Taken, reply);
        }
        catch (SmtpCommandException e)
        {
            // The server is well, and says no to this one.
            isHandedOver = client is { IsConnected: true } && await IsReset(client, cancellation);
            return Of(e);
        }
        catch (Exception e) when (e is AuthenticationException or SslHandshakeException or ServiceNotConnectedException
            or ServiceNotAuthenticatedException or SmtpProtocolException or NotSupportedException or SocketException or IOException
            or TimeoutException or HttpRequestException or OperationCanceledException)
        {
            return new(HandoverOutcome.Down, e.Message);
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

    static async Task<bool> IsReset(SmtpClient client, CancellationToken cancellation)
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

    async Task<SmtpClient> Connected(CancellationToken cancellation)
    {
        while (free.TryTake(out var kept))
        {
            if (kept.Client.IsConnected && clock.GetElapsedTime(kept.Since) < longestRest)
                return kept.Client;
            kept.Client.Dispose();
        }
        var client = new SmtpClient { Timeout = (int)longestAnswer.TotalMilliseconds };
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
}
