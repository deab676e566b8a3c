using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Messages;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

public sealed partial class Postman
{
    /// <summary>One pass over what is to be told of an agreement.</summary>
    /// <param name="today">Now by the domain's clock.</param>
    sealed class Round(Postman of, Dossier it, Instant today, CancellationToken cancellation)
    {
        // A later message waits for the earlier one about the same thing to the same mailbox.
        readonly HashSet<(string About, PersonId)> held = [];
        readonly HashSet<(long Of, MessageReason, PersonId)> told = [];
        readonly Dictionary<PersonId, MailChoice?> choices = [];
        readonly Dictionary<PersonId, Instant?> digests = [];
        IReadOnlyDictionary<(MessageKey, PersonId), Attempts>? known;
        bool onlyMornings = true;

        public List<MessageEvent> Outcomes { get; } = [];

        /// <summary>Names of what waited for a morning and is settled.</summary>
        public List<string> Waited { get; } = [];

        /// <summary>Sequence of the first event of which something is still to be told.</summary>
        public long? FirstLeft { get; private set; }

        /// <summary>When to go on, by the machine's clock.</summary>
        public Instant? Again { get; private set; }

        /// <summary>By the domain's clock: when nothing is left but what waits for that morning, and later ones; else null.</summary>
        public Instant? Morning => onlyMornings ? morning : null;

        Instant? morning;

        sealed record Addressed(Message Message, IReadOnlyList<Recipient> Whom, IReadOnlyList<Recipient> Each);

        public async Task Tell(IReadOnlyList<Message> messages)
        {
            List<Addressed> addressed = [];
            foreach (var message in messages)
            {
                var whom = await of.people.Of(message.Key, cancellation);
                // Whoever has two roles hears of it once.
                addressed.Add(new(message, whom,
                    [.. whom.Where(to => message.IsFor(to.Id) && told.Add((message.Key.Of, message.Key.Reason, to.Id)))]));
            }
            // What can't wait takes with it what waits about the same thing, so that all comes in order.
            var (waits, hurried) = (new HashSet<(MessageKey, PersonId)>(), new HashSet<(string, PersonId)>());
            foreach (var (message, _, each) in addressed.AsEnumerable().Reverse())
                foreach (var to in each)
                    if (!await Waits(message, to, each))
                        hurried.Add((message.About, to.Id));
                    else if (!hurried.Contains((message.About, to.Id)))
                        waits.Add((message.Key, to.Id));
            // All that waits does so before anything goes: what is due goes in one mail.
            foreach (var (message, _, each) in addressed)
                foreach (var to in each.Where(to => waits.Contains((message.Key, to.Id))))
                    await Hold(message, to);
            foreach (var each in addressed)
                await Tell(each, to => waits.Contains((each.Message.Key, to.Id)));
        }

        // Whether somebody's choice has it wait. A reminder that would come on the last day or after it does not, unless somebody else
        // who has the role hears of it at once while they are away.
        async Task<bool> Waits(Message message, Recipient to, IReadOnlyList<Recipient> each)
        {
            if (await ChoiceOf(to.Id) is not { } choice || choice.Until(message.At) is var until && until <= message.At)
                return false;
            if (message.Happened is not Obligations.ReminderSent reminder || StockholmTime.DateOf(until) < reminder.DueOn)
                return true;
            if (!choice.IsQuiet(message.At))
                return false;
            foreach (var other in each.Where(other => other.Id != to.Id))
                if (await ChoiceOf(other.Id) is not { } theirs || !theirs.IsQuiet(message.At))
                    return true;
            return false;
        }

        async Task<MailChoice?> ChoiceOf(PersonId person) => choices.TryGetValue(person, out var choice) ? choice
            : choices[person] = await of.mornings.ChoiceOf(person, cancellation);

        async Task Tell(Addressed one, Func<Recipient, bool> waits)
        {
            var (message, whom, each) = one;
            var key = message.Key;
            var (reached, refused, timedOut, isLeft) = (new List<PersonId>(), new List<PersonId>(), new List<PersonId>(), false);
            List<PersonId> overtaken = [];
            List<string> waited = [];
            foreach (var to in each)
            {
                var name = NameOf(it.Id, key, to.Id);
                if (await ChoiceOf(to.Id) is not null)
                    waited.Add(name);
                switch (await Tell(message, to, waits(to), name))
                {
                    case AttemptEnd.Taken: reached.Add(to.Id); break;
                    case AttemptEnd.Refused: refused.Add(to.Id); break;
                    case AttemptEnd.TimedOut: timedOut.Add(to.Id); break;
                    case AttemptEnd.Overtaken: overtaken.Add(to.Id); break;
                    default: isLeft = true; break;
                }
            }
            if (isLeft)
            {
                FirstLeft ??= key.Of;
                foreach (var person in reached)
                    await Remember(key, person);
                return;
            }
            Waited.AddRange(waited);
            if (reached.Count > 0)
                Outcomes.Add(new MessageHandedOver(key.Of, key.Reason, key.Party, key.Role, reached, of.postbox.Server,
                    message.Obligation));
            if (whom.Count == 0)
                GiveUp([], MessageFailure.Nobody);
            else if (refused.Count + timedOut.Count + overtaken.Count > 0)
                GiveUp([.. refused, .. timedOut, .. overtaken], refused.Count > 0 ? MessageFailure.Refused
                    : timedOut.Count > 0 ? MessageFailure.TimedOut : MessageFailure.Overtaken);

            void GiveUp(IReadOnlyList<PersonId> to, MessageFailure why)
            {
                Outcomes.Add(new MessageGivenUp(key.Of, key.Reason, key.Party, key.Role, to, why, message.Obligation));
            }
        }

        // The others' share in the message is not settled: until it is, nobody may forget that this one has theirs.
        async Task Remember(MessageKey key, PersonId person)
        {
            var (name, now) = (KeyOf(it.Id, key, person), of.machine.GetCurrentInstant());
            if (await of.kept.Find(Tries, name, now, cancellation) is { } record && record.Expires < now + keptForOthers / 2)
                await of.kept.Put(record with { Expires = now + keptForOthers }, now, cancellation);
        }

        async Task<AttemptEnd?> Tell(Message message, Recipient to, bool waits, string name)
        {
            // It goes when the earlier one has gone.
            if (held.Contains((message.About, to.Id)))
                return null;
            known ??= await of.AttemptsOf(it.Id, cancellation);
            if (known.GetValueOrDefault((message.Key, to.Id)) is not { } before)
            {
                if (await ChoiceOf(to.Id) is not { } choice || !waits && await of.mornings.TakeOut(name, cancellation))
                    return await Try(message, to, null);
                return await InDigest(message, to, name, choice);
            }
            return before.End ?? await Try(message, to, before);
        }

        async Task Hold(Message message, Recipient to)
        {
            known ??= await of.AttemptsOf(it.Id, cancellation);
            var name = NameOf(it.Id, message.Key, to.Id);
            if (!known.ContainsKey((message.Key, to.Id)) && await of.mornings.Find(name, cancellation) is null)
                await of.mornings.Hold(name, new(it.Id, message.Key, to.Id, message.At, null, message.Obligation), cancellation);
        }

        async Task<AttemptEnd?> InDigest(Message message, Recipient to, string name, MailChoice choice)
        {
            var until = choice.Until(message.At);
            var waiting = await of.mornings.Find(name, cancellation);
            if (waiting is { In: null } && until > today)
            {
                morning = morning is { } sooner ? Instant.Min(sooner, until) : until;
                return Later(of.machine.GetCurrentInstant() + (until - today));
            }
            if (waiting is { In: null } && Telling.IsOvertaken(message, it, today) && await of.mornings.TakeOut(name, cancellation))
                return await Try(message, to, null);
            // One digest of somebody at a time serves all that is due.
            if (!digests.TryGetValue(to.Id, out var again))
                digests[to.Id] = again = of.DownUntil is var down && down > of.machine.GetCurrentInstant() ? down
                    : await of.mornings.Deliver(to, today, of.postbox.Server, of.HandOver, cancellation);
            waiting = await of.mornings.Find(name, cancellation);
            return waiting?.In == Waiting.Alone ? await Try(message, to, null)
                : waiting?.In is { } digest && await of.mornings.DigestOf(digest, cancellation) is { Tries.End: { } end } ? end
                : Left(message, to, Instant.Max(again ?? of.machine.GetCurrentInstant() + lease, of.DownUntil));
        }

        async Task<AttemptEnd?> Try(Message message, Recipient to, Attempts? before)
        {
            var (name, now) = (KeyOf(it.Id, message.Key, to.Id), of.machine.GetCurrentInstant());
            if (before?.Waits(now) == true || of.DownUntil > now)
                return Left(message, to, Instant.Max(before?.Next ?? Instant.MinValue, of.DownUntil));
            var begun = Attempts.Begun(message.Key, to.Id, message.Obligation, before, now, lease, of.postbox.Server);
            // Another process may be about to, or has.
            var tag = before is null ? KeptRecord.New : await of.TagOf(name, before, cancellation);
            if (tag is null || await of.kept.Put(Record(name, begun, tag), now, cancellation) is not { } etag)
                return Left(message, to, now + lease);
            var outcome = Telling.IsOvertaken(message, it, today) ? begun.NoLongerSo()
                : begun.After(await of.HandOver(() => of.write(message, it, to, MailId(name))), of.machine.GetCurrentInstant());
            var after = await Note(name, outcome, etag);
            return after.End ?? Left(message, to, Instant.Max(after.Next, of.DownUntil));
        }

        // What a server has said stands, though another process took the matter over while it was thinking.
        async Task<Attempts> Note(string name, Attempts said, string tag)
        {
            while (await of.kept.Put(Record(name, said, tag), of.machine.GetCurrentInstant(), CancellationToken.None) is null)
            {
                var other = await of.kept.Find(Tries, name, of.machine.GetCurrentInstant(), CancellationToken.None);
                if (other is not null && Read(other) is var theirs && (said = said.Beside(theirs)) == theirs)
                    break;
                tag = other?.ETag ?? KeptRecord.New;
            }
            return said;
        }

        AttemptEnd? Left(Message message, Recipient to, Instant until)
        {
            onlyMornings = false;
            held.Add((message.About, to.Id));
            return Later(until);
        }

        AttemptEnd? Later(Instant until)
        {
            Again = Again is { } sooner ? Instant.Min(sooner, until) : until;
            return null;
        }

        KeptRecord Record(string name, Attempts attempts, string tag) => new(Tries, name,
            JsonSerializer.SerializeToUtf8Bytes(attempts, Json.Options), tag,
            attempts.End switch
            {
                null => null,
                AttemptEnd.Taken or AttemptEnd.Overtaken => of.machine.GetCurrentInstant() + keptWhenTaken,
                _ => of.machine.GetCurrentInstant() + keptAfterwards
            });
    }
}
