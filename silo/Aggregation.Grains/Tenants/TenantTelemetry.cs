using System.Diagnostics.Metrics;

namespace Aggregation.Grains.Tenants;

/// <summary>Instruments of what this silo knows of tenants and of the platform: which keys are about to expire.</summary>
internal sealed class TenantTelemetry(IMeterFactory meters, TenantCatalog tenants, TimeProvider clock) : IDisposable
{
    public const string Name = "Aggregation.Tenants";

    /// <summary>So long before its end a key counts as expiring.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    private readonly Meter _meter = meters.Create(Name);
    private KeyBook _platform = KeyBook.Empty;

    /// <summary>The platform's keys, as the platform's grain has read them last.</summary>
    public KeyBook Platform
    {
        set => Volatile.Write(ref _platform, value);
    }

    public void Begin()
    {
        _meter.CreateObservableGauge(
            "aggregation.tenants.known", () => tenants.Known.Count(), "{tenant}", "Tenants that this silo has looked at");
        _meter.CreateObservableGauge(
            "aggregation.tenants.keys.expiring", () => Expiring().Count(), "{key}",
            "Keys in force, not replaced, that expire within 30 days");
        _meter.CreateObservableGauge("aggregation.tenants.keys.remaining", Remaining, "s", "Time until the first of the expiring keys expires");
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Remaining()
    {
        var now = clock.GetUtcNow();
        var remaining = Expiring().Select(at => (at - now).TotalSeconds).DefaultIfEmpty(double.PositiveInfinity).Min();
        return double.IsFinite(remaining) ? [new Measurement<double>(remaining)] : [];
    }

    /// <summary>When each expiring key expires. One that a rotation has replaced is meant to.</summary>
    private IEnumerable<DateTimeOffset> Expiring()
    {
        var now = clock.GetUtcNow();
        return tenants.Known.Select(tenant => tenants.Seen(tenant).Keys).Prepend(Volatile.Read(ref _platform))
            .SelectMany(book => book.Keys.Values.Where(key => book.IsOpen(key, now)))
            .Where(key => string.IsNullOrEmpty(key.View.ReplacedBy) && key.View.ExpiresAt is { } at && at - now <= Ahead)
            .Select(static key => key.View.ExpiresAt!.Value);
    }
}
