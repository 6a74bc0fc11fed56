using System.Collections.Immutable;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>
/// A compiled check 审核公式. An empty cell counts as 0 as soon as another cell of the check is given; a check none of
/// whose cells is given does not apply.
/// </summary>
public abstract class Check
{
    private protected Check(string id, Severity severity, string rule, ImmutableArray<string> cells)
    {
        Id = id;
        Severity = severity;
        Rule = rule;
        Cells = cells;
    }

    /// <summary>Unique in the form and stable. Checks that judge cells one by one find <c>id:cell</c>.</summary>
    public string Id { get; }

    public Severity Severity { get; }

    /// <summary>What should hold, as text.</summary>
    public string Rule { get; }

    /// <summary>The cells that the check reads; empty for one that reads none.</summary>
    public ImmutableArray<string> Cells { get; }

    /// <summary>The unit's other reports that its rule names; it applies only where all of them were filed.</summary>
    public virtual ImmutableArray<CellSource> Sources => [];

    /// <summary>Adds what does not hold. Creates the list with the first finding: none, no allocation.</summary>
    internal abstract void Evaluate(in CheckInput input, ref List<Finding>? findings);
}
