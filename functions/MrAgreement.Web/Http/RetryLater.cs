using MrAgreement.Documents;

namespace MrAgreement.Web.Http;

/// <summary>When whoever could not be served is to come again.</summary>
static class RetryLater
{
    /// <summary>In seconds. A store that is gone is missed by many at the same time: they are not all to come back at once.</summary>
    public static string After(Exception failure) =>
        failure is StoreUnavailableException and not DocumentDamagedException ? $"{Random.Shared.Next(5, 16)}" : "1";
}
