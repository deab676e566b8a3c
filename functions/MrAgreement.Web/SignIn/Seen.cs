using System.Net;
using System.Net.Sockets;

namespace MrAgreement.Web.SignIn;

/// <summary>What is kept of where a session was begun: enough to know it again, too little to follow somebody by.</summary>
static class Seen
{
    // Each says that it is also the ones before it.
    static readonly (string Mark, string Name)[] browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    static readonly (string Mark, string Name)[] systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    /// <summary>The network of an address, as in <c>192.0.2.0/24</c>; null for none.</summary>
    public static string? Network(IPAddress? address)
    {
        if (address is null)
            return null;
        var it = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var prefix = it.AddressFamily == AddressFamily.InterNetwork ? 24 : 48;
        var bytes = it.GetAddressBytes();
        bytes.AsSpan(prefix / 8).Clear();
        return $"{new IPAddress(bytes)}/{prefix}";
    }

    /// <summary>As in <c>Firefox, Windows</c>; null for what is neither known browser nor system.</summary>
    public static string? Browser(string? agent) =>
        string.Join(", ", new[] { Of(browsers, agent), Of(systems, agent) }.OfType<string>()) is { Length: > 0 } known ? known : null;

    static string? Of((string Mark, string Name)[] all, string? agent) =>
        all.FirstOrDefault(it => agent?.Contains(it.Mark, StringComparison.Ordinal) == true).Name;
}
