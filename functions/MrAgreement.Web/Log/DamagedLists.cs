using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Web.Log;

/// <summary>Lists that somebody has written in are made anew from the logs, and not again and again: whoever writes there once more must
/// not keep the program at it.</summary>
public sealed partial class DamagedLists(ILogger<DamagedLists> log)
{
    static readonly TimeSpan between = TimeSpan.FromMinutes(10);

    readonly Lock turn = new();
    long? last;

    /// <summary>Tells it, and answers whether they are to be made anew now.</summary>
    public bool MayBeMadeAnew(Exception why)
    {
        lock (turn)
        {
            var may = last is not { } at || Stopwatch.GetElapsedTime(at) >= between;
            if (may)
                last = Stopwatch.GetTimestamp();
            Damaged(log, why, may ? "they are made anew from the logs" : "they were made anew a short while ago; --rebuild makes them anew at once");
            return may;
        }
    }

    [LoggerMessage(EventName = "ListsDamaged", Level = LogLevel.Error, Message = "The lists hold a row that no program has written: {Then}.")]
    static partial void Damaged(ILogger logger, Exception e, string then);
}
