using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Figures;

/// <summary>Random vectors for property tests.</summary>
internal static class Vectors
{
    /// <summary>Figures of a random number of cells, with empty cells, zeros and extremes.</summary>
    public static Arbitrary<Vector> Figures(int leastCells, int mostCells) => Arb.From(
        from length in Gen.Choose(leastCells, mostCells)
        from figures in OfLength(length, AnyValue)
        select figures);

    /// <summary>A list of figures that share one layout and whose values fit a form's bounds.</summary>
    public static Arbitrary<Vector[]> Leaves(int cells) => Arb.From(
        from count in Gen.Choose(0, 12)
        from leaves in Gen.ArrayOf(OfLength(cells, Gen.Choose(0, 1_000_000).Select(value => (long)value)), count)
        select leaves);

    private static Gen<long> AnyValue => Gen.OneOf(
        Gen.Elements(0L, 1L, -1L, 127L, 128L, long.MaxValue, long.MinValue),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => (long)value * 4_000_037));

    private static Gen<Vector> OfLength(int length, Gen<long> value) => Gen.ArrayOf(
        Gen.Frequency((1, Gen.Constant((long?)null)), (3, value.Select(given => (long?)given))), length)
        .Select(values => Vector.Of(values));
}
