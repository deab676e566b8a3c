using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MrAgreement.Storage.Azure;

/// <summary>One storage account: where its three services answer, and how requests to them are signed.</summary>
public sealed partial class AzureAccount
{
    // Azurite's own, the same everywhere and printed in its manual.
    const string Development = "UseDevelopmentStorage=true";
    const string DevelopmentAccount = """
        AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;
        BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1
        """;

    AzureAccount(string name, Func<string, Uri> endpoint, Func<string, HttpPipelinePolicy> signature, AzureLimits limits,
        HttpPipelineTransport? transport = null)
    {
        Name = name;
        // The newest that each service's documentation of what we use is written for.
        Blobs = new(endpoint("blob"), signature("blob"), "2023-11-03", limits, transport);
        Queues = new(endpoint("queue"), signature("queue"), "2023-11-03", limits, transport);
        Tables = new(endpoint("table"), signature("table"), "2020-12-06", limits, transport);
    }

    public string Name { get; }
    public AzureService Blobs { get; }
    public AzureService Queues { get; }
    public AzureService Tables { get; }

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
        var token = new TokenPolicy(credential);
        return new(name, service => new($"https://{name}.{service}.{suffix}"), _ => token, limits, transport);
    }

    static AzureAccount WithKey(string connection, AzureLimits limits)
    {
        var given = connection.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.Last()[1], StringComparer.OrdinalIgnoreCase);
        var key = new byte[256];
        if (!given.TryGetValue("AccountName", out var name)
            || !Convert.TryFromBase64String(given.GetValueOrDefault("AccountKey", "?"), key, out var length))
            throw new StoreRefusedException("The connection string of the storage needs an AccountName and an AccountKey in Base64.");
        var shared = new SharedKey(name, key[..length]);
        return new(name, Endpoint, service => service == "table" ? new SharedKeyLitePolicy(shared) : new SharedKeyPolicy(shared), limits);

        Uri Endpoint(string service)
        {
            var address = given.GetValueOrDefault($"{service}Endpoint",
                $"{given.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.{service}.{given.GetValueOrDefault("EndpointSuffix", "core.windows.net")}");
            return Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
                ? endpoint
                : throw new StoreRefusedException($"The connection string of the storage has '{address}' for an address.");
        }
    }

    [GeneratedRegex("^[a-z0-9]{3,24}$")]
    private static partial Regex AccountName();

    // Also accounts in a zone of their own, as in example.z01.blob.storage.azure.net.
    [GeneratedRegex(@"^(?<account>[a-z0-9]{3,24}(\.z\d+)?)\.(blob|queue|table)\.(?<suffix>[a-z0-9.-]+)$")]
    private static partial Regex ServiceHost();
}
