namespace Aggregation.Domain.Forms;

/// <summary>A headed group of cells, as the form is printed.</summary>
public sealed record Section(string Code, string NameZh, string NameEn);
