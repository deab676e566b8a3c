using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

public sealed partial class Postman
{
    /// <summary>What should have gone by now and has not: nobody may wait in vain for what a log says was sent.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<IReadOnlyList<MissingMessage>> Missing(AgreementId id, Instant now, CancellationToken cancellation = default)
    {
        var (told, rows) = (await ToldOf(id, cancellation), await logs.ReadSince(id, 0, cancellation));
        var it = new Dossier(id).With(rows);
        List<MissingMessage> missing = [];
        if (Lifecycle.NextWakeUp(it, settled: true) is { } due && due < now - patience)
            missing.Add(new(MissingKind.NotReminded, rows[^1].Sequence));
        if (await NotTold(it, rows, told, now, cancellation) is { } left)
            missing.Add(new(MissingKind.NotTold, left));
        missing.AddRange(it.Messages.InOrder
            .Where(each => each is { Happened: MessageGivenUp { Why: not MessageFailure.Overtaken } or MessageBounced }
                && each.At > now - remembered)
            .Select(each => each.Happened.Of).Distinct().Select(of => new MissingMessage(MissingKind.NotReached, of)));
        // Of what people did, whoever did it may have been the only one to tell.
        var telling = new Telling(new(id));
        foreach (var row in rows)
            if (row.Sequence <= told.From || row.Sequence > told.To || row.Actor != PersonId.System)
                telling.Skip(row);
            else
            {
                var messages = telling.Of(row).Where(message => message.Happened is Obligations.ReminderEvent).ToList();
                var settled = messages.Select(message => message.Key).Where(it.Messages.IsSettled).ToList();
                foreach (var message in messages.Where(message => !settled.Contains(message.Key)))
                    if (!await HeardOtherwise(message.Key, settled, cancellation))
                        missing.Add(new(MissingKind.NotSettled, message.Key.Of));
            }
        return missing;
    }

    // Whoever has two roles hears of it in one of them.
    async Task<bool> HeardOtherwise(MessageKey key, IReadOnlyList<MessageKey> settled, CancellationToken cancellation)
    {
        var heard = new HashSet<PersonId>();
        foreach (var other in settled.Where(other => other.Reason == key.Reason))
            heard.UnionWith((await people.Of(other, cancellation)).Select(to => to.Id));
        return (await people.Of(key, cancellation)) is { Count: > 0 } whom && whom.All(to => heard.Contains(to.Id));
    }

    // The first row of which something has not gone that waits for no morning. Where something of an earlier row does, a later one may
    // have been told.
    async Task<long?> NotTold(Dossier it, IReadOnlyList<StoredEvent> rows, ToldRows told, Instant now, CancellationToken cancellation)
    {
        if (rows.FirstOrDefault(row => row.Sequence > told.To && row.At < now - patience) is not { } first)
            return null;
        var (telling, waits, known) = (new Telling(new(it.Id)), false, await AttemptsOf(it.Id, cancellation));
        foreach (var row in rows)
            if (row.Sequence <= told.To)
                telling.Skip(row);
            else
                foreach (var message in telling.Of(row).Where(message => !it.Messages.IsSettled(message.Key) && row.At < now - patience))
                    foreach (var to in (await people.Of(message.Key, cancellation)).Where(to => message.IsFor(to.Id)))
                        if (await mornings.Find(KeptMail.NameOf(it.Id, message.Key, to.Id), cancellation) is { In: not Waiting.Alone } held
                            && (await ChoiceOf(to.Id, cancellation)).Until(held.At) >= now - patience)
                            waits = true;
                        else if (known.GetValueOrDefault((message.Key, to.Id))?.End is null)
                            return row.Sequence;
        return waits ? null : first.Sequence;
    }
}

/// <param name="Of">Sequence of the event that it is about.</param>
public sealed record MissingMessage(MissingKind Kind, long Of);

public enum MissingKind
{
    /// <summary>A reminder fell due, and the log has none.</summary>
    NotReminded,

    /// <summary>What is in the log has not been told for long.</summary>
    NotTold,

    /// <summary>It was passed over: the log does not say what has become of it.</summary>
    NotSettled,

    /// <summary>It was given up or came back, or nobody has the role.</summary>
    NotReached
}
