namespace Aggregation.Domain.Forms.Checks;

/// <summary>Which of a unit's reports a cell of a rule is of.</summary>
/// <param name="Form">Another form; null: the form that is checked.</param>
/// <param name="Period">For which period.</param>
public readonly record struct CellSource(string? Form, SourcePeriod Period)
{
    /// <summary>The report that is checked.</summary>
    public static CellSource Checked => default;
}

/// <summary>A period, by the one that is checked.</summary>
public enum SourcePeriod
{
    /// <summary>The same one.</summary>
    Same,

    /// <summary>The same one a year earlier.</summary>
    LastYear,

    /// <summary>The four quarters of the year that is checked, put together as each cell's kind says.</summary>
    Quarters,
}
