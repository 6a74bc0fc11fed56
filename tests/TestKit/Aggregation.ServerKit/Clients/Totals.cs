using System.Collections.Concurrent;
using System.Globalization;
using Aggregation.V1;

namespace Aggregation.ServerKit.Clients;

/// <summary>
/// Every total of a tree as lines of text, in one order, so that two readings compare line by line. For forms of whole numbers.
/// </summary>
public static class Totals
{
    private const int CallsAtOnce = 16;

    public static readonly IReadOnlyList<Scope> Scopes = [Scope.Own, Scope.Level, Scope.Region];

    public static readonly IReadOnlyList<Layer> Layers = [Layer.Submitted, Layer.Accepted];

    /// <summary>Reads the totals of all units in every scope and layer.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        Api api, string key, UnitTree tree, string form, string period, CancellationToken cancellation)
    {
        var selectors =
            from unit in tree.All
            from scope in Scopes
            from layer in Layers
            select new TotalSelector { Unit = unit.Code, Form = form, Period = period, Scope = scope, Layer = layer };
        var lines = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(selectors, options, async (selector, stop) =>
        {
            var total = await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = selector }, Api.With(key, stop));
            lines.Add(Line(total));
        });
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public static string Line(
        string unit, Scope scope, Layer layer, Coverage coverage, string digest, IEnumerable<(string Cell, long Amount, int Count)> cells)
    {
        var texts = cells
            .OrderBy(cell => cell.Cell, StringComparer.Ordinal)
            .Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Cell}={cell.Amount}({cell.Count})"));
        return $"{unit} {scope} {layer} {coverage} {digest} {string.Join(' ', texts)}";
    }

    private static string Line(Total total)
    {
        var selector = total.Selector;
        return Line(
            selector.Unit, selector.Scope, selector.Layer, total.Coverage, total.Digest,
            total.Cells.Select(cell => (cell.Code, Whole(cell.Amount), cell.Count)));
    }

    private static long Whole(Amount amount) => amount.Nanos == 0
        ? amount.Units
        : throw new InvalidOperationException($"An amount of {amount.Units} and {amount.Nanos} billionths; it must be whole.");
}
