using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tasks;

/// <summary>How many units of one kind and level have which last day.</summary>
/// <param name="Kind">Of the units.</param>
/// <param name="Level">Of the government that they are, or are under.</param>
/// <param name="Deadline">Their last day.</param>
/// <param name="Units">How many.</param>
/// <param name="Filed">How many of them have filed already.</param>
[GenerateSerializer, Immutable, Alias("aggregation.TaskRow")]
public sealed record TaskRow(
    [property: Id(0)] UnitKind Kind,
    [property: Id(1)] UnitLevel Level,
    [property: Id(2)] DateOnly Deadline,
    [property: Id(3)] int Units,
    [property: Id(4)] int Filed);
