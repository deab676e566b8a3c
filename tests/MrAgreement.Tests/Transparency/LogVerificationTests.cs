using MrAgreement.Tests.EventSourcing;
using MrAgreement.Transparency;

namespace MrAgreement.Tests.Transparency;

/// <summary>Whatever is done to a log is found, or is younger than the last checkpoint: of every event that there is, salted and not.</summary>
public class LogVerificationTests
{
    static readonly AgreementId id = AgreementId();

    public static TheoryData<bool> Both => new(true, false);

    static List<StoredEvent> Log(bool salted, Func<StoredEvent, StoredEvent>? altered = null)
    {
        var (hash, log) = (HashChain.Start(id), new List<StoredEvent>());
        foreach (var row in GoldenLife.Log.Select(row => altered?.Invoke(row) ?? row))
        {
            Salt? salt = salted ? new([.. new byte[14], (byte)(log.Count >> 8), (byte)log.Count]) : null;
            log.Add(HashChain.Next(hash, log.Count + 1, row.At, row.Actor, row.Type, row.Data!, salt));
            hash = log[^1].Hash;
        }
        return log;
    }

    static FoundLog Found(IReadOnlyList<StoredEvent> log, StoredEvent? top = null) =>
        new(log.Count == 0 && top is null ? null : new((top ?? log[^1]).Sequence, (top ?? log[^1]).Hash, (top ?? log[^1]).At), [.. log.OrderBy(row => row.Sequence).Select(row => new FoundRow(row.Sequence, row))]);

    static Leaf LeafOf(StoredEvent row) => new(new(id, row.Sequence, row.Hash), default);

    static IReadOnlyList<(string, long)> Faults(FoundLog found, params Leaf[] leaves) =>
        [.. LogVerification.Faults(id, found, leaves).Select(fault => (fault.What, fault.Sequence))];

    [Theory]
    [MemberData(nameof(Both))]
    public void A_whole_log_has_no_fault(bool salted)
    {
        var log = Log(salted);
        Assert.Empty(Faults(Found(log), LeafOf(log[9]), LeafOf(log[^1])));
        Assert.Empty(LogVerification.Faults(id, Found([.. log.Skip(10)]), [LeafOf(log[9])], LeafOf(log[9]).Top));
        Assert.Empty(LogVerification.Faults(id, new(new(log.Count, log[^1].Hash, null), []), [LeafOf(log[^1])], LeafOf(log[^1]).Top));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Every_column_of_every_event_that_is_altered_is_found_and_the_row_is_named_alone(bool salted)
    {
        var log = Log(salted);
        Func<StoredEvent, StoredEvent>[] alterations =
        [
            row => row with { At = row.At + Duration.FromMilliseconds(1) },
            row => row with { Actor = new(row.Actor.Value + "x") },
            row => row with { Type = row.Type == "agreement-closed" ? "agreement-signed" : "agreement-closed" },
            row => row with { Data = [.. row.Data!, (byte)' '] },
            row => row with { Data = [] },
            row => row with { Digest = Sha256.Of("x"u8) },
            row => row with { Data = [.. row.Data!, (byte)' '], Digest = HashChain.Next(default, 1, row.At, row.Actor, row.Type, [.. row.Data!, (byte)' '], row.Salt).Digest },
            row => row with { Hash = Sha256.Of("x"u8) },
            row => row with { Salt = new([.. Enumerable.Repeat((byte)9, 16)]) },
            .. salted ? new Func<StoredEvent, StoredEvent>[] { row => row with { Salt = null } } : []
        ];
        for (var i = 0; i < log.Count; i++)
            foreach (var (number, alter) in alterations.Index())
            {
                List<StoredEvent> altered = [.. log];
                altered[i] = alter(log[i]);
                var faults = Faults(Found(altered, log[^1])).Where(fault => fault.Item1 != "head-differs");
                Assert.True(faults.SequenceEqual([("row-broken", i + 1L)]), $"{number} of {log[i].Type}: {string.Join(' ', faults)}");
            }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_payload_or_a_row_that_can_not_be_read_is_named_and_nothing_else(bool salted)
    {
        var log = Log(salted);
        for (var i = 0; i < log.Count - 1; i++)
        {
            List<StoredEvent> altered = [.. log];
            altered[i] = log[i] with { Data = null };
            Assert.Equal([("payload-missing", i + 1L)], Faults(Found(altered)));
            altered[i] = log[i] with { Data = null, Salt = null };
            Assert.Equal([("payload-missing", i + 1L)], Faults(Found(altered)));
            var unreadable = Found(log).Rows.Select(row => row.Sequence == i + 1 ? new FoundRow(i + 1, null) : row).ToList();
            Assert.Equal([("row-unreadable", i + 1L)], Faults(Found(log) with { Rows = unreadable }));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Rows_that_are_removed_exchanged_or_put_in_are_found(bool salted)
    {
        var log = Log(salted);
        for (var i = 0; i < log.Count - 1; i++)
        {
            Assert.Equal([("row-missing", i + 1L)], Faults(Found([.. log.Where(row => row.Sequence != i + 1)])));
            List<StoredEvent> altered = [.. log];
            (altered[i], altered[i + 1]) = (log[i + 1] with { Sequence = i + 1 }, log[i] with { Sequence = i + 2 });
            Assert.Superset(new HashSet<(string, long)> { ("row-broken", i + 1L), ("row-broken", i + 2L) }, Faults(Found(altered, log[^1])).ToHashSet());
            // Put in with a hash that follows; all that come after it have moved on by one.
            altered = [.. log.Take(i), HashChain.Next(i == 0 ? HashChain.Start(id) : log[i - 1].Hash, i + 1, log[i].At, log[i].Actor, log[i].Type, "{}"u8.ToArray(), log[i].Salt), .. log.Skip(i).Select(row => row with { Sequence = row.Sequence + 1 })];
            Assert.Equal(Enumerable.Range(i + 2, log.Count - i).Select(sequence => ("row-broken", (long)sequence)), Faults(Found(altered)));
        }
        Assert.Contains(("row-out-of-place", 0L), Faults(Found([log[0] with { Sequence = 0 }, .. log])));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_tail_that_is_cut_with_its_head_is_found_or_younger_than_the_last_checkpoint(bool salted)
    {
        var log = Log(salted);
        var held = log.Count / 2;
        for (var left = 0; left < log.Count; left++)
        {
            var found = Found([.. log.Take(left)]);
            Assert.Equal(left < held, Faults(found, LeafOf(log[held - 1])).Any());
            // The head alone still tells of it.
            Assert.NotEmpty(Faults(found with { Head = Found(log).Head }));
            if (left >= held)
                Assert.Empty(LogVerification.Faults(id, Found([.. log.Take(left).Skip(held)], log[Math.Max(left, 1) - 1]), [LeafOf(log[held - 1])], LeafOf(log[held - 1]).Top));
        }
        Assert.Equal([("log-cut", 4L)], Faults(Found([.. log.Take(3)]), LeafOf(log[held - 1])));
        Assert.Equal([("log-missing", (long)held)], Faults(new(null, []), LeafOf(log[held - 1])));
        Assert.Equal([("log-cut", 4L)], LogVerification.Faults(id, new(new(3, log[2].Hash, null), []), [LeafOf(log[held - 1])], LeafOf(log[held - 1]).Top).Select(fault => (fault.What, fault.Sequence)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_chain_that_is_written_anew_is_found_or_younger_than_the_last_checkpoint(bool salted)
    {
        var log = Log(salted);
        for (var i = 0; i < log.Count; i++)
        {
            var rewritten = Log(salted, row => row.Sequence == i + 1 ? row with { Actor = new("somebody-else") } : row);
            Assert.Empty(Faults(Found(rewritten)));
            var leaf = LeafOf(log[log.Count / 2]);
            Assert.Equal(i < leaf.Top.Sequence ? [("checkpoint-differs", leaf.Top.Sequence)] : [], Faults(Found(rewritten), leaf));
            if (i < leaf.Top.Sequence)
                Assert.NotEmpty(LogVerification.Faults(id, Found([.. rewritten.Skip((int)leaf.Top.Sequence)]), [leaf], leaf.Top));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_head_that_is_altered_or_gone_is_found(bool salted)
    {
        var log = Log(salted);
        var found = Found(log);
        var head = found.Head!.Value;
        Assert.Equal([("head-missing", (long)log.Count)], Faults(found with { Head = null }));
        foreach (var altered in new[] { head with { Sequence = 3 }, head with { Sequence = log.Count + 1 }, head with { Hash = log[0].Hash }, head with { LastAt = head.LastAt! + Duration.FromMilliseconds(1) } })
            Assert.Equal([("head-differs", altered.Sequence)], Faults(found with { Head = altered }));
        Assert.Equal([("row-missing", 1L)], Faults(found with { Rows = [] }));
    }
}
