using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>A real SMTP server on a free port, which says what the test has it say.</summary>
sealed class MailServer : MessageStore, IMailboxFilter, IMailboxFilterFactory, IAsyncDisposable
{
    readonly CancellationTokenSource stopping = new();
    readonly Task running;

    MailServer(int port, bool asksForUser)
    {
        Port = port;
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilterFactory)this);
        if (asksForUser)
            services.Add((SmtpServer.Authentication.IUserAuthenticator)new SmtpServer.Authentication.DelegatingUserAuthenticator((user, password) => (user, password) == ("avtal", "hemligt")));
        var options = new SmtpServerOptionsBuilder().ServerName("mail.example.se")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).AllowUnsecureAuthentication().AuthenticationRequired(asksForUser)).Build();
        running = new SmtpServer.SmtpServer(options, services).StartAsync(stopping.Token);
    }

    public int Port { get; }

    /// <summary>What it has answered 250 to, in order.</summary>
    public ConcurrentQueue<(string To, MimeMessage Message)> Taken { get; } = new();

    /// <summary>What it says of a recipient; yes unless the test says otherwise.</summary>
    public Func<string, SmtpResponse?> SaysOfRecipient { get; set; } = _ => null;

    /// <summary>What it says of whoever sends.</summary>
    public Func<SmtpResponse?> SaysOfSender { get; set; } = () => null;

    /// <summary>What it says of a message that it has got.</summary>
    public Func<SmtpResponse?> SaysOfMessage { get; set; } = () => null;

    /// <summary>Whether it hangs up on a message that it has got without a word: true when it has taken it first, null for never.</summary>
    public Func<bool?> HangsUpOnMessage { get; set; } = () => null;

    /// <summary>For whom it has got which Message-ID, whatever it said of it.</summary>
    public ConcurrentQueue<(string To, string? Id)> Got { get; } = new();

    public static MailServer Start(bool asksForUser = false) => new(FreePort(), asksForUser);

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public string Address(string more = "") => $"smtp://127.0.0.1:{Port}?from=avtal@example.se&tls=none{more}";

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        var message = await MimeMessage.LoadAsync(bytes, cancellationToken);
        foreach (var to in transaction.To)
            Got.Enqueue(($"{to.User}@{to.Host}", message.MessageId));
        if (SaysOfMessage() is { } otherwise)
            return otherwise;
        var hangsUp = HangsUpOnMessage();
        if (hangsUp != false)
            foreach (var to in transaction.To)
                Taken.Enqueue(($"{to.User}@{to.Host}", message));
        if (hangsUp is not null)
            context.Pipe.Dispose();
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox @from, int size, CancellationToken cancellationToken) =>
        SaysOfSender() is { } otherwise ? throw new SmtpResponseException(otherwise) : Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox @from, CancellationToken cancellationToken) =>
        SaysOfRecipient($"{to.User}@{to.Host}") is { } otherwise ? throw new SmtpResponseException(otherwise) : Task.FromResult(true);

    public IMailboxFilter CreateInstance(ISessionContext context) => this;

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stopping.Dispose();
    }

    public async Task Stop()
    {
        await stopping.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // As it was told to.
        }
    }
}
