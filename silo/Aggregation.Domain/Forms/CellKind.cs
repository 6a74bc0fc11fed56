namespace Aggregation.Domain.Forms;

/// <summary>What a cell measures, and so how several periods make one. Over the tree every cell sums.</summary>
[GenerateSerializer, Alias("aggregation.CellKind")]
public enum CellKind
{
    /// <summary>What happened during the period; over time it sums.</summary>
    Flow = 0,

    /// <summary>The state at the period's end; over time the last one stands.</summary>
    Stock = 1,

    /// <summary>A state carried over from before the period; over time the first one stands.</summary>
    OpeningStock = 2,

    /// <summary>A state handed on to the next period; over time the last one stands.</summary>
    ClosingStock = 3,
}
