using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MrAgreement.Messages;

namespace MrAgreement.Running;

/// <summary>
/// What a server had taken and could not deliver: recorded in the log of the agreement that it was about. For that it is remembered, for
/// as long as reports come, which messages were in which mail and to whom it went; nobody else can say that it did not arrive.
/// </summary>
/// <param name="machine">The real time, which servers live in.</param>
public sealed partial class Bounces(Dossiers dossiers, IKeptRecords kept, IClock machine)
{
    const string Sent = "mail-sent";
    const string Came = "mail-bounced";
    const string Mark = "bounces-read";

    // Servers try for five days or so.
    static readonly Duration remembered = Duration.FromDays(30);
    static readonly Duration shown = Duration.FromDays(90);

    const int LongestReply = 200;

    /// <summary>Remembers what is in a mail, before a server is asked to take it.</summary>
    public Task Remember(MailMessage mail, CancellationToken cancellation = default) => mail.About.Count == 0 ? Task.CompletedTask
        : kept.Put(new(Sent, mail.Id, JsonSerializer.SerializeToUtf8Bytes(new SentMail($"{HashOf(mail.To)}", mail.About), Json.Options),
            Expires: machine.GetCurrentInstant() + remembered), machine.GetCurrentInstant(), cancellation);

    /// <summary>Reads a mailbox to its end. Answers what is in the way; null for nothing.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<string?> Read(IBounceMailbox mailbox, Func<Instant> now, CancellationToken cancellation = default)
    {
        var before = await kept.Setting(Mark, cancellation) is { } written
            ? JsonSerializer.Deserialize<MailboxMark>(written, Json.Options) : null;
        var round = await mailbox.Read(before, bounce => Take(bounce, now(), cancellation), cancellation);
        // What is read twice is recorded once.
        if (round.Mark is { } mark && mark != before)
            await kept.Set(Mark, JsonSerializer.Serialize(mark, Json.Options), cancellation);
        return round.Fault;
    }

    /// <summary>Records that a mail did not arrive; false where it is none of ours, or went to somebody else.</summary>
    public async Task<bool> Take(Bounce it, Instant now, CancellationToken cancellation = default)
    {
        var machineNow = machine.GetCurrentInstant();
        if (!Id().IsMatch(it.Mail) || !Status().IsMatch(it.Status)
            || await kept.Find(Sent, it.Mail, machineNow, cancellation) is not { } record
            || JsonSerializer.Deserialize<SentMail>(record.Data.Span, Json.Options)! is var sent
            && !it.Recipients.Any(address => $"{HashOf(address)}" == sent.To))
            return false;
        foreach (var of in sent.About.GroupBy(message => message.Agreement))
        {
            await dossiers.Record(of.Key, [.. of.Select(message => new MessageBounced(message.Message.Of, message.Message.Reason,
                message.Message.Party, message.Message.Role, [message.Person], it.Status, message.Obligation))], now, cancellation);
            // Beside what else did not reach somebody.
            await kept.Put(new(Came, $"{of.Key}/{it.Mail}", JsonSerializer.SerializeToUtf8Bytes(new Attempts(of.First().Message,
                of.First().Person, of.First().Obligation, 1, machineNow.ToUnixTimeMilliseconds(), machineNow.ToUnixTimeMilliseconds(),
                AttemptEnd.Bounced, "", Reply(it)), Json.Options), Expires: machineNow + shown), machineNow, cancellation);
        }
        return true;
    }

    /// <summary>What came back within the last months.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, Attempts Attempts)>> Known(CancellationToken cancellation = default) =>
        [.. (await kept.Range(Came, "", machine.GetCurrentInstant(), cancellation)).Select(it =>
            (AgreementId.Parse(it.Key.Split('/')[0], null), JsonSerializer.Deserialize<Attempts>(it.Data.Span, Json.Options)!))];

    /// <summary>Clears away what is remembered for long enough.</summary>
    public Task Sweep(CancellationToken cancellation = default) => Task.WhenAll(
        kept.Sweep(Sent, machine.GetCurrentInstant(), cancellation), kept.Sweep(Came, machine.GetCurrentInstant(), cancellation));

    static string Reply(Bounce it) => $"{it.Status} {it.Said}".Trim() is { Length: > LongestReply } tooLong ? tooLong[..LongestReply]
        : $"{it.Status} {it.Said}".Trim();

    // The address itself is in the register, and needs to be nowhere else.
    static Sha256 HashOf(string address) => Sha256.Of(Encoding.UTF8.GetBytes(Recipients.MailboxOf(address)));

    [GeneratedRegex(@"^[0-9a-f]{32}@mragreement\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[45]\.\d{1,3}\.\d{1,3}\z")]
    private static partial Regex Status();

    /// <param name="To">Of the address, by which a report is known to be of the same recipient.</param>
    sealed record SentMail(string To, IReadOnlyList<MailedMessage> About);
}

/// <summary>Remembers what is in each mail, so that what comes back is known.</summary>
public sealed class RememberingPostbox(IPostbox postbox, Bounces bounces) : IPostbox
{
    public string Server => postbox.Server;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
    {
        await bounces.Remember(mail, cancellation);
        return await postbox.HandOver(mail, cancellation);
    }
}
