using System.Security.Cryptography;
using System.Text;
using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Overviews;
using NodaTime.Text;

namespace MrAgreement.Running;

/// <summary>Writes a message to whoever has it in one mailbox, as of the agreement as it stands.</summary>
/// <param name="whom">In the house's order: it is addressed to the first one, in their language.</param>
/// <param name="id">The mail's Message-ID.</param>
public delegate MailMessage MailWriter(IReadOnlyList<Addressee> whom, Dossier it, string id);

/// <summary>
/// Hands over what an agreement's log gives to tell, and records what became of it. However often it is broken off, it goes on where it
/// was: a message that a server has taken is not sent again, and one that may have been is sent under the same Message-ID.
/// </summary>
/// <param name="machine">The real time, which servers live in.</param>
/// <param name="givenUp">Told of what reaches somebody no more, once the log says so.</param>
public sealed partial class Postman(IEventStore logs, Dossiers dossiers, IKeptRecords kept, IPostbox postbox, IRecipients people,
    MailWriter write, DigestWriter together, IClock machine, Action<AgreementId, MessageGivenUp>? givenUp = null)
{
    readonly IKeptRecords kept = kept;
    readonly IPostbox postbox = postbox;
    readonly IRecipients people = people;
    readonly MailWriter write = write;
    readonly IClock machine = machine;
    readonly ServerPause pause = new(machine);
    readonly Mornings mornings = new(logs, kept, people, together, machine, lease);

    const string Begun = "mail-begun";

    // Longer than any server is waited for.
    static readonly Duration lease = Duration.FromMinutes(3);
    static readonly Duration keptAfterwards = Duration.FromDays(90);

    // The log tells it by then; but another process that began before that, or one that was killed before the log told it and comes back
    // after a long weekend, must find it still, or it would send it once more.
    static readonly Duration keptWhenTaken = Duration.FromDays(30);

    // Where others of the same message wait still, for a server or for a morning, the log tells it only when all are done.
    static readonly Duration keptForOthers = Duration.FromDays(QuietDays.Most + 60);

    // A message that is not out by then is not merely on its way.
    static readonly Duration patience = Duration.FromHours(12);

    // So long whoever looks after the host is told of somebody whom a message did not reach.
    static readonly Duration remembered = Duration.FromDays(7);

    /// <summary>Where mail is handed over.</summary>
    public string Server => postbox.Server;

    /// <summary>Until when the server is left alone, having been out of reach; past when it is not.</summary>
    public Instant DownUntil => pause.Until;

    /// <summary>What the server has answered while it takes nothing; null where it does not answer.</summary>
    public string? DownSaid => pause.Said;

    /// <summary>What was in the logs before mail was sent is told to nobody. Does nothing from the second time on.</summary>
    public async Task BeginWithWhatIsThere(CancellationToken cancellation = default)
    {
        if (await kept.Setting(Begun, cancellation) is not null)
            return;
        await foreach (var top in logs.Tops(cancellation))
            // Another process may have begun at the same time, and told something by now.
            await kept.Put(CursorOf(top.Agreement, new(top.Sequence, top.Sequence)) with { ETag = KeptRecord.New },
                machine.GetCurrentInstant(), cancellation);
        await kept.Set(Begun, $"{machine.GetCurrentInstant()}", cancellation);
    }

    /// <summary>The agreements whose logs have rows of which something is to be told.</summary>
    /// <param name="now">By the domain's clock: those of which all that is left waits for a later morning are left out; null for all.
    /// </param>
    public async Task<IReadOnlyList<AgreementId>> Behind(Instant? now = null, CancellationToken cancellation = default)
    {
        var told = (await kept.Range(KeptMail.Cursors, "", Instant.MinValue, cancellation))
            .Understood(it => (it.Key, Told: KeptMail.CursorIn(it))).ToDictionary(it => it.Key, it => it.Told);
        return [.. await logs.Tops(cancellation)
            .Where(top => (told.GetValueOrDefault($"{top.Agreement}") ?? new(0, 0)).LeavesSomethingOf(top.Sequence, now))
            .Select(top => top.Agreement).ToListAsync(cancellation)];
    }

    /// <summary>When somebody wants mail.</summary>
    public async Task<MailChoice> ChoiceOf(PersonId person, CancellationToken cancellation = default) =>
        await mornings.ChoiceOf(person, cancellation) ?? MailChoice.Usual;

    public Task Choose(PersonId person, MailChoice choice, CancellationToken cancellation = default) =>
        mornings.Choose(person, choice, cancellation);

    /// <summary>How many messages wait for somebody's morning.</summary>
    public Task<int> WaitingForMornings(CancellationToken cancellation = default) => mornings.Count(cancellation);

    /// <summary>What waits of the messages about an obligation, or of all with null, for somebody's morning.</summary>
    public async Task<IReadOnlyList<WaitingMessage>> WaitingOf(Dossier it, string? obligation, CancellationToken cancellation = default) =>
        // Where all has been told nothing waits.
        (await ToldOf(it.Id, cancellation)).To >= it.Sequence ? []
            : [.. (await mornings.Of(it.Id, obligation, cancellation)).Where(each => !it.Messages.IsSettled(each.Message))];

    /// <summary>What waits for the mornings of one person, of all agreements.</summary>
    public Task<IReadOnlyList<(AgreementId Agreement, WaitingMessage It)>> WaitingFor(PersonId person,
        CancellationToken cancellation = default) => mornings.For(person, cancellation);

    /// <summary>Which rows of an agreement's log have been told.</summary>
    public async Task<ToldRows> ToldOf(AgreementId id, CancellationToken cancellation = default) =>
        await kept.Find(KeptMail.Cursors, $"{id}", Instant.MinValue, cancellation) is { } cursor
            ? cursor.Understood(KeptMail.CursorIn) ?? await ToldBefore(id, cancellation) : new(0, 0);

    // Where no program has written how far it is told, the log says what was; before the first of that nothing was told of, and before
    // mail began nothing is to be.
    async Task<ToldRows> ToldBefore(AgreementId id, CancellationToken cancellation)
    {
        var rows = await logs.ReadSince(id, 0, cancellation);
        var first = new Dossier(id).With(rows).Messages.InOrder.Select(it => it.Happened.Of).DefaultIfEmpty(0).Min();
        if (first == 0 && await kept.Setting(Begun, cancellation) is { } begun
            && InstantPattern.General.Parse(begun) is { Success: true } at)
            first = rows.Where(row => row.At <= at.Value).Select(row => row.Sequence).LastOrDefault() + 1;
        return first > 0 ? new(first - 1, first - 1) : new(0, 0);
    }

    /// <summary>How the sending of each message of an agreement goes, as far as it is remembered.</summary>
    public async Task<IReadOnlyDictionary<(MessageKey Message, PersonId Person), Attempts>> AttemptsOf(AgreementId id,
        CancellationToken cancellation = default) =>
        (await kept.Range(KeptMail.Tries, $"{id}/", machine.GetCurrentInstant(), cancellation)).Understood(KeptMail.AttemptsIn)
            .Select(it => it.Attempts).ToDictionary(it => (it.Message, it.Person));

    /// <summary>All that is to be told of an agreement and has not gone, tried or not: what waits behind an earlier one, for the server
    /// or for a morning too.</summary>
    public async Task<IReadOnlyList<UnsentMessage>> Unsent(AgreementId id, CancellationToken cancellation = default)
    {
        var told = await ToldOf(id, cancellation);
        var rows = await logs.ReadSince(id, 0, cancellation);
        if (rows is not [.., var last] || last.Sequence <= told.To)
            return [];
        var (telling, messages) = Left(id, rows, told);
        var (known, heard) = (await AttemptsOf(id, cancellation), new HashSet<(long, MessageReason, PersonId)>());
        List<UnsentMessage> unsent = [];
        foreach (var message in messages.Where(message => !telling.Dossier.Messages.IsSettled(message.Key)))
            foreach (var to in await people.Of(message.Key, cancellation))
                if (message.IsFor(to.Id) && heard.Add((message.Key.Of, message.Key.Reason, to.Id))
                    && known.GetValueOrDefault((message.Key, to.Id))?.End is null)
                    unsent.Add(new(message.Key, to.Id, message.Obligation));
        return unsent;
    }

    static (Telling, List<Message>) Left(AgreementId id, IReadOnlyList<StoredEvent> rows, ToldRows told)
    {
        var (telling, messages) = (new Telling(new(id)), new List<Message>());
        foreach (var row in rows)
            if (row.Sequence <= told.To)
                telling.Skip(row);
            else
                messages.AddRange(telling.Of(row));
        return (telling, messages);
    }

    /// <summary>How much is to be told in all and has not gone, but what waits for somebody's morning.</summary>
    public async Task<int> CountUnsent(CancellationToken cancellation = default)
    {
        var count = 0;
        foreach (var id in await Behind(null, cancellation))
            try
            {
                count += (await Unsent(id, cancellation)).Count;
            }
            catch (Exception e) when (UnreadableLogException.Is(e))
            {
                // Whoever looks after the logs tells of it.
            }
        return Math.Max(0, count - await WaitingForMornings(cancellation));
    }

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
        var (telling, messages) = Left(id, rows, told);
        var round = new Round(this, telling.Dossier, now, cancellation);
        await round.Tell([.. messages.Where(message => !telling.Dossier.Messages.IsSettled(message.Key))]);
        var end = round.Outcomes.Count > 0 ? await dossiers.Record(id, round.Outcomes, now, cancellation) : last.Sequence;
        foreach (var lost in round.Outcomes.OfType<MessageGivenUp>().Where(it => it.Why != MessageFailure.Overtaken))
        {
            Instruments.MailGivenUp(lost.Why);
            givenUp?.Invoke(id, lost);
        }
        // Somebody may have appended meanwhile; what was recorded here gives nothing to tell.
        var whole = end == last.Sequence + round.Outcomes.Count ? end : last.Sequence;
        await Keep(id, told with
        {
            To = round.FirstLeft is { } left ? left - 1 : whole,
            Looked = round.Morning is null ? null : whole, Morning = round.Morning
        }, cancellation);
        foreach (var name in round.Waited)
            await mornings.Forget(name, cancellation);
        return round.Again ?? (end > whole ? Instant.MinValue : null);
    }

    /// <summary>All that is under way, or did not reach somebody within the last months.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, Attempts Attempts)>> Troubles(CancellationToken cancellation = default) =>
        [.. (await kept.Range(KeptMail.Tries, "", machine.GetCurrentInstant(), cancellation)).Understood(KeptMail.AttemptsIn)];

    /// <summary>Clears away what is remembered of mail for long enough.</summary>
    public async Task Sweep(CancellationToken cancellation = default)
    {
        await kept.Sweep(KeptMail.Tries, machine.GetCurrentInstant(), cancellation);
        await mornings.Sweep(cancellation);
    }

    Task Keep(AgreementId id, ToldRows told, CancellationToken cancellation) =>
        kept.Put(CursorOf(id, told), machine.GetCurrentInstant(), cancellation);

    static KeptRecord CursorOf(AgreementId id, ToldRows told) =>
        new(KeptMail.Cursors, $"{id}", KeptMail.Bytes(told));

    // Of what nothing is known, what no program has written may stand there.
    async Task<string?> TagOf(string name, Attempts? asKnown, CancellationToken cancellation) =>
        await kept.Find(KeptMail.Tries, name, machine.GetCurrentInstant(), cancellation) is { } now && Read(now) == asKnown
            ? now.ETag : null;

    // Once a server is asked, what it says is recorded, whoever gives up meanwhile. What can't be written for one person, whatever the
    // reason, is that one's trouble: everybody else gets theirs.
    async Task<Handover> HandOver(Func<MailMessage> write)
    {
        MailMessage mail;
        try
        {
            mail = write();
        }
        catch (Exception e)
        {
            return Handover.Unwritable(e);
        }
        var said = await postbox.HandOver(mail, CancellationToken.None);
        pause.Heard(said);
        return said;
    }

    // The same for ever; tells nothing of whom it is to.
    internal static string MailId(string name) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}@mragreement";

    // Null where no program has written it.
    static Attempts? Read(KeptRecord it) => ((KeptRecord[])[it]).Understood(KeptMail.AttemptsIn).FirstOrDefault().Attempts;
}
