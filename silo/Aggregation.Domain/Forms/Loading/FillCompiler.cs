using System.Collections.Immutable;
using Aggregation.Domain.Forms.Expressions;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>Collects the totals that may be filled in, and orders them so that each comes after the totals among its parts.</summary>
internal sealed class FillCompiler(IReadOnlyList<Cell> cells, FaultList faults)
{
    private readonly List<CellFill> _fills = [];

    /// <summary>Takes in a rule that says <c>total = sum of parts</c>.</summary>
    public void Add(CheckDefinition check, LinearExpression left, Comparison comparison, LinearExpression right)
    {
        if (check.Severity == Severity.Hard && comparison == Comparison.Equal && left.Scale == right.Scale
            && left.PlainSum is [var total] && right.PlainSum is { Length: > 0 } parts
            && parts.All(part => cells[part].Scale == cells[total].Scale))
        {
            _fills.Add(new CellFill(total, parts));
        }
        else
        {
            faults.Add($"check {check.Id}", "it fills, so it is hard and says that one cell is the sum of others with as many decimals");
        }
    }

    /// <summary>Every total after those that it is made of.</summary>
    public ImmutableArray<CellFill> Order()
    {
        var ordered = ImmutableArray.CreateBuilder<CellFill>(_fills.Count);
        var waiting = new List<CellFill>(_fills);
        while (waiting.Count > 0)
        {
            var totals = waiting.Select(fill => fill.Total).ToHashSet();
            var ready = waiting.FindAll(fill => !fill.Parts.Any(totals.Contains));
            if (ready.Count == 0)
            {
                faults.Add($"cell {cells[waiting[0].Total].Code}", "it fills itself in, by way of its parts");
                return [];
            }

            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }

        return ordered.ToImmutable();
    }
}
