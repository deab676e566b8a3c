using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Running;

/// <summary>Writes a message to somebody, as of the agreement as it stands.</summary>
/// <param name="id">The mail's Message-ID.</param>
public delegate Mail MailWriter(Message message, Dossier it, Recipient to, string id);

/// <summary>
/// Hands over what an agreement's log gives to tell, and records what became of it. However often it is broken off, it goes on where it
/// was: a message that a server has taken is not sent again, and one that may have been is sent under the same Message-ID.
/// </summary>
/// <param name="machine">The real time, which servers live in.</param>
public sealed class Postman(IEventStore logs, Dossiers dossiers, IKeptRecords kept, IPostbox postbox, IRecipients people, MailWriter write,
    IClock machine)
{
    readonly IKeptRecords kept = kept;
    readonly IPostbox postbox = postbox;
    readonly IRecipients people = people;
    readonly MailWriter write = write;
    readonly IClock machine = machine;

    const string Cursors = "mail-cursors";
    const string Tries = "mail-attempts";

    // Longer than any server is waited for.
    static readonly Duration lease = Duration.FromMinutes(3);
    static readonly Duration keptAfterwards = Duration.FromDays(400);
    static readonly Duration longestPause = Duration.FromMinutes(5);

    readonly Lock turn = new();
    (Instant Until, Duration Pause) down = (Instant.MinValue, Duration.Zero);

    /// <summary>Until when the server is left alone, having been out of reach; past when it is not.</summary>
    public Instant DownUntil
    {
        get
        {
            lock (turn)
                return down.Until;
        }
    }

    /// <summary>What was in the logs before mail was sent is told to nobody. Does nothing from the second time on.</summary>
    public async Task BeginWithWhatIsThere(CancellationToken cancellation = default)
    {
        if (await kept.Setting("mail-begun", cancellation) is not null)
            return;
        await foreach (var top in logs.Tops(cancellation))
            await Told(top.Agreement, top.Sequence, cancellation);
        await kept.Set("mail-begun", $"{machine.GetCurrentInstant()}", cancellation);
    }

    /// <summary>The agreements whose logs have rows that were not looked at yet.</summary>
    public async Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default)
    {
        var told = (await kept.Range(Cursors, "", Instant.MinValue, cancellation)).ToDictionary(it => it.Key, Sequence);
        return [.. await logs.Tops(cancellation).Where(top => told.GetValueOrDefault($"{top.Agreement}") < top.Sequence)
            .Select(top => top.Agreement).ToListAsync(cancellation)];
    }

    /// <summary>Up to which row an agreement's log was told; 0 for nothing.</summary>
    public async Task<long> ToldUpTo(AgreementId id, CancellationToken cancellation = default) =>
        await kept.Find(Cursors, $"{id}", Instant.MinValue, cancellation) is { } cursor ? Sequence(cursor) : 0;

    /// <summary>How the sending of each message of an agreement goes, as far as it is remembered.</summary>
    public async Task<IReadOnlyDictionary<(MessageKey Message, PersonId Person), Attempts>> AttemptsOf(AgreementId id,
        CancellationToken cancellation = default) =>
        (await kept.Range(Tries, $"{id}/", machine.GetCurrentInstant(), cancellation)).Select(Read).ToDictionary(it => (it.Message, it.Person));

    /// <summary>Tells what is to be told of one agreement, and answers when to come again; null when all is settled.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<Instant?> Deliver(AgreementId id, Instant now, CancellationToken cancellation = default)
    {
        if (DownUntil is var until && until > machine.GetCurrentInstant())
            return until;
        var from = await ToldUpTo(id, cancellation);
        var rows = await logs.ReadSince(id, 0, cancellation);
        if (rows is not [.., var last] || last.Sequence <= from)
            return null;
        var telling = new Telling(new(id));
        var messages = new List<Message>();
        foreach (var row in rows)
            if (row.Sequence <= from)
                telling.Skip(row);
            else
                messages.AddRange(telling.Of(row));
        var round = new Round(this, telling.Dossier, cancellation);
        foreach (var message in messages.Where(message => !telling.Dossier.Messages.IsSettled(message.Key)))
            await round.Tell(message);
        var end = round.Outcomes.Count > 0 ? await dossiers.Record(id, round.Outcomes, now, cancellation) : last.Sequence;
        // Somebody may have appended meanwhile; what was recorded here gives nothing to tell.
        var whole = end == last.Sequence + round.Outcomes.Count ? end : last.Sequence;
        await Told(id, round.FirstLeft is { } left ? left - 1 : whole, cancellation);
        return round.Again ?? (end > whole ? Instant.MinValue : null);
    }

    Task Told(AgreementId id, long sequence, CancellationToken cancellation) =>
        kept.Put(new(Cursors, $"{id}", Encoding.UTF8.GetBytes($"{sequence}")), machine.GetCurrentInstant(), cancellation);

    static long Sequence(KeptRecord cursor) => long.Parse(Encoding.UTF8.GetString(cursor.Data.Span));

    /// <summary>One pass over what is to be told of an agreement.</summary>
    sealed class Round(Postman of, Dossier it, CancellationToken cancellation)
    {
        // A later message waits for the earlier one about the same thing to the same mailbox.
        readonly HashSet<(string About, PersonId)> held = [];
        readonly HashSet<(long Of, MessageReason, PersonId)> told = [];
        IReadOnlyDictionary<(MessageKey, PersonId), Attempts>? known;

        public List<MessageEvent> Outcomes { get; } = [];

        /// <summary>Sequence of the first event of which something is still to be told.</summary>
        public long? FirstLeft { get; private set; }

        /// <summary>When to go on, by the machine's clock.</summary>
        public Instant? Again { get; private set; }

        public async Task Tell(Message message)
        {
            var key = message.Key;
            var whom = await Whom(key);
            // Whoever has two roles hears of it once, and whoever did it knows.
            var each = whom.Where(to => to.Id != message.By && told.Add((key.Of, key.Reason, to.Id))).ToList();
            var (taken, refused, timedOut, isLeft) = (new List<PersonId>(), new List<PersonId>(), new List<PersonId>(), false);
            foreach (var to in each)
                switch (await Tell(message, to))
                {
                    case AttemptEnd.Taken: taken.Add(to.Id); break;
                    case AttemptEnd.Refused: refused.Add(to.Id); break;
                    case AttemptEnd.TimedOut: timedOut.Add(to.Id); break;
                    default: isLeft = true; break;
                }
            if (isLeft)
            {
                FirstLeft ??= key.Of;
                return;
            }
            if (taken.Count > 0)
                Outcomes.Add(new MessageHandedOver(key.Of, key.Reason, key.Party, key.Role, taken, of.postbox.Server));
            if (whom.Count == 0)
                Outcomes.Add(new MessageGivenUp(key.Of, key.Reason, key.Party, key.Role, [], MessageFailure.Nobody));
            else if (refused.Count + timedOut.Count > 0)
                Outcomes.Add(new MessageGivenUp(key.Of, key.Reason, key.Party, key.Role, [.. refused, .. timedOut],
                    refused.Count > 0 ? MessageFailure.Refused : MessageFailure.TimedOut));
        }

        // Where nobody has the role, those hear of it who can give it to somebody.
        async Task<IReadOnlyList<Recipient>> Whom(MessageKey key) =>
            await of.people.With(key.Party, key.Role, cancellation) is { Count: > 0 } people ? people
                : await of.people.With(key.Party, Role.PartyAdmin, cancellation);

        async Task<AttemptEnd?> Tell(Message message, Recipient to)
        {
            known ??= await of.AttemptsOf(it.Id, cancellation);
            var before = known.GetValueOrDefault((message.Key, to.Id));
            if (before?.End is { } end)
                return end;
            var now = of.machine.GetCurrentInstant();
            // It goes when the earlier one has gone.
            if (held.Contains((message.About, to.Id)))
                return null;
            if (before?.Next > now || of.DownUntil > now)
                return Left(message, to, Instant.Max(before?.Next ?? Instant.MinValue, of.DownUntil));
            var name = KeyOf(it.Id, message.Key, to.Id);
            var begun = Attempts.Begun(message.Key, to.Id, before, now, lease, of.postbox.Server);
            // Another process may be about to, or has.
            var tag = before is null ? KeptRecord.New : await of.TagOf(name, before, cancellation);
            if (tag is null || await of.kept.Put(Record(name, begun, tag), now, cancellation) is not { } etag)
                return Left(message, to, now + lease);
            // Once a server is asked, what it says is recorded, whoever gives up meanwhile.
            var said = await of.postbox.HandOver(of.write(message, it, to, MailId(name)), CancellationToken.None);
            var after = begun.After(said, of.machine.GetCurrentInstant());
            await of.kept.Put(Record(name, after, etag), of.machine.GetCurrentInstant(), CancellationToken.None);
            of.Heard(said);
            return after.End ?? Left(message, to, Instant.Max(after.Next, of.DownUntil));
        }

        AttemptEnd? Left(Message message, Recipient to, Instant until)
        {
            held.Add((message.About, to.Id));
            Again = Again is { } sooner ? Instant.Min(sooner, until) : until;
            return null;
        }

        KeptRecord Record(string name, Attempts attempts, string tag) => new(Tries, name,
            JsonSerializer.SerializeToUtf8Bytes(attempts, Json.Options), tag,
            attempts.End is null ? null : of.machine.GetCurrentInstant() + keptAfterwards);
    }

    async Task<string?> TagOf(string name, Attempts asKnown, CancellationToken cancellation) =>
        await kept.Find(Tries, name, machine.GetCurrentInstant(), cancellation) is { } now && Read(now) == asKnown ? now.ETag : null;

    // One that can't be reached is asked less and less often.
    void Heard(Handover said)
    {
        lock (turn)
            if (said.Outcome != HandoverOutcome.Down)
                down = (Instant.MinValue, Duration.Zero);
            else if (down.Until <= machine.GetCurrentInstant())
            {
                var pause = Duration.Min(longestPause, down.Pause == Duration.Zero ? Duration.FromSeconds(5) : down.Pause + down.Pause);
                down = (machine.GetCurrentInstant() + pause, pause);
            }
    }

    static string KeyOf(AgreementId id, MessageKey key, PersonId person) =>
        $"{id}/{key.Of}/{Json.NameOf(key.Reason)}/{key.Party}/{Json.NameOf(key.Role)}/{person.Value}";

    // The same for ever; tells nothing of whom it is to.
    static string MailId(string name) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}@mragreement";

    static Attempts Read(KeptRecord it) => JsonSerializer.Deserialize<Attempts>(it.Data.Span, Json.Options)!;
}
