using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Benchmarks;

/// <summary>
/// The least that appends a command durably to its agreement's log: a minimal API, and a SQLite transaction that shares its fsync with whoever else waits.
/// It moves the head and inserts the row; no people, no rules, no hash chain, no timers, no read models.
/// </summary>
sealed class BareHost : IAsyncDisposable
{
    readonly WebApplication app;
    readonly SqliteConnection connection;
    readonly SqliteCommand move;
    readonly SqliteCommand insert;
    readonly BlockingCollection<Row> waiting = [];
    readonly Thread writer;

    BareHost(string folder)
    {
        connection = new($"Data Source={Path.Combine(folder, "bare.db")};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("CREATE TABLE heads (agreement BLOB NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL) STRICT, WITHOUT ROWID");
        Execute("CREATE TABLE events (agreement BLOB NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL) STRICT");
        Execute("CREATE UNIQUE INDEX events_by_agreement ON events (agreement, sequence)");
        move = Prepared("INSERT INTO heads (agreement, sequence) VALUES (?1, 1) ON CONFLICT (agreement) DO UPDATE SET sequence = sequence + 1 RETURNING sequence", 1);
        insert = Prepared("INSERT INTO events (agreement, sequence, at, type, data) VALUES (?1, ?2, ?3, ?4, ?5)", 5);
        writer = new(Write) { IsBackground = true };
        writer.Start();

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/agreements/{agreement:guid}/{type}", async (Guid agreement, string type, JsonElement body) =>
        {
            var row = new Row(agreement, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), type, JsonSerializer.SerializeToUtf8Bytes(body));
            waiting.Add(row);
            await row.Stored.Task;
            return Results.Json(new { agreement, row.Sequence, row.At, type, body });
        });
    }

    public string Url => app.Urls.Single();

    public static async Task<BareHost> Start(string folder)
    {
        var host = new BareHost(folder);
        await host.app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        waiting.CompleteAdding();
        writer.Join();
        waiting.Dispose();
        await move.DisposeAsync();
        await insert.DisposeAsync();
        await connection.DisposeAsync();
    }

    void Write()
    {
        var batch = new List<Row>();
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            Execute("BEGIN IMMEDIATE");
            for (Row? next = first; next is not null; next = batch.Count < 128 && waiting.TryTake(out var another) ? another : null)
            {
                var agreement = next.Agreement.ToByteArray(bigEndian: true);
                move.Parameters[0].Value = agreement;
                next.Sequence = (long)move.ExecuteScalar()!;
                insert.Parameters[0].Value = agreement;
                insert.Parameters[1].Value = next.Sequence;
                insert.Parameters[2].Value = next.At;
                insert.Parameters[3].Value = next.Type;
                insert.Parameters[4].Value = next.Data;
                insert.ExecuteNonQuery();
                batch.Add(next);
            }
            Execute("COMMIT");
            batch.ForEach(row => row.Stored.SetResult());
            batch.Clear();
        }
    }

    SqliteCommand Prepared(string sql, int values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= values; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
        return command;
    }

    void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    sealed record Row(Guid Agreement, long At, string Type, byte[] Data)
    {
        public long Sequence { get; set; }
        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
