namespace Aggregation.Domain.Periods;

/// <summary>How long a <see cref="Period"/> is.</summary>
[GenerateSerializer, Alias("aggregation.PeriodKind")]
public enum PeriodKind
{
    /// <summary>A calendar year, written <c>2017</c>.</summary>
    Year = 0,

    /// <summary>A calendar quarter, written <c>2017Q3</c>.</summary>
    Quarter = 1,

    /// <summary>A calendar month, written <c>2017-11</c>.</summary>
    Month = 2,
}
