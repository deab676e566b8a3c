using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using MrAgreement.Web.People;
using MrAgreement.Web.SignIn;

namespace MrAgreement.Web.Limits;

/// <summary>Who is counted for a request: the person, or the address of whoever is not signed in.</summary>
sealed record Asker(string Key, PersonId? Person)
{
    // Whoever has an address of version 6 has as many as they like in one network.
    const int NetworkBytes = 8;

    static readonly object item = new();

    /// <summary>As it was found out for this request; null for what is not counted.</summary>
    public static Asker? Of(HttpContext http) => http.Items[item] as Asker;

    /// <summary>Finds out who asks. Health is never counted, nor what every page has: stylesheet and pictures.</summary>
    public static async Task Find(HttpContext http)
    {
        if (Begins(http, "/health") || Begins(http, "/assets"))
            return;
        http.Items[item] = await Id(http) is { } person ? new Asker($"person {person}", person)
            : new Asker($"address {Network(http.Connection.RemoteIpAddress)}", null);
    }

    /// <summary>Whether the request tries to come in: signing in, or the link of an invitation.</summary>
    public static bool IsAtTheDoor(HttpContext http) => Begins(http, "/invitations")
        || Begins(http, "/sign-in") && (HttpMethods.IsPost(http.Request.Method)
            || http.Request.Path.Value!.EndsWith("/callback", StringComparison.OrdinalIgnoreCase));

    public static bool Begins(HttpContext http, string place) =>
        http.Request.Path.StartsWithSegments(place, StringComparison.OrdinalIgnoreCase);

    // What fails here fails again where it is asked for, and is told there.
    static async Task<PersonId?> Id(HttpContext http)
    {
        try
        {
            var known = await http.AuthenticateAsync(Begins(http, "/api") ? BearerTokens.Scheme : SessionCookie.Scheme);
            return known.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new(id) : null;
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    static string Network(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString()
    };
}
