using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.ServerKit.Clients;

/// <summary>
/// Every total of a tree as lines of text, in one order, so that two readings compare line by line. For forms of whole numbers.
/// </summary>
public static class Totals
{
    private const int CallsAtOnce = 16;

    /// <summary>How long a total may stay of an earlier structure; in time, as a machine that stalls does not stop the asking too.</summary>
    private static readonly TimeSpan MostFollowing = Patience.Step / 2;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(10);

    /// <summary>The tree that every tenant has.</summary>
    public const string Territory = "territory";

    public static readonly IReadOnlyList<Scope> Scopes = [Scope.Own, Scope.Level, Scope.Region];

    public static readonly IReadOnlyList<Layer> Layers = [Layer.Submitted, Layer.Accepted];

    /// <summary>Reads the totals of all units in every scope and layer.</summary>
    public static Task<IReadOnlyList<string>> ReadAsync(
        Api api, string key, UnitTree tree, string form, string period, CancellationToken cancellation) =>
        ReadAsync(api, key, Territory, [.. tree.All.Select(static unit => unit.Code)], form, period, 0, cancellation);

    /// <summary>Reads the totals of some units of one tree in every scope and layer.</summary>
    /// <param name="structureVersion">A total that is still of an earlier structure is asked for again, though not for ever; 0 to take what comes first.</param>
    /// <returns>A line for each; where the server knows no such total, a line that says so.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        Api api, string key, string tree, IReadOnlyList<string> units, string form, string period, long structureVersion,
        CancellationToken cancellation)
    {
        var selectors =
            from unit in units
            from scope in Scopes
            from layer in Layers
            select new TotalSelector { Unit = unit, Form = form, Period = period, Scope = scope, Layer = layer, Tree = tree };
        var lines = new ConcurrentBag<string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(selectors, options, async (selector, stop) =>
            lines.Add(await LineAsync(api, key, selector, structureVersion, stop)));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    public static string Line(
        string unit, string name, Scope scope, Layer layer, Coverage coverage, string digest,
        IEnumerable<(string Cell, long Amount, int Count)> cells)
    {
        var texts = cells
            .OrderBy(cell => cell.Cell, StringComparer.Ordinal)
            .Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Cell}={cell.Amount}({cell.Count})"));
        return $"{unit} {scope} {layer} {name} {coverage} {digest} {string.Join(' ', texts)}";
    }

    private static async Task<string> LineAsync(
        Api api, string key, TotalSelector selector, long structureVersion, CancellationToken cancellation)
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Between, cancellation))
        {
            Total total;
            try
            {
                total = await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = selector }, Api.With(key, cancellation));
            }
            catch (RpcException none) when (none.StatusCode is StatusCode.NotFound)
            {
                return $"{selector.Unit} {selector.Scope} {selector.Layer} {none.StatusCode}";
            }

            if (total.StructureVersion >= structureVersion || Stopwatch.GetElapsedTime(began) > MostFollowing)
            {
                return Line(total);
            }
        }
    }

    private static string Line(Total total)
    {
        var selector = total.Selector;
        return Line(
            selector.Unit, total.UnitName, selector.Scope, selector.Layer, total.Coverage, total.Digest,
            total.Cells.Select(cell => (cell.Code, Whole(cell.Amount), cell.Count)));
    }

    private static long Whole(Amount amount) => amount.Nanos == 0
        ? amount.Units
        : throw new InvalidOperationException($"An amount of {amount.Units} and {amount.Nanos} billionths; it must be whole.");
}
