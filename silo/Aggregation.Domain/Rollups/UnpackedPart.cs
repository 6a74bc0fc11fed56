using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Rollups;

/// <summary>A part with its bytes read, once for all sums that it enters or leaves.</summary>
/// <param name="Submitted">Null where nothing is included.</param>
/// <param name="Accepted">The same object where both layers share their bytes.</param>
internal readonly record struct UnpackedPart(RollupPart Part, Totals? Submitted, Totals? Accepted)
{
    public static UnpackedPart Of(RollupPart part)
    {
        var submitted = part.Submitted.IsEmpty ? null : part.Submitted.Unpack();
        var accepted = part.Accepted.Packed == part.Submitted.Packed ? submitted
            : part.Accepted.IsEmpty ? null : part.Accepted.Unpack();
        return new UnpackedPart(part, submitted, accepted);
    }
}
