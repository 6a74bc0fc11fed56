using System.Collections.Immutable;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// Compares what the ledgers of one tenant, form and period hold with the journal, by set digests. The grain key is an
/// <see cref="AuditKey"/>. Called by the silo, never by a user.
/// </summary>
[Alias("aggregation.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>
    /// The units whose totals differ and stay so with nothing on its way to them; empty where all is well. A total that
    /// differs only because one below it does is left out.
    /// </summary>
    [Alias("Audit"), ResponseTimeout("00:05:00")]
    Task<ImmutableArray<Drift>> Audit(CancellationToken cancellation);
}

/// <summary>A total that does not hold what the journal says.</summary>
/// <param name="Unit">The unit whose <see cref="Scope.Region"/> differs.</param>
/// <param name="Layer">The layer that differs.</param>
/// <param name="Held">Set digest of what its ledger holds, 32 hexadecimal digits.</param>
/// <param name="Expected">Set digest of what the journal has.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Drift")]
public sealed record Drift(
    [property: Id(0)] string Unit, [property: Id(1)] Layer Layer, [property: Id(2)] string Held, [property: Id(3)] string Expected);

/// <summary>Names what one audit looks at. The text form contains '/', like every key of ours.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.AuditKey")]
public readonly record struct AuditKey(
    [property: Id(0)] string Tenant, [property: Id(1)] string Form, [property: Id(2)] string Period)
{
    public override string ToString() => $"audit/{Tenant}/{Form}/{Period}";

    /// <summary>Reads a grain key back.</summary>
    /// <exception cref="FormatException">The text is not an audit key.</exception>
    public static AuditKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts is ["audit", var tenant, var form, var period]
            ? new AuditKey(tenant, form, period)
            : throw new FormatException($"'{text}' is not an audit key: audit/tenant/form/period.");
    }
}
