using Microsoft.Extensions.Logging;
using MrAgreement.Web.Http;

namespace MrAgreement.Web.SignIn;

/// <summary>Tells in the log what is wrong with a provider, or with how it is set up:
/// once a minute at most, as strangers can make it happen.</summary>
sealed class ProviderTrouble(ILogger<ProviderTrouble> log, IClock machine)
{
    readonly Seldom told = new(machine, Duration.FromMinutes(1));

    public void Tell(string provider, string why, Exception? failure)
    {
        // Whoever took too long is no trouble.
        if (why == SignInFailure.TooLate || !told.IsTime($"{provider} {why}"))
            return;
        log.LogWarning("Nobody was signed in by {Provider} ({Why}): {Failure}", provider, why,
            string.Join(" ", Messages(failure)).ReplaceLineEndings(" "));
    }

    static IEnumerable<string> Messages(Exception? failure)
    {
        for (var it = failure; it is not null; it = it.InnerException)
            yield return it.Message;
    }
}
