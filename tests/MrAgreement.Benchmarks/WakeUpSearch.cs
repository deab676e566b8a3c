using System.Diagnostics;
using Microsoft.Data.Sqlite;
using MrAgreement.Storage.Sqlite;

namespace MrAgreement.Benchmarks;

/// <summary>The next hundred that are due among a million sleeping agreements.</summary>
sealed record WakeUpSearch() : Benchmark("wake-ups", TimeSpan.FromMinutes(2))
{
    const int Sleeping = 1_000_000;
    const int Next = 100;
    const int Times = 500;
    const int Turns = 15;

    // One wakes a second: the first thousand are due, of which the next hundred are asked for.
    static readonly Instant first = Instant.FromUtc(2030, 1, 1, 0, 0);
    static readonly Instant now = first + Duration.FromSeconds(1000);

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        SqliteDatabase.Open(folder.Path).Dispose();
        var file = Path.Combine(folder.Path, SqliteDatabase.FileName);
        Fill(file);
        using var database = SqliteDatabase.Open(folder.Path);
        var store = new SqliteEventStore(database);
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT agreement, wake_at FROM heads WHERE wake_at <= ?1 ORDER BY wake_at, agreement LIMIT ?2";
        query.Parameters.AddRange([new SqliteParameter("?1", now.ToUnixTimeMilliseconds()), new SqliteParameter("?2", Next)]);

        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(Times, async () => Whole((await store.DueWakeUps(now, Next, bound)).Count), bound),
            () => Rounds.Milliseconds(Times, () => Task.FromResult(Whole(Bare(query))), bound)
        ];
        await Rounds.InTurn(4, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var ours, var bare])
            throw new UnreachableException();
        return [new($"wake-ups: next {Next} of {Sleeping:N0}, time by a bare query's", "", Rounds.Ratio(ours, bare), new(2, AtMost: true), $"{Rounds.Median(ours):0.000} ms by {Rounds.Median(bare):0.000} ms")];
    }

    static void Fill(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var fill = connection.CreateCommand();
        fill.CommandText = """
            PRAGMA cache_size = -400000;
            INSERT INTO heads (agreement, sequence, hash, last_at, append_id, wake_at)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
            SELECT randomblob(16), 2, zeroblob(32), ?2, randomblob(16), ?2 + 1000 * i FROM n
            """;
        fill.Parameters.AddRange([new SqliteParameter("?1", Sleeping), new SqliteParameter("?2", first.ToUnixTimeMilliseconds())]);
        fill.CommandTimeout = 0;
        fill.ExecuteNonQuery();
    }

    static int Bare(SqliteCommand query)
    {
        var found = new List<(byte[] Agreement, long At)>();
        using var row = query.ExecuteReader();
        while (row.Read())
            found.Add((row.GetFieldValue<byte[]>(0), row.GetInt64(1)));
        return found.Count;
    }

    static int Whole(int found) => found == Next ? found : throw new InvalidOperationException($"{found} were found, not {Next}.");
}
