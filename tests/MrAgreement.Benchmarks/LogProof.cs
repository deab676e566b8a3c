using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using MrAgreement.Agreements;
using MrAgreement.Local;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage.Files;
using MrAgreement.Storage.Sqlite;
using MrAgreement.Transparency;

namespace MrAgreement.Benchmarks;

/// <summary>A million events verified, a checkpoint over a hundred thousand logs, and what a salt costs a command.</summary>
sealed record LogProof() : Benchmark("log", TimeSpan.FromMinutes(4))
{
    const int Rows = 10_000;
    const int Times = 100;
    const int Logs = 100_000;
    const int Turns = 7;
    const int Commands = 300;

    static readonly AgreementId agreement = new(new Guid("00000001-2014-4000-8000-000000000001"));

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        var (verified, bare) = await Verified(bound);
        var made = await Made(bound);
        var (salted, plain) = await Salted(bound);
        return
        [
            new($"log: {Rows * Times:N0} events verified, rate by bare SHA-256 over the same bytes", "", Rounds.Ratio(bare, verified), new(1.0 / 3, AtMost: false), $"{Rounds.Median(verified):0} ms by {Rounds.Median(bare):0} ms"),
            new($"log: checkpoint over {Logs:N0} moved logs", " s", made, new(10, AtMost: true), ""),
            new("log: a command with a salt, time by one without", "", Rounds.Ratio(salted, plain), new(1.03, AtMost: true), $"{Rounds.Median(salted):0.000} ms by {Rounds.Median(plain):0.000} ms")
        ];
    }

    static async Task<(double[] Verified, double[] Bare)> Verified(CancellationToken bound)
    {
        var (hash, rows, bytes) = (HashChain.Start(agreement), new List<FoundRow>(), new List<byte[]>());
        for (var i = 1; i <= Rows; i++)
        {
            var data = Encoding.UTF8.GetBytes($$"""{"obligation":"mapping-report","number":{{i}},"summary":"{{new string('å', 120)}}"}""");
            var row = HashChain.Next(hash, i, Trial.Signed, new("lena.lind"), "submission-made", data, new(RandomNumberGenerator.GetBytes(Salt.Length)));
            hash = row.Hash;
            rows.Add(new(i, row));
            // Mark, salt and payload; mark, three numbers and two lengths with their texts, and digest; two hashes.
            bytes.Add([.. new byte[17], .. data, .. new byte[1 + 32 + 9 + 15 + 32 + 64]]);
        }
        var found = new FoundLog(new(Rows, hash, Trial.Signed), rows);
        Func<Task<double>>[] variants =
        [
            () => Rounds.Milliseconds(1, () => Task.FromResult(Enumerable.Range(0, Times).Sum(_ => LogVerification.Faults(agreement, found, []).Count == 0 ? 0 : throw new InvalidOperationException("It is whole."))), bound),
            () => Rounds.Milliseconds(1, () => Task.FromResult(Enumerable.Range(0, Times).Sum(_ => bytes.Sum(each => SHA256.HashData(each)[0]))), bound)
        ];
        await Rounds.InTurn(1, variants);
        return await Rounds.InTurn(Turns, variants) is [var ours, var bare] ? (ours, bare) : throw new UnreachableException();
    }

    static async Task<double[]> Made(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        SqliteDatabase.Open(folder.Path).Dispose();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, SqliteDatabase.FileName)};Pooling=False"))
        {
            connection.Open();
            using var fill = connection.CreateCommand();
            fill.CommandText = $"""
                INSERT INTO heads (agreement, sequence, hash, last_at, append_id)
                WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {Logs}) SELECT randomblob(16), 1, randomblob(32), 0, randomblob(16) FROM n;
                INSERT INTO events (agreement, sequence, at, actor, type, data, digest, hash) SELECT agreement, 1, 0, 'a', 't', x'7b7d', zeroblob(32), hash FROM heads
                """;
            fill.CommandTimeout = 0;
            fill.ExecuteNonQuery();
        }
        using var database = SqliteDatabase.Open(folder.Path);
        var number = 0;
        return (await Rounds.InTurn(5, async () =>
        {
            using var checkpoints = new Checkpoints(new SqliteEventStore(database), FileCheckpointStore.Open(folder[$"checkpoints-{++number}"]), new NothingKept(), Guid.NewGuid, () => new(RandomNumberGenerator.GetBytes(Salt.Length)));
            var milliseconds = await Rounds.Milliseconds(1, async () => _ = (await checkpoints.Make(Trial.Signed, bound))!.Value.Number == 1, bound);
            return milliseconds / 1000;
        }))[0];
    }

    /// <summary>
    /// One command of each kind by turns, so that what the disk and the log's clean-up cost falls on both alike; who goes first changes with each.
    /// </summary>
    static async Task<(double[] Salted, double[] Plain)> Salted(CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = Stores.In(folder.Path);
        var day = new LocalDate(2018, 5, 2);
        await Round();
        var rounds = new List<double[]>();
        for (var turn = 0; turn < Turns * 3; turn++)
            rounds.Add(await Round());
        return ([.. rounds.Select(r => r[0])], [.. rounds.Select(r => r[1])]);

        async Task<double[]> Round()
        {
            Dossiers[] kinds = [new(stores.Events, Guid.CreateVersion7, freshSalt: () => new(RandomNumberGenerator.GetBytes(Salt.Length))), new(stores.Events, Guid.CreateVersion7)];
            AgreementId[] ids = [new(Guid.NewGuid()), new(Guid.NewGuid())];
            for (var kind = 0; kind < 2; kind++)
            {
                await kinds[kind].Do(ids[kind], Role.Officer, new CreateAgreement(Trial.Terms2014(0)), Trial.Signed, bound);
                await kinds[kind].Sign(ids[kind], bound);
            }
            var milliseconds = new double[2];
            for (var n = 0; n < Commands * 2; n++)
            {
                var kind = (n + n / 2) % 2;
                var date = day.PlusDays(1 + n / 2 % 200);
                milliseconds[kind] += await Rounds.Milliseconds(1, () => kinds[kind].Do(ids[kind], Role.ProjectLead, new ScheduleObligation("annual-consultation-2017", date), Trial.Signed, bound), bound) / Commands;
            }
            return milliseconds;
        }
    }

    // Every turn makes a first checkpoint.
    sealed class NothingKept : IKeptRecords
    {
        public Task<KeptRecord?> Find(string kind, string key, Instant now, CancellationToken cancellation = default) => Task.FromResult<KeptRecord?>(null);

        public Task<IReadOnlyList<KeptRecord>> Range(string kind, string prefix, Instant now, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<KeptRecord>>([]);

        public Task<string?> Put(KeptRecord record, Instant now, CancellationToken cancellation = default) => Task.FromResult<string?>("1");

        public Task<bool> Delete(string kind, string key, string? etag = null, CancellationToken cancellation = default) => Task.FromResult(true);

        public Task<int> Sweep(string kind, Instant now, CancellationToken cancellation = default) => Task.FromResult(0);
    }
}
