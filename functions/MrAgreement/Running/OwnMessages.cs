using System.Collections.Concurrent;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Messages;
using MrAgreement.Overviews;
using MrAgreement.Parties;

namespace MrAgreement.Running;

/// <summary>What people are told, as mail tells it, for those who look: worked out of the logs and kept nowhere
/// (docs/decisions/0097).</summary>
/// <param name="failed">Told of a log that can't be read; it is passed over, and holds up nobody's others.</param>
public sealed class OwnMessages(IChangeFeed feed, IEventStore logs, Dossiers dossiers, KeptOverviews overviews,
    Action<AgreementId, Exception> failed)
{
    // What one look may cost: moves looked at, a thousand at a time, and agreements opened.
    const int MovesAtOnce = 1000;
    const int MostMoves = 20_000;
    const int MostLogs = 200;

    // Of places that were given together the order tells nothing: so many messages are put in the order of time.
    const int InOrder = 100;

    const int RowsAtOnce = 500;
    const int MaxKept = 300;

    // Only a start, as the dossiers that are kept: what the log has had since is read.
    readonly ConcurrentDictionary<AgreementId, Told> kept = new();

    /// <summary>What somebody was told in any of their roles, newest first.</summary>
    /// <param name="roles">All of theirs, of the same person.</param>
    /// <param name="skip">How many of the newest to pass over.</param>
    public async Task<OwnMessagePage> Newest(IReadOnlyList<Actor> roles, LocalDate today, int skip, int take,
        CancellationToken cancellation = default)
    {
        var (found, opened) = (new List<OwnMessage>(), new Dictionary<AgreementId, ILookup<long, OwnMessage>>());
        var enough = (skip + take) / InOrder * InOrder + InOrder;
        if (await Agreements(roles, today, cancellation) is not { Count: > 0 } own || await feed.Last(cancellation) is not { } end)
            return new([], false);
        for (var last = end.Place; last > 0 && end.Place - last < MostMoves; last -= MovesAtOnce)
        {
            var first = Math.Max(1, last - MovesAtOnce + 1);
            foreach (var move in (await feed.From(first, (int)(last - first + 1), cancellation)).Reverse())
            {
                if (!own.Contains(move.Agreement))
                    continue;
                if (!opened.TryGetValue(move.Agreement, out var told))
                {
                    if (opened.Count == MostLogs)
                        return Page();
                    opened[move.Agreement] = told = (await Of(move.Agreement, roles, cancellation)).ToLookup(it => it.Message.Key.Of);
                }
                for (var row = move.To; row >= move.From; row--)
                    found.AddRange(told[row]);
                if (found.Count > enough)
                    return Page();
            }
        }
        return Page();

        // However far one looks back, the same ones are put in order together, so that pages fit each other.
        OwnMessagePage Page() => new([.. found.Chunk(InOrder).SelectMany(some => some.OrderByDescending(it => it.Message.At)).Skip(skip)
            .Take(take)], found.Count > skip + take);
    }

    /// <summary>All that an agreement's log has given to tell, in order.</summary>
    public async Task<IReadOnlyList<Message>> Of(Dossier it, CancellationToken cancellation = default)
    {
        if (!kept.ContainsKey(it.Id) && kept.Count >= MaxKept)
            kept.Clear();
        return await kept.GetOrAdd(it.Id, id => new(id)).UpTo(it, logs, cancellation);
    }

    async Task<IReadOnlyList<OwnMessage>> Of(AgreementId id, IReadOnlyList<Actor> roles, CancellationToken cancellation)
    {
        try
        {
            if (await dossiers.Read(id, cancellation) is not { Exists: true } it)
                return [];
            var seeing = roles.Where(role => Sight.Sees(it.Agreement, role)).ToList();
            if (seeing.Count == 0)
                return [];
            var outcomes = it.Messages.InOrder.ToLookup(each => each.Happened.ToKey());
            return
            [
                .. (await Of(it, cancellation)).Select(message => Of(it, message, seeing, [.. outcomes[message.Key]])).OfType<OwnMessage>()
                    // Whoever has two roles hears of it once.
                    .DistinctBy(each => (each.Message.Key.Of, each.Message.Key.Reason))
            ];
        }
        catch (Exception e) when (UnreadableLogException.Is(e))
        {
            failed(id, e);
            return [];
        }
    }

    // What went to others before the role was theirs is not theirs.
    static OwnMessage? Of(Dossier it, Message message, IReadOnlyList<Actor> roles, IReadOnlyList<MessageOutcome> outcomes)
    {
        var person = roles[0].Id;
        if (outcomes.Count > 0)
            return outcomes.LastOrDefault(each => each.Happened.To.Contains(person)) is { } outcome ? new(it, message, person, outcome)
                : null;
        return message.IsFor(person) && roles.Any(role => (role.Party, role.Role) == (message.Key.Party, message.Key.Role))
            ? new(it, message, person, null) : null;
    }

    async Task<HashSet<AgreementId>> Agreements(IReadOnlyList<Actor> roles, LocalDate today, CancellationToken cancellation)
    {
        var (lists, found) = (await overviews.Now(cancellation), new HashSet<AgreementId>());
        foreach (var party in roles.Select(role => role.Party).Where(party => party.Length > 0).Distinct())
            for (var page = 1; ; page++)
            {
                var rows = await lists.Portfolio(new(today, party, true, null, null, null, page, RowsAtOnce)
                    { Order = PortfolioOrder.DiaryNumber }, cancellation);
                found.UnionWith(rows.Rows.Select(item => item.Row.Agreement));
                if (page * RowsAtOnce >= rows.Total)
                    break;
            }
        return found;
    }

    // One log's messages, told once for all who look.
    sealed class Told(AgreementId id)
    {
        readonly Lock turn = new();
        Folded known = new(id);

        public async Task<IReadOnlyList<Message>> UpTo(Dossier it, IEventStore logs, CancellationToken cancellation)
        {
            while (true)
            {
                (long Sequence, Sha256 Hash) from;
                lock (turn)
                    if (known.Sequence > it.Sequence || known.Sequence == it.Sequence && known.Hash == it.Hash)
                        return [.. known.Messages.Where(message => message.Key.Of <= it.Sequence)];
                    else
                        from = (known.Sequence, known.Hash);
                var news = from.Sequence == 0 ? null : await logs.ReadAfter(id, from.Sequence, from.Hash, cancellation);
                // What was erased is to be in nobody's memory.
                var isAnew = news is null || news.Any(row => row.Type == ErasedRows.Type);
                if (isAnew)
                    news = await logs.ReadSince(id, 0, cancellation);
                lock (turn)
                    // Another who looks may have read it meanwhile.
                    if ((known.Sequence, known.Hash) == from)
                    {
                        var next = isAnew ? new(id) : known;
                        // Where a row can't be read, it begins anew.
                        known = new(id);
                        next.Fold(news!);
                        known = next;
                        if (known.Sequence < it.Sequence || known.Sequence == it.Sequence && known.Hash != it.Hash)
                            return [.. known.Messages];
                    }
            }
        }
    }

    sealed class Folded(AgreementId id)
    {
        readonly Telling telling = new(new(id));

        public long Sequence { get; private set; }

        public Sha256 Hash { get; private set; }

        public List<Message> Messages { get; } = [];

        public void Fold(IReadOnlyList<StoredEvent> rows)
        {
            foreach (var row in rows)
            {
                if (row.Data is null)
                    telling.Skip(row);
                else
                    Messages.AddRange(telling.Of(row));
                (Sequence, Hash) = (row.Sequence, row.Hash);
            }
        }
    }
}

/// <summary>A message to somebody.</summary>
/// <param name="Outcome">What has become of it for them, as the log says; null where it does not.</param>
public sealed record OwnMessage(Dossier Dossier, Message Message, PersonId Person, MessageOutcome? Outcome);

/// <param name="More">Whether there are older ones.</param>
public sealed record OwnMessagePage(IReadOnlyList<OwnMessage> Messages, bool More);
