using MrAgreement.Calendars;
using MrAgreement.Messages;
using MrAgreement.Overviews;
using NodaTime.Text;

namespace MrAgreement.Running;

/// <summary>Writes one mail of several messages, which may be of several agreements, in the order in which they came.</summary>
/// <param name="to">Who reads it in its mailbox, in the house's order: it is addressed to the first one, in their language.</param>
/// <param name="id">The mail's Message-ID.</param>
public delegate MailMessage DigestWriter(IReadOnlyList<DigestItem> messages, IReadOnlyList<Recipient> to, string id);

/// <summary>A message in a mail of several.</summary>
/// <param name="Whom">Whom of those who read it.</param>
public sealed record DigestItem(IReadOnlyList<Addressee> Whom, Agreements.Dossier Of)
{
    public Message Message => Whom[0].Message;
}

/// <summary>
/// What people have chosen about mail, and what waits for their mornings. A digest is of one mailbox and across agreements, so that
/// whichever agreement comes to it first sends it for all of them: each thing that waits is claimed for it, and it is closed before a
/// server is asked, so that it is the same mail wherever somebody breaks off. Only what is no longer so when it goes is left out of it.
/// </summary>
sealed class Mornings(IEventStore logs, IKeptRecords kept, IRecipients people, DigestWriter write, IClock machine, Duration lease)
{
    // Longer than anything waits: the quiet days that there can be, and the days around them.
    static readonly Duration remembered = Duration.FromDays(QuietDays.Most + 60);

    // Another round is about it, and all others of the morning wait for what it comes to.
    static readonly Duration soon = Duration.FromSeconds(2);

    Instant Machine => machine.GetCurrentInstant();

    /// <summary>Null for whoever has never chosen anything.</summary>
    public async Task<MailChoice?> ChoiceOf(PersonId person, CancellationToken cancellation) =>
        await kept.Find(KeptMail.Choices, person.Value, Instant.MinValue, cancellation) is { } it ? it.Understood(KeptMail.ChoiceIn) : null;

    public Task Choose(PersonId person, MailChoice choice, CancellationToken cancellation) =>
        kept.Put(new(KeptMail.Choices, person.Value, KeptMail.Bytes(choice)), Instant.MinValue, cancellation);

    /// <summary>How many messages wait for a morning.</summary>
    public async Task<int> Count(CancellationToken cancellation) =>
        (await kept.Range(KeptMail.Waitings, "", Machine, cancellation)).Understood(KeptMail.WaitingIn).Count(it => it.In is null);

    /// <summary>What waits of the messages about an obligation, of all with null, for the mornings of those who have chosen any.</summary>
    public async Task<IReadOnlyList<WaitingMessage>> Of(AgreementId id, string? obligation, CancellationToken cancellation)
    {
        List<WaitingMessage> found = [];
        foreach (var (person, choice) in (await kept.Range(KeptMail.Choices, "", Instant.MinValue, cancellation))
            .Understood(it => (it.Key, KeptMail.ChoiceIn(it))))
            found.AddRange((await Unsent($"{person}/{id}/", choice, cancellation)).Select(it => it.It)
                .Where(it => obligation is null || it.Obligation == obligation));
        return found;
    }

    /// <summary>What waits for the mornings of one person.</summary>
    public async Task<IReadOnlyList<(AgreementId Agreement, WaitingMessage It)>> For(PersonId person, CancellationToken cancellation) =>
        await ChoiceOf(person, cancellation) is { } choice ? await Unsent($"{person.Value}/", choice, cancellation) : [];

    async Task<IReadOnlyList<(AgreementId Agreement, WaitingMessage It)>> Unsent(string prefix, MailChoice choice,
        CancellationToken cancellation)
    {
        List<(AgreementId, WaitingMessage)> found = [];
        foreach (var it in (await kept.Range(KeptMail.Waitings, prefix, Machine, cancellation)).Understood(KeptMail.WaitingIn)
            .Where(it => it.In != Waiting.Alone))
            found.Add((it.Agreement, new(it.Message, it.Person, choice.Until(it.At), it.Obligation,
                it.In is { } digest ? (await DigestOf(digest, cancellation))?.Tries : null)));
        return found;
    }

    public async Task<Waiting?> Find(string name, CancellationToken cancellation) =>
        await kept.Find(KeptMail.Waitings, name, Machine, cancellation) is { } it ? it.Understood(KeptMail.WaitingIn) : null;

    /// <summary>Has a message wait, unless it does already.</summary>
    public async Task Hold(string name, Waiting it, CancellationToken cancellation)
    {
        if (await Put(name, it, KeptRecord.New, cancellation) is null
            && await kept.Find(KeptMail.Waitings, name, Machine, cancellation) is { } strange
            && strange.Understood(KeptMail.WaitingIn) is null)
            await Put(name, it, strange.ETag!, cancellation);
    }

    /// <summary>Takes what waits out of the morning, to go by itself; false when it goes in a digest already.</summary>
    public async Task<bool> TakeOut(string name, CancellationToken cancellation) =>
        await kept.Find(KeptMail.Waitings, name, Machine, cancellation) is not { } record
            || record.Understood(KeptMail.WaitingIn) is not { } it || (it.In == Waiting.Alone
                || it.In is null && await Put(name, it with { In = Waiting.Alone }, record.ETag!, cancellation) is not null);

    /// <summary>Forgets what is settled.</summary>
    public Task Forget(string name, CancellationToken cancellation) => kept.Delete(KeptMail.Waitings, name, null, cancellation);

    public async Task<Digest?> DigestOf(string name, CancellationToken cancellation) =>
        await kept.Find(KeptMail.Digests, name, Machine, cancellation) is { } it ? it.Understood(KeptMail.DigestIn) : null;

    public Task Sweep(CancellationToken cancellation) => Task.WhenAll(kept.Sweep(KeptMail.Waitings, Machine, cancellation),
        kept.Sweep(KeptMail.Digests, Machine, cancellation));

    /// <summary>Sends the digest of a mailbox that is under way, or else begins one of what is due. Answers when to look again; null when
    /// nothing more is to be done for now.</summary>
    /// <param name="mailbox">Everybody who reads it, in the house's order: the first one's name the digest has.</param>
    /// <param name="begun">The digest that is to go on, if any.</param>
    /// <param name="now">By the domain's clock.</param>
    /// <param name="handOver">Hands over, and notes what a server that is away says.</param>
    public async Task<Instant?> Deliver(IReadOnlyList<Recipient> mailbox, string? begun, Instant now, string server,
        Func<Func<MailMessage>, Task<Handover>> handOver, CancellationToken cancellation)
    {
        List<KeptRecord> all = [];
        foreach (var person in mailbox)
            all.AddRange(await kept.Range(KeptMail.Digests, $"{person.Id.Value}/", Machine, cancellation));
        // Whose name it has may read another mailbox by now.
        if (begun is not null && !all.Exists(it => it.Key == begun)
            && await kept.Find(KeptMail.Digests, begun, Machine, cancellation) is { } other)
            all.Insert(0, other);
        // What waits in one of which nothing is known any more goes in it anew, under the same Message-ID.
        var lost = begun is not null && all.Find(it => it.Key == begun) is var there && there?.Understood(KeptMail.DigestIn) is null
            ? there?.ETag ?? KeptRecord.New : null;
        var open = lost is not null ? default : all.Understood(it => (it.Key, it.ETag, Digest: KeptMail.DigestIn(it)))
            .FirstOrDefault(it => it.Digest.Tries.End is null);
        if (open.Digest is { } known && known.Tries.Waits(Machine))
            return known.IsUnderWay ? Instant.Min(known.Tries.Next, Machine + soon) : known.Tries.Next;
        string name;
        if (lost is not null)
            name = begun!;
        else if (open.Digest is null)
        {
            if ((await Due(mailbox, now, null, cancellation)).Count == 0)
                return null;
            // Two that begin at once begin the same.
            var today = $"{mailbox[0].Id.Value}/{LocalDatePattern.Iso.Format(StockholmTime.DateOf(now))}/";
            name = $"{today}{all.Count(it => it.Key.StartsWith(today, StringComparison.Ordinal)) + 1:D3}";
        }
        else
            name = open.Key;
        var tries = Attempts.Begun(default, open.Digest?.Tries.Person ?? mailbox[0].Id, null, open.Digest?.Tries, Machine, lease, server);
        var digest = open.Digest is null ? new([], IsClosed: false, tries) : open.Digest with { Tries = tries, IsUnderWay = true };
        if (await Put(name, digest, open.ETag ?? lost ?? KeptRecord.New, cancellation) is not { } tag)
            return Machine + soon;
        var held = digest.IsClosed ? await Held(mailbox, name, digest.Holds, cancellation) : await Claim(mailbox, name, now, cancellation);
        if (!digest.IsClosed)
        {
            digest = digest with { Holds = [.. held.Select(it => it.Name)], IsClosed = true };
            if (await Put(name, digest, tag, cancellation) is not { } closed)
                return Machine + soon;
            tag = closed;
        }
        // What has been settled since is left out; it stays so, since what brings it back is told as another message.
        digest = digest with
        {
            Overtaken = [.. held.Where(it => digest.Overtaken?.Contains(it.Name) == true || Telling.IsOvertaken(it.Message, it.Of, now))
                .Select(it => it.Name)]
        };
        var goes = held.Where(it => !digest.Overtaken.Contains(it.Name)).ToList();
        if (goes.Count == 0 && held.Count > 0)
            digest = digest with { Tries = digest.Tries.NoLongerSo(), IsUnderWay = false };
        else
        {
            // What was to be told may not be theirs to hear any more.
            var said = goes.Count == 0 ? new(HandoverOutcome.Taken, "")
                : await handOver(() => write(Items(goes, mailbox), To(goes, mailbox), Postman.MailId($"digest/{name}")));
            digest = digest with { Tries = digest.Tries.After(said, Machine), IsUnderWay = false };
        }
        digest = await Note(name, digest, tag);
        return digest.Tries.End is null ? digest.Tries.Next : null;
    }

    // What comes of one event and says the same is said once, with all whom it is for.
    static IReadOnlyList<DigestItem> Items(IReadOnlyList<Told> held, IReadOnlyList<Recipient> mailbox) =>
        [.. held.GroupBy(it => Letter.Same(it.Whom)).Select(same => new DigestItem(
            [.. same.OrderBy(it => Place(it.Whom.To, mailbox)).Select(it => it.Whom)], same.First().Of))];

    static IReadOnlyList<Recipient> To(IReadOnlyList<Told> held, IReadOnlyList<Recipient> mailbox) =>
        [.. held.Select(it => it.Whom.To).DistinctBy(to => to.Id).OrderBy(to => Place(to, mailbox))];

    static int Place(Recipient to, IReadOnlyList<Recipient> mailbox) =>
        mailbox.Index().Where(it => it.Item.Id == to.Id).Select(it => it.Index).FirstOrDefault(int.MaxValue);

    // What a server has said stands, though another round took the digest over while it was thinking: what it holds is the same.
    async Task<Digest> Note(string name, Digest said, string tag)
    {
        while (await Put(name, said, tag, CancellationToken.None) is null)
        {
            var other = await kept.Find(KeptMail.Digests, name, Machine, CancellationToken.None);
            if (other?.Understood(KeptMail.DigestIn) is { } theirs)
            {
                if (said.Tries.Beside(theirs.Tries) == theirs.Tries)
                    return theirs;
                said = theirs with { Tries = said.Tries, IsUnderWay = false, Overtaken = said.Overtaken };
            }
            tag = other?.ETag ?? KeptRecord.New;
        }
        return said;
    }

    sealed record Told(string Name, KeptRecord Record, Waiting It, Addressee Whom, Agreements.Dossier Of)
    {
        public Message Message => Whom.Message;
    }

    // What is claimed for it already, and what is due and nobody's yet.
    async Task<IReadOnlyList<Told>> Claim(IReadOnlyList<Recipient> mailbox, string digest, Instant now, CancellationToken cancellation)
    {
        List<Told> claimed = [];
        foreach (var it in await Due(mailbox, now, digest, cancellation))
            if (it.It.In == digest || await Put(it.Name, it.It with { In = digest }, it.Record.ETag!, cancellation) is not null)
                claimed.Add(it);
        return claimed;
    }

    async Task<IReadOnlyList<Told>> Due(IReadOnlyList<Recipient> mailbox, Instant now, string? digest, CancellationToken cancellation)
    {
        List<(KeptRecord Record, Waiting It, bool IsDue)> waiting = [];
        foreach (var person in mailbox)
        {
            var choice = await ChoiceOf(person.Id, cancellation) ?? MailChoice.Usual;
            waiting.AddRange((await kept.Range(KeptMail.Waitings, $"{person.Id.Value}/", Machine, cancellation))
                .Understood(it => (it, KeptMail.WaitingIn(it)))
                .Where(it => it.Item2.In is null || it.Item2.In is { Length: > 0 } of && of == digest)
                .Select(it => (it.it, it.Item2, it.Item2.In is not null || choice.Until(it.Item2.At) <= now)));
        }
        // With one's own goes what others in the mailbox would hear of the same later.
        var due = waiting.Where(it => it.IsDue).Select(EventOf).ToHashSet();
        var read = await Read(mailbox, [.. waiting.Where(it => due.Contains(EventOf(it))).Select(it => (it.Record, it.It))], cancellation);
        var isDue = waiting.Where(it => it.IsDue).Select(it => it.Record.Key).ToHashSet();
        var said = read.Where(it => isDue.Contains(it.Name)).Select(it => Letter.Same(it.Whom)).ToHashSet();
        // What is no longer so is settled by its own agreement's round.
        return [.. read.Where(it => said.Contains(Letter.Same(it.Whom))
            && (it.It.In is not null || !Telling.IsOvertaken(it.Message, it.Of, now)))];

        static (AgreementId, long, MessageReason) EventOf((KeptRecord, Waiting It, bool) each) =>
            (each.It.Agreement, each.It.Message.Of, each.It.Message.Reason);
    }

    async Task<IReadOnlyList<Told>> Held(IReadOnlyList<Recipient> mailbox, string digest, IReadOnlyList<string> names,
        CancellationToken cancellation)
    {
        List<(KeptRecord, Waiting)> found = [];
        foreach (var name in names)
            if (await kept.Find(KeptMail.Waitings, name, Machine, cancellation) is { } it && it.Understood(KeptMail.WaitingIn) is { } waits
                // One that begins to wait anew, as no program had written how it waited, goes where it was.
                && (waits.In == digest
                    || waits.In is null && await Put(name, waits with { In = digest }, it.ETag!, cancellation) is not null))
                found.Add((it, waits));
        return await Read(mailbox, found, cancellation);
    }

    // As the logs tell it now: what they can't tell, or have told, stays out.
    async Task<IReadOnlyList<Told>> Read(IReadOnlyList<Recipient> mailbox, IReadOnlyList<(KeptRecord Record, Waiting It)> waiting,
        CancellationToken cancellation)
    {
        List<Told> read = [];
        foreach (var of in waiting.GroupBy(it => it.It.Agreement))
        {
            var (wanted, telling) = (of.Select(it => it.It.Message).ToHashSet(), new Telling(new(of.Key)));
            var first = wanted.Min(key => key.Of);
            List<Message> messages = [];
            try
            {
                foreach (var row in await logs.ReadSince(of.Key, 0, cancellation))
                    if (row.Sequence < first)
                        telling.Skip(row);
                    else
                        messages.AddRange(telling.Of(row).Where(message => wanted.Contains(message.Key)));
            }
            catch (Exception e) when (UnreadableLogException.Is(e))
            {
                // Its own round tells of it; the others' messages do not wait for that.
                continue;
            }
            foreach (var message in messages.Where(message => !telling.Dossier.Messages.IsSettled(message.Key)))
                if (await people.Of(message.Key, cancellation) is var whom)
                    read.AddRange(of.Where(each => each.It.Message == message.Key).SelectMany(each => whom
                        .Where(to => to.Id == each.It.Person).Take(1)
                        .Select(to => new Told(each.Record.Key, each.Record, each.It, new(message, to), telling.Dossier))));
        }
        return [.. read.OrderBy(it => it.It.At).ThenBy(it => Place(it.Whom.To, mailbox)).ThenBy(it => it.Name, StringComparer.Ordinal)];
    }

    Task<string?> Put(string name, Waiting it, string tag, CancellationToken cancellation) =>
        kept.Put(new(KeptMail.Waitings, name, KeptMail.Bytes(it), tag, Machine + remembered), Machine, cancellation);

    Task<string?> Put(string name, Digest it, string tag, CancellationToken cancellation) =>
        kept.Put(new(KeptMail.Digests, name, KeptMail.Bytes(it), tag, Machine + remembered), Machine, cancellation);
}
