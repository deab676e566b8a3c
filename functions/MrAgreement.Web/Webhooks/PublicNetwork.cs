using System.Net;
using System.Net.Sockets;

namespace MrAgreement.Web.Webhooks;

/// <summary>Which addresses may be connected to: those of the public network, and no other, whatever name leads there.</summary>
public static class PublicNetwork
{
    // Registered as not globally reachable (RFC 6890 and its registries), multicast, and what carries an IPv4 address inside.
    static readonly IPNetwork[] closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "168.63.129.16/32"
        }.Select(IPNetwork.Parse)
    ];

    public static bool IsPublic(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) is var it
        && !closed.Any(network => network.Contains(it));

    /// <summary>Addresses behind a name that may be connected to; empty when one of them may not.</summary>
    /// <param name="loopback">Whether this machine's own are allowed.</param>
    /// <exception cref="SocketException">The name is unknown.</exception>
    public static async Task<IReadOnlyList<IPAddress>> Resolve(string host, bool loopback, CancellationToken cancellation)
    {
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var one) ? [one] : await Dns.GetHostAddressesAsync(host, cancellation);
        return found.All(it => IsPublic(it) || loopback && IPAddress.IsLoopback(it)) ? found : [];
    }

    /// <summary>Connects to what a name stands for now, as it may be something else than when it was written down.</summary>
    public static async ValueTask<Stream> Connect(string host, int port, bool loopback, CancellationToken cancellation)
    {
        var addresses = await Resolve(host, loopback, cancellation);
        if (addresses.Count == 0)
            throw new PrivateAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address leads into a network that is nobody else's.</summary>
public sealed class PrivateAddressException() : Exception("The address is not a public one.");
