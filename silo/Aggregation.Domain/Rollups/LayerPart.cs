using System.Collections.Immutable;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Rollups;

/// <summary>One layer of what a unit, or everything under it, adds to a total. Packed, because most lie at rest.</summary>
/// <param name="Packed">What <see cref="Totals.Pack()"/> wrote; empty when nothing is included.</param>
/// <param name="Digest">The set digest of the revisions included.</param>
public sealed record LayerPart(ImmutableArray<byte> Packed, SetDigest Digest)
{
    public static LayerPart Empty { get; } = new([], SetDigest.Zero);

    public bool IsEmpty => Packed.IsEmpty;

    /// <exception cref="FormatException">The bytes are damaged.</exception>
    public Totals Unpack() => Totals.Unpack(Packed.AsSpan());
}
