using MrAgreement.Running;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Transparency;

namespace MrAgreement.Storage.Tests.Sqlite;

/// <summary>Checkpoints of real logs in real files, and what is noticed when either is changed past the program.</summary>
public sealed class CheckpointsTests : IDisposable
{
    static readonly Instant now = Stored.Time;

    readonly TemporaryFolder folder = new();
    readonly SqliteDatabase database;
    readonly SqliteEventStore logs;

    public CheckpointsTests() => logs = new(database = SqliteDatabase.Open(folder.Path));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    Checkpoints Opened() => new(logs, FileCheckpointStore.Open(folder["checkpoints"]), new SqliteKeptRecords(database), () => Stored.AppendId(), () => new(new byte[16]));

    async Task<StoredEvent> Grown(int agreement, StoredEvent? last = null, int events = 3)
    {
        var append = Stored.Append(Stored.Agreement(agreement), last, events);
        Assert.Equal(AppendOutcome.Appended, await logs.Append(append, Cancellation));
        return append.Events[^1];
    }

    Task Execute(string sql) => database.Write(session => session.Execute(sql), Cancellation);

    [Fact]
    public async Task Each_has_a_leaf_for_every_log_that_has_moved_since_the_one_before()
    {
        using var checkpoints = Opened();
        Assert.Null(await checkpoints.Make(now, Cancellation));
        var (first, second) = (await Grown(1), await Grown(2));
        Assert.Equal(1, (await checkpoints.Make(now, Cancellation))!.Value.Number);
        Assert.Equal(1, (await checkpoints.Make(now, Cancellation))!.Value.Number);
        var last = await Grown(2, second);
        Assert.Equal(2, (await checkpoints.Make(now, Cancellation))!.Value.Number);

        Assert.Equal([2, 3], await checkpoints.Ask(all => all.Checkpoints.Select(it => (int)it.Size).ToList(), Cancellation));
        Assert.Equal([(3, second.Hash), (6, last.Hash)], await checkpoints.Ask(all => all.Of(Stored.Agreement(2)).Select(leaf => ((int)leaf.Top.Sequence, leaf.Top.Hash)).ToList(), Cancellation));
        Assert.Equal(first.Hash, (await checkpoints.Ask(all => all.LastOf(Stored.Agreement(1)), Cancellation))!.Value.Hash);
        Assert.Equal("mragreement/00000000-0000-4000-9000-000000000001\n3", string.Join('\n', (await File.ReadAllTextAsync(folder["checkpoints/00000002.txt"], Cancellation)).Split('\n')[..2]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_was_written_anew_is_not_vouched_for(bool anew)
    {
        using var checkpoints = Opened();
        await Grown(1);
        await checkpoints.Make(now, Cancellation);
        if (anew)
            await Execute("UPDATE events SET hash = x'00000000000000000000000000000000000000000000000000000000000000aa' WHERE sequence = 3");
        await Execute("INSERT INTO events (agreement, sequence, at, actor, type, data, digest, hash) SELECT agreement, 4, at, actor, type, data, digest, hash FROM events WHERE sequence = 3; UPDATE heads SET sequence = 4");
        var kept = new SqliteKeptRecords(database);
        await kept.Put(new(Checkpoints.FaultsKind, $"{Stored.Agreement(1)}", new byte[1], KeptRecord.New), now, Cancellation);

        Assert.Equal(anew ? 1 : 2, (await checkpoints.Make(now, Cancellation))!.Value.Number);
        Assert.Equal(anew ? 3 : 4, (await checkpoints.Ask(all => all.LastOf(Stored.Agreement(1)), Cancellation))!.Value.Sequence);
    }

    [Fact]
    public async Task Two_that_make_them_at_once_make_one_tree()
    {
        using var one = Opened();
        using var other = Opened();
        StoredEvent? last = null;
        for (var round = 0; round < 6; round++)
        {
            last = await Grown(1, last);
            await Task.WhenAll(one.Make(now, Cancellation), other.Make(now, Cancellation));
        }
        using var fresh = Opened();
        Assert.Null(await fresh.FirstDamaged(Cancellation));
        var roots = await fresh.Ask(all => all.Checkpoints.ToList(), Cancellation);
        Assert.Equal(roots, await one.Ask(all => all.Checkpoints.ToList(), Cancellation));
        Assert.Equal(18, (await fresh.Ask(all => all.LastOf(Stored.Agreement(1)), Cancellation))!.Value.Sequence);
    }

    [Theory]
    [InlineData("00000001.txt", true, 1)]
    [InlineData("00000002.txt", true, 2)]
    [InlineData("00000003.txt", true, 3)]
    [InlineData("00000001.txt", false, 1)]
    [InlineData("00000002.txt", false, 2)]
    [InlineData("00000003.txt", false, 3)]
    public async Task One_that_is_lost_or_altered_is_noticed_and_none_is_made_after_it(string file, bool lost, int number)
    {
        StoredEvent? last = null;
        using (var checkpoints = Opened())
            for (var round = 0; round < 3; round++)
            {
                last = await Grown(1, last);
                await checkpoints.Make(now, Cancellation);
            }
        var path = folder[$"checkpoints/{file}"];
        if (lost)
            File.Delete(path);
        else
            await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Cancellation)).Replace($"{number * 3} ", $"{number * 3 + 1} ", StringComparison.Ordinal), Cancellation);
        await Grown(1, last);

        using var fresh = Opened();
        Assert.Equal(number, await fresh.FirstDamaged(Cancellation));
        Assert.Equal(number, (await Assert.ThrowsAsync<CheckpointsDamagedException>(() => fresh.Make(now, Cancellation))).Number);
    }

    [Theory]
    [InlineData("UPDATE events SET digest = x'00' WHERE sequence = 2", "row-unreadable 2")]
    [InlineData("UPDATE events SET hash = x'' WHERE sequence = 2", "row-unreadable 2")]
    [InlineData("UPDATE events SET salt = x'0102' WHERE sequence = 2", "row-unreadable 2")]
    [InlineData("UPDATE events SET at = 9223372036854775807 WHERE sequence = 2", "row-unreadable 2")]
    [InlineData("UPDATE events SET actor = '' WHERE sequence = 2", "row-broken 2")]
    [InlineData("UPDATE events SET type = 'from-the-future' WHERE sequence = 2", "row-broken 2")]
    [InlineData("UPDATE events SET data = NULL WHERE sequence = 2", "payload-missing 2")]
    [InlineData("UPDATE events SET sequence = 9000000000000000000 WHERE sequence = 2", "row-missing 2 row-missing 4 head-differs 3")]
    [InlineData("DELETE FROM events WHERE sequence = 2", "row-missing 2")]
    [InlineData("DELETE FROM events", "row-missing 1 log-cut 1")]
    [InlineData("DELETE FROM heads", "head-missing 3")]
    [InlineData("UPDATE heads SET hash = x'00'", "head-differs 3")]
    [InlineData("UPDATE heads SET hash = NULL, last_at = NULL", "head-differs 3")]
    [InlineData("UPDATE heads SET last_at = last_at + 1", "head-differs 3")]
    [InlineData("UPDATE heads SET sequence = 2", "head-differs 2")]
    [InlineData("DELETE FROM heads; DELETE FROM events", "log-missing 3")]
    [InlineData("DELETE FROM events WHERE sequence = 3; UPDATE heads SET sequence = 2, hash = (SELECT hash FROM events WHERE sequence = 2), last_at = (SELECT at FROM events WHERE sequence = 2)", "log-cut 3")]
    public async Task Whatever_somebody_makes_of_a_log_is_named_and_nothing_fails(string sql, string named)
    {
        using var checkpoints = Opened();
        await Grown(1);
        await checkpoints.Make(now, Cancellation);
        var examination = new LogExamination(logs, checkpoints);
        Assert.Empty((await examination.Whole(Stored.Agreement(), Cancellation)).Faults);

        await Execute(sql);

        Assert.Equal(named, string.Join(' ', (await examination.Whole(Stored.Agreement(), Cancellation)).Faults.Select(fault => $"{fault.What} {fault.Sequence}")));
        await examination.Young(Stored.Agreement(), Cancellation);
        Assert.Equal([Stored.Agreement()], await examination.All(surveyed: true, Cancellation));
    }

    [Fact]
    public async Task What_is_younger_than_the_last_leaf_is_examined_alone()
    {
        using var checkpoints = Opened();
        var (first, still) = (await Grown(1), await Grown(2));
        await checkpoints.Make(now, Cancellation);
        await Grown(1, first);
        await Grown(3);
        var examination = new LogExamination(logs, checkpoints);

        Assert.Equal([Stored.Agreement(1), Stored.Agreement(3)], await examination.Moved(await examination.All(surveyed: true, Cancellation), Cancellation));
        Assert.Equal([4L, 5L, 6L], (await examination.Young(Stored.Agreement(1), Cancellation)).Found.Rows.Select(row => row.Sequence));
        Assert.Empty((await examination.Young(Stored.Agreement(1), Cancellation)).Faults);
        await Execute("UPDATE events SET actor = 'bo' WHERE sequence = 5");
        Assert.Equal([new LogFault("row-broken", 5)], (await examination.Young(Stored.Agreement(1), Cancellation)).Faults);
        Assert.Equal(3, still.Sequence);
    }
}
