using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace MrAgreement.Storage.Azure;

/// <summary>One storage account: the SDKs' clients of its three services.</summary>
public sealed partial class AzureAccount
{
    // Azurite's own, the same everywhere and printed in its manual.
    const string Development = "UseDevelopmentStorage=true";
    const string DevelopmentAccount = """
        AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;
        BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1
        """;

    AzureAccount(string name, BlobServiceClient blobs, QueueServiceClient queues, TableServiceClient tables) =>
        (Name, Blobs, Queues, Tables) = (name, blobs, queues, tables);

    public string Name { get; }
    public BlobServiceClient Blobs { get; }
    public QueueServiceClient Queues { get; }
    public TableServiceClient Tables { get; }

    /// <param name="storage"><c>UseDevelopmentStorage=true</c> for Azurite, a
    /// connection string with a key, or the account's name or address.</param>
    /// <param name="credential">Who we are to an account that is given by name or address.</param>
    /// <param name="transport">What carries requests to an account that is given by name or address; null for .NET's own.</param>
    /// <exception cref="StoreRefusedException">The text is none of those.</exception>
    public static AzureAccount Parse(string storage, Func<TokenCredential> credential, AzureLimits? limits = null,
        HttpPipelineTransport? transport = null)
    {
        limits ??= AzureLimits.Default;
        storage = storage.Trim();
        if (storage.Equals(Development, StringComparison.OrdinalIgnoreCase))
            return WithKey(DevelopmentAccount, limits);
        if (storage.Contains("AccountName=", StringComparison.OrdinalIgnoreCase))
            return WithKey(storage, limits);
        if (AccountName().IsMatch(storage))
            return WithToken(storage, "core.windows.net", credential(), limits, transport);
        if (Uri.TryCreate(storage, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && ServiceHost().Match(address.Host) is { Success: true } host)
            return WithToken(host.Groups["account"].Value, host.Groups["suffix"].Value, credential(), limits, transport);
        throw new StoreRefusedException(
            $"The storage must be {Development}, a connection string with AccountName and AccountKey, an account's name, or its address such as https://example.blob.core.windows.net.");
    }

    static AzureAccount WithToken(string name, string suffix, TokenCredential credential, AzureLimits limits,
        HttpPipelineTransport? transport)
    {
        var (token, options) = (new SharedToken(credential), new Options(limits, transport));
        foreach (var service in options.All)
            service.AddPolicy(new SharedToken.Refused(token), HttpPipelinePosition.PerCall);
        return new(name, new(Address("blob"), token, options.Blobs), new(Address("queue"), token, options.Queues),
            new(Address("table"), token, options.Tables));

        Uri Address(string service) => new($"https://{name}.{service}.{suffix}");
    }

    static AzureAccount WithKey(string connection, AzureLimits limits)
    {
        var given = connection.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.Last()[1], StringComparer.OrdinalIgnoreCase);
        if (!given.TryGetValue("AccountName", out var name) || !given.TryGetValue("AccountKey", out var key)
            || !Convert.TryFromBase64String(key, new byte[key.Length], out _))
            throw new StoreRefusedException("The connection string of the storage needs an AccountName and an AccountKey in Base64.");
        var (shared, options) = (new StorageSharedKeyCredential(name, key), new Options(limits, null));
        return new(name, new(Endpoint("blob"), shared, options.Blobs), new(Endpoint("queue"), shared, options.Queues),
            new(Endpoint("table"), new TableSharedKeyCredential(name, key), options.Tables));

        Uri Endpoint(string service)
        {
            var address = given.GetValueOrDefault($"{service}Endpoint",
                $"{given.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.{service}.{given.GetValueOrDefault("EndpointSuffix", "core.windows.net")}");
            return Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
                ? endpoint
                : throw new StoreRefusedException($"The connection string of the storage has '{address}' for an address.");
        }
    }

    // The versions are the newest that each service's documentation of what we use is written
    // for, and not what the SDKs would ask for: the emulator, and many an account, is older than they.
    sealed class Options
    {
        public Options(AzureLimits limits, HttpPipelineTransport? transport)
        {
            var again = new SendingAgain(limits);
            foreach (var service in All)
            {
                service.RetryPolicy = again;
                service.Transport = transport ?? service.Transport;
            }
            Tables.AddPolicy(new Sendings(), HttpPipelinePosition.PerRetry);
        }

        public BlobClientOptions Blobs { get; } = new(BlobClientOptions.ServiceVersion.V2023_11_03);
        public QueueClientOptions Queues { get; } = new(QueueClientOptions.ServiceVersion.V2023_11_03);
        public TableClientOptions Tables { get; } = new(TableClientOptions.ServiceVersion.V2020_12_06);

        public IEnumerable<ClientOptions> All => [Blobs, Queues, Tables];
    }

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();

    // Also accounts in a zone of their own, as in example.z01.blob.storage.azure.net.
    [GeneratedRegex(@"^(?<account>[a-z0-9]{3,24}(\.z\d+)?)\.(blob|queue|table)\.(?<suffix>[a-z0-9.-]+)$")]
    private static partial Regex ServiceHost();
}
