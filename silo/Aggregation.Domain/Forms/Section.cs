namespace Aggregation.Domain.Forms;

/// <summary>A headed group of cells, printed as one table.</summary>
/// <param name="CornerZh">What stands over the names of rows; empty for nothing.</param>
/// <param name="IsAcross">Rows are printed beside each other, as groups of columns in one line of figures.</param>
public sealed record Section(string Code, string NameZh, string NameEn, string CornerZh, string CornerEn, bool IsAcross);
