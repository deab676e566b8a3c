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
    // Servers try for five days or so.
    static readonly Duration remembered = Duration.FromDays(30);
    static readonly Duration shown = Duration.FromDays(90);

    const int LongestReply = 200;

    /// <summary>Remembers what is in a mail, before a server is asked to take it.</summary>
    public Task Remember(MailMessage mail, CancellationToken cancellation = default) => mail.About.Count == 0 ? Task.CompletedTask
        : kept.Put(new(KeptMail.Sent, mail.Id, KeptMail.Bytes(new SentMail($"{HashOf(mail.To)}", mail.About)),
            Expires: machine.GetCurrentInstant() + remembered), machine.GetCurrentInstant(), cancellation);

    /// <summary>Reads a mailbox to its end. Answers what is in the way; null for nothing.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<string?> Read(IBounceMailbox mailbox, Func<Instant> now, CancellationToken cancellation = default)
    {
        var before = (await kept.Find(KeptSettings.Kind, KeptMail.Mark, Instant.MinValue, cancellation))?.Understood(KeptMail.MarkIn);
        var round = await mailbox.Read(before, bounce => Take(bounce, now(), cancellation), cancellation);
        // What is read twice is recorded once.
        if (round.Mark is { } mark && mark != before)
            await kept.Set(KeptMail.Mark, JsonSerializer.Serialize(mark, Json.Options), cancellation);
        return round.Fault;
    }

    /// <summary>Records that a mail did not arrive; false where it is none of ours, or went to somebody else.</summary>
    public async Task<bool> Take(Bounce it, Instant now, CancellationToken cancellation = default)
    {
        var machineNow = machine.GetCurrentInstant();
        if (!Id().IsMatch(it.Mail) || !Status().IsMatch(it.Status)
            || await kept.Find(KeptMail.Sent, it.Mail, machineNow, cancellation) is not { } record
            || record.Understood(KeptMail.SentIn) is not { } sent || !it.Recipients.Any(address => $"{HashOf(address)}" == sent.To))
            return false;
        foreach (var of in sent.About.GroupBy(message => message.Agreement))
        {
            await dossiers.Record(of.Key, [.. of.Select(message => new MessageBounced(message.Message.Of, message.Message.Reason,
                message.Message.Party, message.Message.Role, [message.Person], it.Status, message.Obligation))], now, cancellation);
            // Beside what else did not reach somebody.
            await kept.Put(new(KeptMail.Came, $"{of.Key}/{it.Mail}", KeptMail.Bytes(new Attempts(of.First().Message,
                of.First().Person, of.First().Obligation, 1, machineNow.ToUnixTimeMilliseconds(), machineNow.ToUnixTimeMilliseconds(),
                AttemptEnd.Bounced, "", Reply(it))), Expires: machineNow + shown), machineNow, cancellation);
        }
        return true;
    }

    /// <summary>What came back within the last months.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, Attempts Attempts)>> Known(CancellationToken cancellation = default) =>
        [.. (await kept.Range(KeptMail.Came, "", machine.GetCurrentInstant(), cancellation)).Understood(KeptMail.CameIn)];

    /// <summary>Clears away what is remembered for long enough.</summary>
    public Task Sweep(CancellationToken cancellation = default) => Task.WhenAll(
        kept.Sweep(KeptMail.Sent, machine.GetCurrentInstant(), cancellation),
        kept.Sweep(KeptMail.Came, machine.GetCurrentInstant(), cancellation));

    static string Reply(Bounce it) => $"{it.Status} {it.Said}".Trim() is { Length: > LongestReply } tooLong ? tooLong[..LongestReply]
        : $"{it.Status} {it.Said}".Trim();

    // The address itself is in the register, and needs to be nowhere else.
    static Sha256 HashOf(string address) => Sha256.Of(Encoding.UTF8.GetBytes(Recipients.MailboxOf(address)));

    [GeneratedRegex(@"^[0-9a-f]{32}@mragreement\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[45]\.\d{1,3}\.\d{1,3}\z")]
    private static partial Regex Status();
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
