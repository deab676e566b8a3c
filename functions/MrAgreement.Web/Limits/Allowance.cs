using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace MrAgreement.Web.Limits;

/// <summary>What somebody has left: it fills up evenly, to so many at once.
/// The framework's own limiters keep to no clock but the machine's.</summary>
public sealed class Allowance(TimeProvider time, int aMinute, int atOnce) : RateLimiter
{
    readonly Lock turn = new();
    double left = atOnce;
    long looked = time.GetTimestamp();

    /// <summary>How long it has been full, and may be forgotten; null while it is not.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (turn)
            {
                var since = time.GetElapsedTime(looked);
                var missing = TimeSpan.FromMinutes((atOnce - left) / aMinute);
                return since < missing ? null : since - missing;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (turn)
        {
            var now = time.GetTimestamp();
            left = Math.Min(atOnce, left + time.GetElapsedTime(looked, now).TotalMinutes * aMinute);
            looked = now;
            if (left < permitCount)
                return new Lease(TimeSpan.FromMinutes((permitCount - left) / aMinute));
            left -= permitCount;
            return Lease.Given;
        }
    }

    // Nobody waits in a queue: whoever has too much is told when to come back.
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    sealed class Lease(TimeSpan? after) : RateLimitLease
    {
        public static readonly Lease Given = new(null);

        public override bool IsAcquired => after is null;

        public override IEnumerable<string> MetadataNames => after is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? after : null;
            return metadata is not null;
        }
    }
}
