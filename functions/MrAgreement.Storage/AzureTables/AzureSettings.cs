using System.Text;
using MrAgreement.EventSourcing;

namespace MrAgreement.Storage.AzureTables;

/// <summary>Settings in the table.</summary>
public sealed class AzureSettings : ISettings
{
    const string Partition = "settings";

    readonly AzureTable table;

    internal AzureSettings(AzureTable table) => this.table = table;

    public async Task<string?> Find(string name, CancellationToken cancellation = default) => (await table.Find(Partition, Key(name), cancellation))?.Text("Value");

    public Task Set(string name, string? value, CancellationToken cancellation = default) => value is null
        ? table.Delete(Partition, Key(name), cancellation)
        : table.Put(TableWrite.Put(Partition, Key(name), null, json =>
        {
            json.WriteString("Name", name);
            json.WriteString("Value", value);
        }), cancellation);

    // Hashed, since a name may hold what the key of a row can't.
    static string Key(string name) => Sha256.Of(Encoding.UTF8.GetBytes(name)).ToString();
}
