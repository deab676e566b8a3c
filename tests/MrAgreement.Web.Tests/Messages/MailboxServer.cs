using System.Diagnostics;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using MimeKit;

namespace MrAgreement.Web.Tests.Messages;

/// <summary>A server of mailboxes (RFC 3501) that knows nothing of ours, on a free port: hoodiecrow, of npm.</summary>
sealed class MailboxServer : IAsyncDisposable
{
    const string Script = """
        // Of a message that is to be marked as broken it says NO, or the connection ends in the middle of the answer.
        const ill = server => {
          const fetch = require('hoodiecrow-imap/lib/commands/uid fetch.js');
          server.setCommandHandler('UID FETCH', (connection, parsed, data, callback) => {
            const [of] = server.getMessageRange(connection.selectedMailbox, parsed.attributes[0].value, true), told = of ? of[1].raw : '';
            if (/^Subject: nekas/m.test(told)) { connection.send({ tag: parsed.tag, command: 'NO', attributes: [{ type: 'TEXT', value: 'cannot be read' }] }, 'ILL', parsed, data); return callback(); }
            if (/^Subject: bryts/m.test(told)) { connection.socket.end('* 2 FETCH (UID \r\n'); return callback(); }
            return fetch(connection, parsed, data, callback);
          });
        };
        const server = require('hoodiecrow-imap')({ plugins: ['ID', 'SASL-IR', 'AUTH-PLAIN', 'NAMESPACE', 'LITERALPLUS', 'UNSELECT', ill], storage: { INBOX: {} } });
        server.listen(Number(process.argv[1]), '127.0.0.1', () => console.log('listens'));
        """;

    public const string User = "testuser";
    public const string Secret = "testpass";

    readonly Process process;

    MailboxServer(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public string Address => $"imap://{User}@127.0.0.1:{Port}/INBOX?tls=none";

    public static async Task<MailboxServer> Start()
    {
        var port = MailServer.FreePort();
        var process = Process.Start(new ProcessStartInfo("node", ["-e", Script, $"{port}"]) { WorkingDirectory = Azurite.Tests(), RedirectStandardOutput = true })!;
        Assert.Equal("listens", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return new(process, port);
    }

    /// <summary>Lays mail in it, as it comes from elsewhere.</summary>
    public async Task Lay(params MimeMessage[] mail)
    {
        using var client = await Opened();
        foreach (var it in mail)
            await client.Inbox!.AppendAsync(it, MessageFlags.None, TestContext.Current.CancellationToken);
        await client.DisconnectAsync(true, TestContext.Current.CancellationToken);
    }

    /// <summary>Subjects of what is there, with those in capitals that are marked as seen.</summary>
    public async Task<IReadOnlyList<string>> Shown()
    {
        using var client = await Opened();
        var inbox = client.Inbox!;
        await inbox.OpenAsync(FolderAccess.ReadOnly, TestContext.Current.CancellationToken);
        var found = await inbox.FetchAsync(0, -1, MessageSummaryItems.Flags | MessageSummaryItems.Envelope, TestContext.Current.CancellationToken);
        await client.DisconnectAsync(true, TestContext.Current.CancellationToken);
        return [.. found.Select(it => it.Flags!.Value.HasFlag(MessageFlags.Seen) ? it.Envelope!.Subject!.ToUpperInvariant() : it.Envelope!.Subject!)];
    }

    async Task<ImapClient> Opened()
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", Port, SecureSocketOptions.None, TestContext.Current.CancellationToken);
        await client.AuthenticateAsync(User, Secret, TestContext.Current.CancellationToken);
        return client;
    }

    public async Task Stop()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        process.Dispose();
    }
}
