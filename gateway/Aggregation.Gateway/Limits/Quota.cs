using System.Globalization;
using System.Threading.RateLimiting;
using Aggregation.Contracts;

namespace Aggregation.Gateway.Limits;

/// <summary>One limit, kept for each tenant and for each key: a rate, or a number at once.</summary>
internal sealed class Quota : IDisposable
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(2);

    private readonly PartitionedRateLimiter<Caller> ofKey;
    private readonly PartitionedRateLimiter<Caller> ofTenant;
    private readonly string what;
    private readonly TimeSpan retryAfter;
    private readonly int leastTokens;

    private Quota(LimitOptions options, string what, Func<LimitSet, double> amount, bool isRate, TimeSpan retryAfter, int leastTokens)
    {
        this.what = what;
        this.retryAfter = retryAfter;
        this.leastTokens = leastTokens;
        LimitSet SetOf(string tenant) => options.Tenants.GetValueOrDefault(tenant, options.Tenant);
        ofKey = PartitionedRateLimiter.Create<Caller, (string, string)>(
            caller => Partition((caller.Tenant, caller.KeyId), amount(options.Key), isRate));
        ofTenant = PartitionedRateLimiter.Create<Caller, string>(
            caller => Partition(caller.Tenant, amount(SetOf(caller.Tenant)), isRate));
    }

    /// <param name="options">The limits.</param>
    /// <param name="what">For people: what there are too many of.</param>
    /// <param name="amount">How much in a second.</param>
    /// <param name="leastTokens">What one call may always take when nothing was taken for long.</param>
    public static Quota Rate(LimitOptions options, string what, Func<LimitSet, double> amount, int leastTokens = 1) =>
        new(options, what, amount, isRate: true, TimeSpan.FromSeconds(1), leastTokens);

    /// <param name="options">The limits.</param>
    /// <param name="what">For people: what there are too many of.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="retryAfter">Told to whom is refused: how long these things usually last.</param>
    public static Quota Number(LimitOptions options, string what, Func<LimitSet, double> most, TimeSpan retryAfter) =>
        new(options, what, most, isRate: false, retryAfter, leastTokens: 1);

    /// <summary>Takes from both; what is given back on disposal counts only for a number.</summary>
    /// <exception cref="QuotaExceededException">One of them has not as much.</exception>
    public Taken Take(Caller caller, int count = 1)
    {
        // The key first: a key at its limit takes nothing from the others of its tenant.
        var key = ofKey.AttemptAcquire(caller, count);
        if (!key.IsAcquired)
        {
            throw Exceeded(key, $"Key '{caller.KeyId}'");
        }

        var tenant = ofTenant.AttemptAcquire(caller, count);
        if (!tenant.IsAcquired)
        {
            key.Dispose();
            throw Exceeded(tenant, $"Tenant '{caller.Tenant}'");
        }

        return new Taken(key, tenant);
    }

    public void Dispose()
    {
        ofKey.Dispose();
        ofTenant.Dispose();
    }

    private RateLimitPartition<T> Partition<T>(T key, double amount, bool isRate)
    {
        if (!isRate)
        {
            return amount < 1
                ? RateLimitPartition.Get(key, static _ => (RateLimiter)new NothingLimiter())
                : RateLimitPartition.GetConcurrencyLimiter(
                    key, _ => new ConcurrencyLimiterOptions { PermitLimit = (int)amount, QueueLimit = 0 });
        }

        return RateLimitPartition.GetTokenBucketLimiter(key, _ =>
        {
            var tokens = Math.Max(1, (int)(amount * ShortestPeriod.TotalSeconds));
            return new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(leastTokens, (int)Math.Min(amount * Burst.TotalSeconds, int.MaxValue)),
                TokensPerPeriod = tokens,
                ReplenishmentPeriod = TimeSpan.FromSeconds(tokens / amount),
                QueueLimit = 0,
            };
        });
    }

    private QuotaExceededException Exceeded(RateLimitLease lease, string whose)
    {
        var after = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > TimeSpan.Zero ? told : retryAfter;
        lease.Dispose();
        return new QuotaExceededException(
            string.Create(CultureInfo.InvariantCulture, $"{whose} is at its limit of {what}; try again in {Math.Ceiling(after.TotalMilliseconds)} ms."),
            after);
    }

    /// <summary>Given back when disposed.</summary>
    internal readonly struct Taken(RateLimitLease? key, RateLimitLease? tenant) : IDisposable
    {
        public void Dispose()
        {
            // Where nothing was to be taken there is nothing to give back.
            tenant?.Dispose();
            key?.Dispose();
        }
    }
}
