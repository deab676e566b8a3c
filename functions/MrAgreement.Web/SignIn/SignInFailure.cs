using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace MrAgreement.Web.SignIn;

/// <summary>Why somebody could not be signed in, as the page says it.</summary>
static class SignInFailure
{
    /// <summary>The provider does not answer.</summary>
    public const string Down = "provider-down";

    /// <summary>What was begun is too old, used up, or was begun elsewhere.</summary>
    public const string TooLate = "too-late";

    /// <summary>It does not tell by what we know people.</summary>
    public const string NoClaim = "no-claim";

    /// <summary>It does not tell that somebody has just shown who they are.</summary>
    public const string NotAgain = "not-again";

    const string Clock = "clock";
    const string Failed = "failed";

    /// <summary>All that the page knows.</summary>
    public static readonly IReadOnlySet<string> All = new HashSet<string>
    {
        Down, TooLate, Clock, Failed, "denied", NoClaim, NotAgain, "not-invited", "has-left", "no-such-invitation",
        "invitation-ended", "invitation-used", "changed-meanwhile"
    };

    public static string Of(Exception? failure)
    {
        for (var it = failure; it is not null; it = it.InnerException)
            switch (it)
            {
                case SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenInvalidLifetimeException:
                    return Clock;
                // Begun anew, it goes by the keys that hold now.
                case SecurityTokenSignatureKeyNotFoundException:
                    return TooLate;
                case HttpRequestException or IOException or TaskCanceledException:
                    return Down;
                case OpenIdConnectProtocolException when it.Data["error"] is "temporarily_unavailable" or "server_error":
                    return Down;
            }
        // The framework has no type for what does not fit the browser that it comes from.
        return failure?.Message.Contains("orrelation", StringComparison.Ordinal) == true
            || failure?.Message.Contains("State", StringComparison.Ordinal) == true ? TooLate : Failed;
    }
}
