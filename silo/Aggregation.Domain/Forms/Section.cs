namespace Aggregation.Domain.Forms;

/// <summary>A headed group of cells, printed as one table.</summary>
/// <param name="CornerZh">What stands over the names of rows; empty for nothing.</param>
/// <param name="IsAcross">Rows are printed beside each other, as groups of columns in one line of figures.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Section")]
public sealed record Section(
    [property: Id(0)] string Code,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    [property: Id(3)] string CornerZh,
    [property: Id(4)] string CornerEn,
    [property: Id(5)] bool IsAcross);
