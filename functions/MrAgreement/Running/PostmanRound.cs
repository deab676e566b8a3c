using MrAgreement.Agreements;
using MrAgreement.Calendars;
using MrAgreement.Messages;
using MrAgreement.Overviews;

namespace MrAgreement.Running;

public sealed partial class Postman
{
    /// <summary>One pass over what is to be told of an agreement.</summary>
    /// <param name="today">Now by the domain's clock.</param>
    sealed partial class Round(Postman of, Dossier it, Instant today, CancellationToken cancellation)
    {
        // A later message waits for the earlier one about the same thing to the same mailbox.
        readonly HashSet<(string About, string Mailbox)> held = [];
        readonly HashSet<(long Of, MessageReason, PersonId)> told = [];
        readonly Dictionary<PersonId, MailChoice?> choices = [];
        readonly Dictionary<string, Instant?> digests = [];
        readonly Dictionary<(MessageKey, PersonId), AttemptEnd?> ends = [];
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
            var letters = Letter.Of(addressed.SelectMany(one => one.Each.Select(to => new Addressee(one.Message, to))));
            var others = addressed.ToDictionary(one => one.Message.Key, one => one.Each);
            // What can't wait takes with it what waits about the same thing, so that all comes in order.
            var (waits, hurried) = (new HashSet<Letter>(), new HashSet<(string, string)>());
            foreach (var letter in letters.Reverse())
                if (!await Waits(letter, others))
                    hurried.Add((letter.About, letter.Mailbox));
                else if (!hurried.Contains((letter.About, letter.Mailbox)))
                    waits.Add(letter);
            // All that waits does so before anything goes: what is due goes in one mail.
            foreach (var each in letters.Where(waits.Contains).SelectMany(letter => letter.Whom))
                await Hold(each.Message, each.To);
            var letterOf = letters.SelectMany(letter => letter.Whom.Select(each => (each.Key, letter))).ToDictionary();
            foreach (var one in addressed)
            {
                foreach (var to in one.Each)
                    if (!ends.ContainsKey((one.Message.Key, to.Id)) && letterOf[(one.Message.Key, to.Id)] is var letter)
                        await Tell(letter, waits.Contains(letter));
                await Tell(one);
            }
        }

        // Whoever of a mailbox is not to wait has it brought for all.
        async Task<bool> Waits(Letter letter, Dictionary<MessageKey, IReadOnlyList<Recipient>> others)
        {
            foreach (var it in letter.Whom)
                if (!await Waits(it.Message, it.To, others[it.Message.Key]))
                    return false;
            return true;
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

        // What became of a message for each of those whom it is to.
        async Task Tell(Addressed one)
        {
            var (message, whom, each) = one;
            var key = message.Key;
            var (reached, refused, timedOut, isLeft) = (new List<PersonId>(), new List<PersonId>(), new List<PersonId>(), false);
            List<PersonId> overtaken = [];
            List<string> waited = [];
            foreach (var to in each)
            {
                var name = KeptMail.NameOf(it.Id, key, to.Id);
                if (await ChoiceOf(to.Id) is not null)
                    waited.Add(name);
                switch (ends[(key, to.Id)])
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
            var (name, now) = (KeptMail.KeyOf(it.Id, key, person), of.machine.GetCurrentInstant());
            if (await of.kept.Find(KeptMail.Tries, name, now, cancellation) is { } record && record.Expires < now + keptForOthers / 2)
                await of.kept.Put(record with { Expires = now + keptForOthers }, now, cancellation);
        }

        // What becomes of a letter for each of those whom it is for; null while that is open.
        async Task Tell(Letter letter, bool waits)
        {
            known ??= await of.AttemptsOf(it.Id, cancellation);
            var isHeld = held.Contains((letter.About, letter.Mailbox));
            foreach (var each in letter.Whom)
                // It goes when the earlier one has gone.
                ends[each.Key] = isHeld ? null : known.GetValueOrDefault(each.Key)?.End;
            var open = letter.Whom.Where(each => ends[each.Key] is null).ToList();
            if (isHeld || open.Count == 0)
                return;
            // What has come to the mailbox has come to everybody who reads it.
            if (letter.Whom.Select(each => known.GetValueOrDefault(each.Key)).FirstOrDefault(it => it?.End == AttemptEnd.Taken) is { } had)
            {
                foreach (var each in open.Where(each => !known.ContainsKey(each.Key)).ToList())
                {
                    await Follow(each, had);
                    open.Remove(each);
                }
                if (open.Count == 0)
                    return;
            }
            if (await Go(letter with { Whom = open }, waits) is { End: not null } said)
                foreach (var each in open.Where(each => ends[each.Key] is null))
                    await Follow(each, said);
        }

        async Task<Attempts?> Go(Letter letter, bool waits)
        {
            if (letter.Whom.FirstOrDefault(each => known!.ContainsKey(each.Key)) is { } begun)
                return await Try(letter, begun);
            List<(Addressee It, string Name, MailChoice Choice)> chosen = [];
            foreach (var each in letter.Whom)
                if (await ChoiceOf(each.To.Id) is { } choice)
                    chosen.Add((each, KeptMail.NameOf(it.Id, each.Message.Key, each.To.Id), choice));
            return chosen.Count == 0 || !waits && await TakeOut(chosen.Select(each => each.Name)) ? await Try(letter, letter.Whom[0])
                : await InDigest(letter, [.. chosen.Select(each => (each.It, each.Name))],
                    chosen.Min(each => each.Choice.Until(each.It.Message.At)));
        }

        async Task<bool> TakeOut(IEnumerable<string> names)
        {
            foreach (var name in names)
                if (!await of.mornings.TakeOut(name, cancellation))
                    return false;
            return true;
        }

        // It went with another's to the same mailbox, or did not.
        async Task Follow(Addressee each, Attempts said)
        {
            var (name, now) = (KeptMail.KeyOf(it.Id, each.Message.Key, each.To.Id), of.machine.GetCurrentInstant());
            var record = await of.kept.Find(KeptMail.Tries, name, now, cancellation);
            var before = record is null ? null : Read(record);
            var own = Attempts.Begun(each.Message.Key, each.To.Id, each.Message.Obligation, before, now, lease, said.Server) with
            {
                Tries = said.Tries, End = said.End, Reply = said.Reply
            };
            ends[each.Key] = (await Note(name, own, record?.ETag ?? KeptRecord.New)).End;
        }

        async Task<Attempts?> Try(Letter letter, Addressee first)
        {
            var (key, before) = (first.Message.Key, known!.GetValueOrDefault(first.Key));
            var (name, now) = (KeptMail.KeyOf(it.Id, key, first.To.Id), of.machine.GetCurrentInstant());
            if (before?.Waits(now) == true || of.DownUntil > now)
                return Left(letter, Instant.Max(before?.Next ?? Instant.MinValue, of.DownUntil));
            var begun = Attempts.Begun(key, first.To.Id, first.Message.Obligation, before, now, lease, of.postbox.Server);
            // Another process may be about to, or has.
            var tag = before is null ? KeptRecord.New : await of.TagOf(name, before, cancellation);
            var etag = await Claim(tag) ?? (before is null ? await Claim(await of.TagOf(name, null, cancellation)) : null);
            if (etag is null)
                return Left(letter, now + lease);
            var outcome = Telling.IsOvertaken(first.Message, it, today) ? begun.NoLongerSo()
                : begun.After(await of.HandOver(() => of.write(letter.Whom, it, MailId(name))), of.machine.GetCurrentInstant());
            var after = await Note(name, outcome, etag);
            ends[first.Key] = after.End;
            return after.End is null ? Left(letter, Instant.Max(after.Next, of.DownUntil)) : after;

            async Task<string?> Claim(string? tag) =>
                tag is null ? null : await of.kept.Put(Record(name, begun, tag), now, cancellation);
        }

        // What a server has said stands, though another process took the matter over while it was thinking.
        async Task<Attempts> Note(string name, Attempts said, string tag)
        {
            while (await of.kept.Put(Record(name, said, tag), of.machine.GetCurrentInstant(), CancellationToken.None) is null)
            {
                var other = await of.kept.Find(KeptMail.Tries, name, of.machine.GetCurrentInstant(), CancellationToken.None);
                if (other is not null && Read(other) is { } theirs && (said = said.Beside(theirs)) == theirs)
                    break;
                tag = other?.ETag ?? KeptRecord.New;
            }
            return said;
        }

        Attempts? Left(Letter letter, Instant until)
        {
            onlyMornings = false;
            held.Add((letter.About, letter.Mailbox));
            return Later(until);
        }

        Attempts? Later(Instant until)
        {
            Again = Again is { } sooner ? Instant.Min(sooner, until) : until;
            return null;
        }

        KeptRecord Record(string name, Attempts attempts, string tag) => new(KeptMail.Tries, name, KeptMail.Bytes(attempts), tag,
            attempts.End switch
            {
                null => null,
                AttemptEnd.Taken or AttemptEnd.Overtaken => of.machine.GetCurrentInstant() + keptWhenTaken,
                _ => of.machine.GetCurrentInstant() + keptAfterwards
            });
    }
}
