using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;

namespace MrAgreement.Functions.Tests.Messages;

/// <summary>Somebody in every role of every party.</summary>
sealed class SomebodyInEach : IRecipients
{
    public Task<IReadOnlyList<Recipient>> With(string party, Role role, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<Recipient>>([new(new($"{Json.NameOf(role)}.{party}"), $"{role}", MailOf(party, role), "sv")]);

    public static string MailOf(string party, Role role) => $"{Json.NameOf(role)}.{party}@example.se";

    public Task<IReadOnlyList<Recipient>> At(string mail, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<Recipient>>([]);

    public static MailMessage Write(IReadOnlyList<Addressee> whom, Dossier it, string id) => new(id, whom[0].To.Mail, whom[0].To.Name, whom[0].To.Language, Key(whom[0].Message.Key), "", "");

    public static MailMessage Together(IReadOnlyList<DigestItem> messages, IReadOnlyList<Recipient> to, string id) => new(id, to[0].Mail, to[0].Name, to[0].Language, string.Join('\n', messages.Select(it => Key(it.Message.Key))), "", "");

    /// <summary>What a log gives to tell, as the subjects of the mails say it.</summary>
    public static IReadOnlyList<string> Told(AgreementId id, IReadOnlyList<StoredEvent> log)
    {
        var telling = new Telling(new(id));
        return [.. log.SelectMany(telling.Of).Select(message => Key(message.Key))];
    }

    public static string Key(MessageKey it) => $"{it.Of} {it.Reason} {it.Party} {it.Role}";
}

/// <summary>Takes every step before and after a mail and its records are out: each may be the last.</summary>
sealed class SteppedPost(IPostbox post, IKeptRecords kept, Func<string, Task> step) : IPostbox, IKeptRecords
{
    public string Server => post.Server;

    public async Task<Handover> HandOver(MailMessage mail, CancellationToken cancellation = default)
    {
        await step("before handing over");
        var said = await post.HandOver(mail, cancellation);
        await step("after handing over");
        return said;
    }

    public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => kept.Find(kind, key, now, cancellation);

    public Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default) => kept.Range(kind, prefix, now, cancellation);

    public async Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default)
    {
        var etag = await kept.Put(record, now, cancellation);
        await step($"after putting {record.Kind}");
        return etag;
    }

    public async Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default)
    {
        var gone = await kept.Delete(kind, key, etag, cancellation);
        await step($"after deleting {kind}");
        return gone;
    }

    public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => kept.Sweep(kind, now, cancellation);
}
