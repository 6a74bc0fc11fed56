namespace Aggregation.Domain.Forms.Expressions;

/// <summary>How the two sides of a rule compare when it holds.</summary>
internal enum Comparison
{
    Equal,
    AtMost,
    AtLeast,
    Less,
    Greater,
}
