using Microsoft.Extensions.Logging;
using MrAgreement.Documents;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.Service;

/// <summary>What is said of a store that does not read or write: to whoever asked for something, and in the log.</summary>
sealed partial class StoreTrouble(ILogger<StoreTrouble> log)
{
    readonly Seldom told = new(SystemClock.Instance, Duration.FromMinutes(1));

    /// <summary>As whoever asked is told it.</summary>
    public static Refused Refused(StoreUnavailableException failure) => new(failure switch
    {
        StoreUnwritableException { IsFull: true } => "storage-full",
        StoreUnwritableException => "storage-unwritable",
        _ => "storage-unavailable"
    });

    /// <summary>Whether it is such a failure, which every request meets: one line in a minute tells of all of a kind.</summary>
    public bool Told(Exception failure)
    {
        if (failure is not (StoreBusyException or StoreUnavailableException) or DocumentDamagedException)
            return false;
        var kind = failure is StoreUnavailableException unavailable ? Refused(unavailable).Slug : "busy";
        if (told.IsTime(kind))
            Failing(log, kind, failure.Message.ReplaceLineEndings(" "));
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Requests fail ({Kind}), told once a minute: {Why}")]
    static partial void Failing(ILogger log, string kind, string why);
}
