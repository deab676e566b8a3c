namespace MrAgreement.Storage.Azure;

/// <summary>How long an Azure account is waited for before the store is called unavailable.</summary>
/// <param name="Retries">How often a request is sent again that got no answer, or one that is worth another try.</param>
/// <param name="FirstDelay">Before the first retry; each of the others waits about twice as long.</param>
/// <param name="Timeout">For one try, beside the time that it takes to send what it carries.</param>
/// <param name="Whole">For all tries together: none is begun that may last longer.</param>
public sealed record AzureLimits(int Retries, TimeSpan FirstDelay, TimeSpan Timeout, TimeSpan Whole)
{
    /// <summary>Less than five seconds in all: somebody is waiting for an answer.</summary>
    public static readonly AzureLimits Default = new(4, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4.5));

    /// <summary>A server that asks for more time than this is not waited for: our caller is told to come again instead.</summary>
    public TimeSpan Patience => Whole - Timeout;
}
