using System.Threading.RateLimiting;
using MrAgreement.Web.Limits;
using MrAgreement.Web.Tests.Hosts;

namespace MrAgreement.Web.Tests.Limits;

/// <summary>What somebody has left, by a clock that stands where it is set.</summary>
public class AllowanceTests
{
    readonly ManualTime time = new();

    [Fact]
    public void It_is_used_up_and_fills_evenly_to_no_more_than_there_may_be_at_once()
    {
        using var it = new Allowance(time, 60, 3);
        Assert.Equal("yyyn", Asked(it, 4));
        time.Goes(TimeSpan.FromSeconds(0.5));
        Assert.Equal("n", Asked(it, 1));
        time.Goes(TimeSpan.FromSeconds(0.5));
        Assert.Equal("yn", Asked(it, 2));
        time.Goes(TimeSpan.FromHours(1));
        Assert.Equal("yyyn", Asked(it, 4));
    }

    [Fact]
    public void Whoever_has_none_left_hears_when_to_come_back()
    {
        using var it = new Allowance(time, 10, 1);
        Asked(it, 1);
        time.Goes(TimeSpan.FromSeconds(2));
        using var lease = it.AttemptAcquire();
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var after));
        Assert.Equal(4, after.TotalSeconds, 3);
    }

    [Fact]
    public void It_is_forgotten_when_it_is_full_again_and_not_before()
    {
        using var it = new Allowance(time, 60, 2);
        Asked(it, 2);
        time.Goes(TimeSpan.FromSeconds(1));
        Assert.Null(it.IdleDuration);
        time.Goes(TimeSpan.FromSeconds(6));
        Assert.Equal(5, it.IdleDuration!.Value.TotalSeconds, 3);
    }

    [Theory]
    [InlineData("", "600 200 60 10")]
    [InlineData("person=6, door=1", "6 200 60 1")]
    [InlineData("person=6,burst=2,strangers=3,door=1", "6 2 3 1")]
    [InlineData("person=0", null)]
    [InlineData("person=-1", null)]
    [InlineData("person", null)]
    [InlineData("people=6", null)]
    [InlineData("person=99999999999", null)]
    public void Limits_are_read_by_name(string written, string? read) =>
        Assert.Equal(read, LimitSettings.Read(written) is { } it ? $"{it.Person} {it.Burst} {it.Strangers} {it.Door}" : null);

    static string Asked(Allowance it, int times) => string.Concat(Enumerable.Range(0, times).Select(_ =>
    {
        using var lease = it.AttemptAcquire();
        return lease.IsAcquired ? "y" : "n";
    }));
}
