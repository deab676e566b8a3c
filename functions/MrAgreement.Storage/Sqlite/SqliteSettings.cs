using MrAgreement.EventSourcing;

namespace MrAgreement.Storage.Sqlite;

/// <summary>Settings in the database.</summary>
public sealed class SqliteSettings(SqliteDatabase database) : ISettings
{
    public Task<string?> Find(string name, CancellationToken cancellation = default) =>
        database.Read(session => (string?)session.Scalar("SELECT value FROM settings WHERE name = ?1", name), cancellation);

    public Task Set(string name, string? value, CancellationToken cancellation = default) => database.Write(session => value is null
        ? session.Execute("DELETE FROM settings WHERE name = ?1", name)
        : session.Execute("INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value), cancellation);
}
