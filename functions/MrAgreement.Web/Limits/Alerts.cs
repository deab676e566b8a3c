using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MrAgreement.People;
using MrAgreement.Running;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Limits;

/// <summary>What the log of security events hears of requests: limits, refusals and demands to sign in again, each told seldom.</summary>
public sealed class Alerts(SecurityLog log, IClock machine)
{
    readonly Seldom limits = new(machine, Duration.FromMinutes(1));
    readonly Seldom denials = new(machine, Duration.FromHours(1));
    readonly Seldom demands = new(machine, Duration.FromMinutes(1));

    internal Task Limited(HttpContext http, Asker asker) => limits.IsTime(asker.Key)
        ? log.Write(SecurityEvent.Limited, asker.Person, null, From(http), Asker.IsAtTheDoor(http) ? "door" : null)
        : Task.CompletedTask;

    /// <summary>What was demanded before an act that much hangs on.</summary>
    public Task Demanded(HttpContext http, PersonId person, string provider) => demands.IsTime($"{person}")
        ? log.Write(SecurityEvent.StepUpAsked, person, provider, From(http))
        : Task.CompletedTask;

    /// <summary>After a request: whether it was refused to a person in an agreement.</summary>
    internal Task Denied(HttpContext http, PersonId person) =>
        http.Response.StatusCode == StatusCodes.Status403Forbidden
        && (http.GetRouteValue("agreementId") ?? http.GetRouteValue("id"))?.ToString() is { } agreement
        && Guid.TryParse(agreement, out var id)
        && denials.IsTime($"{person} {id}")
            ? log.Write(SecurityEvent.Denied, person, $"{id}", From(http))
            : Task.CompletedTask;

    static string? From(HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}
