using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Benchmarks;

/// <summary>The least that stores a command durably: a minimal API, and one row in a SQLite transaction that shares its fsync with whoever else waits. No rules, no people, no read models.</summary>
sealed class BareHost : IAsyncDisposable
{
    readonly WebApplication app;
    readonly SqliteConnection connection;
    readonly SqliteCommand insert;
    readonly BlockingCollection<Row> waiting = [];
    readonly Thread writer;

    BareHost(string folder)
    {
        connection = new($"Data Source={Path.Combine(folder, "bare.db")};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode = WAL");
        Execute("PRAGMA synchronous = FULL");
        Execute("CREATE TABLE events (agreement BLOB NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL) STRICT");
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO events (agreement, at, type, data) VALUES (?1, ?2, ?3, ?4)";
        for (var i = 1; i <= 4; i++)
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
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
            return Results.Json(new { agreement, row.At, type, body });
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
                insert.Parameters[0].Value = next.Agreement.ToByteArray(bigEndian: true);
                insert.Parameters[1].Value = next.At;
                insert.Parameters[2].Value = next.Type;
                insert.Parameters[3].Value = next.Data;
                insert.ExecuteNonQuery();
                batch.Add(next);
            }
            Execute("COMMIT");
            batch.ForEach(row => row.Stored.SetResult());
            batch.Clear();
        }
    }

    void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    sealed record Row(Guid Agreement, long At, string Type, byte[] Data)
    {
        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
