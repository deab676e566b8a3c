namespace MrAgreement.Web.Tests.Hosts;

/// <summary>Time that goes when it is told to.</summary>
sealed class ManualTime : TimeProvider
{
    long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Goes(TimeSpan by) => ticks += by.Ticks;
}
