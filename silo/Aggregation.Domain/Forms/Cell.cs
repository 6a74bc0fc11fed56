namespace Aggregation.Domain.Forms;

/// <summary>One cell of a form: an indicator, or an indicator in one of its columns.</summary>
/// <param name="Code">Unique in its form and stable: the indicator's code, or <c>indicator:column</c>.</param>
/// <param name="Index">The place in the form's dense vectors, from 0.</param>
/// <param name="Indicator">The code of the indicator (指标).</param>
/// <param name="Column">The code of the column, or null.</param>
/// <param name="UnitOfMeasure">What is counted, such as 条 or 万元.</param>
/// <param name="Scale">Decimals, 0 to 6: a fixed-point value stands for itself / 10^scale.</param>
/// <param name="Max">The largest value one unit may give, in whole units; the smallest is 0.</param>
/// <param name="Section">The code of the section that the cell is printed in.</param>
/// <param name="Parent">The code of the cell that this one is a part of (其中, or a breakdown), or null.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Cell")]
public sealed record Cell(
    [property: Id(0)] string Code,
    [property: Id(1)] int Index,
    [property: Id(2)] string Indicator,
    [property: Id(3)] string? Column,
    [property: Id(4)] string NameZh,
    [property: Id(5)] string NameEn,
    [property: Id(6)] string UnitOfMeasure,
    [property: Id(7)] int Scale,
    [property: Id(8)] CellKind Kind,
    [property: Id(9)] long Max,
    [property: Id(10)] string Section,
    [property: Id(11)] string? Parent);
