using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MrAgreement.Web.SignIn;

/// <summary>Tells in the log what is wrong with a provider, or with how it is set up:
/// once a minute at most, as strangers can make it happen.</summary>
sealed class ProviderTrouble(ILogger<ProviderTrouble> log, IClock machine)
{
    static readonly Duration every = Duration.FromMinutes(1);

    readonly ConcurrentDictionary<(string Provider, string Why), Instant> told = new();

    public void Tell(string provider, string why, Exception? failure)
    {
        var now = machine.GetCurrentInstant();
        // Whoever took too long is no trouble.
        if (why == SignInFailure.TooLate || told.TryGetValue((provider, why), out var last) && now - last < every)
            return;
        told[(provider, why)] = now;
        log.LogWarning("Nobody was signed in by {Provider} ({Why}): {Failure}", provider, why,
            string.Join(" ", Messages(failure)).ReplaceLineEndings(" "));
    }

    static IEnumerable<string> Messages(Exception? failure)
    {
        for (var it = failure; it is not null; it = it.InnerException)
            yield return it.Message;
    }
}
