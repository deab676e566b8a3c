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
public delegate MailMessage MailWriter(Message message, Dossier it, Recipient to, string id);

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
    static readonly Duration keptAfterwards = Duration.FromDays(90);

    // The log tells it by then; but another process that began before that must find it still, or it would send it once more.
    static readonly Duration keptWhenTaken = Duration.FromDays(1);

    // A message that is not out by then is not merely on its way.
    static readonly Duration patience = Duration.FromHours(12);
    static readonly Duration longestPause = Duration.FromMinutes(5);

    readonly Lock turn = new();
    (Instant Until, Duration Pause) down = (Instant.MinValue, Duration.Zero);

    /// <summary>Where mail is handed over.</summary>
    public string Server => postbox.Server;

    /// <summary>Until when the server is left alone, having been out of reach; past when it is not.</summary>
    public Instant DownUntil
    {
        get
        {
            lock (turn)
                return down.Until - machine.GetCurrentInstant() <= longestPause ? down.Until : Instant.MinValue;
        }
    }

    /// <summary>What was in the logs before mail was sent is told to nobody. Does nothing from the second time on.</summary>
    public async Task BeginWithWhatIsThere(CancellationToken cancellation = default)
    {
        if (await kept.Setting("mail-begun", cancellation) is not null)
            return;
        await foreach (var top in logs.Tops(cancellation))
            // Another process may have begun at the same time, and told something by now.
            await kept.Put(CursorOf(top.Agreement, new(top.Sequence, top.Sequence)) with { ETag = KeptRecord.New },
                machine.GetCurrentInstant(), cancellation);
        await kept.Set("mail-begun", $"{machine.GetCurrentInstant()}", cancellation);
    }

    /// <summary>The agreements whose logs have rows that were not looked at yet.</summary>
    public async Task<IReadOnlyList<AgreementId>> Behind(CancellationToken cancellation = default)
    {
        var told = (await kept.Range(Cursors, "", Instant.MinValue, cancellation)).ToDictionary(it => it.Key, CursorIn);
        return [.. await logs.Tops(cancellation).Where(top => (told.GetValueOrDefault($"{top.Agreement}")?.To ?? 0) < top.Sequence)
            .Select(top => top.Agreement).ToListAsync(cancellation)];
    }

    /// <summary>Which rows of an agreement's log have been told.</summary>
    public async Task<ToldRows> ToldOf(AgreementId id, CancellationToken cancellation = default) =>
        await kept.Find(Cursors, $"{id}", Instant.MinValue, cancellation) is { } cursor ? CursorIn(cursor) : new(0, 0);

    /// <summary>How the sending of each message of an agreement goes, as far as it is remembered.</summary>
    public async Task<IReadOnlyDictionary<(MessageKey Message, PersonId Person), Attempts>> AttemptsOf(AgreementId id,
        CancellationToken cancellation = default) =>
        (await kept.Range(Tries, $"{id}/", machine.GetCurrentInstant(), cancellation)).Select(Read)
            .ToDictionary(it => (it.Message, it.Person));

    /// <summary>Tells what is to be told of one agreement, and answers when to come again; null when all is settled.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<Instant?> Deliver(AgreementId id, Instant now, CancellationToken cancellation = default)
    {
        if (DownUntil is var until && until > machine.GetCurrentInstant())
            return until;
        var told = await ToldOf(id, cancellation);
        var rows = await logs.ReadSince(id, 0, cancellation);
        if (rows is not [.., var last] || last.Sequence <= told.To)
            return null;
        var telling = new Telling(new(id));
        var messages = new List<Message>();
        foreach (var row in rows)
            if (row.Sequence <= told.To)
                telling.Skip(row);
            else
                messages.AddRange(telling.Of(row));
        var round = new Round(this, telling.Dossier, cancellation);
        foreach (var message in messages.Where(message => !telling.Dossier.Messages.IsSettled(message.Key)))
            await round.Tell(message);
        var end = round.Outcomes.Count > 0 ? await dossiers.Record(id, round.Outcomes, now, cancellation) : last.Sequence;
        // Somebody may have appended meanwhile; what was recorded here gives nothing to tell.
        var whole = end == last.Sequence + round.Outcomes.Count ? end : last.Sequence;
        await Keep(id, told with { To = round.FirstLeft is { } left ? left - 1 : whole }, cancellation);
        return round.Again ?? (end > whole ? Instant.MinValue : null);
    }

    /// <summary>What should have gone by now and has not: nobody may wait in vain for what a log says was sent.</summary>
    /// <param name="now">By the domain's clock.</param>
    public async Task<IReadOnlyList<MissingMessage>> Missing(AgreementId id, Instant now, CancellationToken cancellation = default)
    {
        var (told, rows) = (await ToldOf(id, cancellation), await logs.ReadSince(id, 0, cancellation));
        var it = new Dossier(id).With(rows);
        List<MissingMessage> missing = [];
        if (Lifecycle.NextWakeUp(it, settled: true) is { } due && due < now - patience)
            missing.Add(new(MissingKind.NotReminded, rows[^1].Sequence));
        if (rows.FirstOrDefault(row => row.Sequence > told.To && row.At < now - patience) is { } left)
            missing.Add(new(MissingKind.NotTold, left.Sequence));
        // Of what people did, whoever did it may have been the only one to tell.
        var telling = new Telling(new(id));
        foreach (var row in rows)
            if (row.Sequence <= told.From || row.Sequence > told.To || row.Actor != PersonId.System)
                telling.Skip(row);
            else
                missing.AddRange(telling.Of(row)
                    .Where(message => message.Happened is Obligations.ReminderEvent && !it.Messages.IsSettled(message.Key))
                    .Select(message => new MissingMessage(MissingKind.NotSettled, message.Key.Of)));
        return missing;
    }

    /// <summary>All that is under way, or did not reach somebody within the last months.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, Attempts Attempts)>> Troubles(CancellationToken cancellation = default) =>
        [.. (await kept.Range(Tries, "", machine.GetCurrentInstant(), cancellation))
            .Select(it => (AgreementId.Parse(it.Key.Split('/')[0], null), Read(it)))];

    /// <summary>Clears away what is remembered of mail for long enough.</summary>
    public Task Sweep(CancellationToken cancellation = default) => kept.Sweep(Tries, machine.GetCurrentInstant(), cancellation);

    Task Keep(AgreementId id, ToldRows told, CancellationToken cancellation) =>
        kept.Put(CursorOf(id, told), machine.GetCurrentInstant(), cancellation);

    static KeptRecord CursorOf(AgreementId id, ToldRows told) =>
        new(Cursors, $"{id}", JsonSerializer.SerializeToUtf8Bytes(told, Json.Options));

    static ToldRows CursorIn(KeptRecord cursor) => JsonSerializer.Deserialize<ToldRows>(cursor.Data.Span, Json.Options)!;

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
            var (reached, refused, timedOut, isLeft) = (new List<PersonId>(), new List<PersonId>(), new List<PersonId>(), false);
            foreach (var to in each)
                switch (await Tell(message, to))
                {
                    case AttemptEnd.Taken: reached.Add(to.Id); break;
                    case AttemptEnd.Refused: refused.Add(to.Id); break;
                    case AttemptEnd.TimedOut: timedOut.Add(to.Id); break;
                    default: isLeft = true; break;
                }
            if (isLeft)
            {
                FirstLeft ??= key.Of;
                return;
            }
            if (reached.Count > 0)
                Outcomes.Add(new MessageHandedOver(key.Of, key.Reason, key.Party, key.Role, reached, of.postbox.Server,
                    message.Obligation));
            if (whom.Count == 0)
                Outcomes.Add(new MessageGivenUp(key.Of, key.Reason, key.Party, key.Role, [], MessageFailure.Nobody,
                    message.Obligation));
            else if (refused.Count + timedOut.Count > 0)
                Outcomes.Add(new MessageGivenUp(key.Of, key.Reason, key.Party, key.Role, [.. refused, .. timedOut],
                    refused.Count > 0 ? MessageFailure.Refused : MessageFailure.TimedOut, message.Obligation));
        }

        // Where nobody has the role, those hear of it who can give it to somebody.
        async Task<IReadOnlyList<Recipient>> Whom(MessageKey key) =>
            await of.people.With(key.Party, key.Role, cancellation) is { Count: > 0 } people ? people
                : await of.people.With(key.Party, Role.PartyAdmin, cancellation);

        async Task<AttemptEnd?> Tell(Message message, Recipient to)
        {
            known ??= await of.AttemptsOf(it.Id, cancellation);
            var before = known.GetValueOrDefault((message.Key, to.Id));
            var name = KeyOf(it.Id, message.Key, to.Id);
            if (before?.End is { } end)
                return end;
            var now = of.machine.GetCurrentInstant();
            // It goes when the earlier one has gone.
            if (held.Contains((message.About, to.Id)))
                return null;
            if (before?.Waits(now) == true || of.DownUntil > now)
                return Left(message, to, Instant.Max(before?.Next ?? Instant.MinValue, of.DownUntil));
            var begun = Attempts.Begun(message.Key, to.Id, message.Obligation, before, now, lease, of.postbox.Server);
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
            attempts.End switch
            {
                null => null,
                AttemptEnd.Taken => of.machine.GetCurrentInstant() + keptWhenTaken,
                _ => of.machine.GetCurrentInstant() + keptAfterwards
            });
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

/// <summary>Which rows of a log have been told: those after <paramref name="From"/>, up to and with <paramref name="To"/>.</summary>
/// <param name="From">What was there before mail was sent.</param>
public sealed record ToldRows(long From, long To);

/// <param name="Of">Sequence of the event that it is about.</param>
public sealed record MissingMessage(MissingKind Kind, long Of);

public enum MissingKind
{
    /// <summary>A reminder fell due, and the log has none.</summary>
    NotReminded,

    /// <summary>What is in the log has not been told for long.</summary>
    NotTold,

    /// <summary>It was passed over: the log does not say what has become of it.</summary>
    NotSettled
}
