namespace Aggregation.Domain.Forms.Expressions;

/// <summary>An expression that cannot be compiled.</summary>
/// <param name="position">The character, from 1, at which it goes wrong.</param>
public sealed class ExpressionException(string text, int position, string rule)
    : Exception($"expression '{text}', position {position}: {rule}")
{
    public int Position => position;

    /// <summary>What it breaks there.</summary>
    public string Rule => rule;
}
