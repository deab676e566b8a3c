namespace MrAgreement.Web.Tests.SignIn;

/// <summary>A clock that stands where it was set.</summary>
sealed class SetClock(Instant at) : IClock
{
    public Instant At { get; set; } = at;

    public Instant GetCurrentInstant() => At;
}
