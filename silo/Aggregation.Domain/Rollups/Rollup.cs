using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Rollups;

/// <summary>
/// 汇总: the totals at one unit in one tree: its own part and one absolute part per child, and from them each scope's sum,
/// kept up to date as parts are replaced. Replacing a part costs the same however many children there are.
/// </summary>
/// <param name="cells">Number of cells of the form.</param>
public sealed class Rollup(int cells)
{
    private readonly Dictionary<string, Slot> _children = new(StringComparer.Ordinal);

    // A unit that never had a child is its own level and region, and most units are such: no sums are kept for them.
    private RunningTotal? _level;
    private RunningTotal? _region;

    public RollupPart Own { get; private set; } = RollupPart.Empty;

    /// <summary>Replaces the unit's own part.</summary>
    /// <exception cref="OverflowException">A sum exceeds 64 bits; the bounds of forms exclude it.</exception>
    public void SetOwn(RollupPart part)
    {
        if (_region is not null)
        {
            var before = UnpackedPart.Of(Own);
            var after = UnpackedPart.Of(part);
            Replace(_level!, before, after);
            Replace(_region, before, after);
        }

        Own = part;
    }

    /// <summary>Replaces a child's part.</summary>
    /// <param name="child">Unit code of the child.</param>
    /// <param name="belongsToLevel">The child is a department or institution: it counts in <see cref="Scope.Level"/>.</param>
    public void SetChild(string child, bool belongsToLevel, RollupPart part)
    {
        if (_region is null)
        {
            _level = new RunningTotal(cells);
            _region = new RunningTotal(cells);
            var own = UnpackedPart.Of(Own);
            _level.Add(own);
            _region.Add(own);
        }

        var slot = _children.GetValueOrDefault(child);
        var before = UnpackedPart.Of(slot.Part ?? RollupPart.Empty);
        var after = UnpackedPart.Of(part);
        Replace(_region, before, after);
        if (slot.BelongsToLevel)
        {
            _level!.Remove(before);
        }

        if (belongsToLevel)
        {
            _level!.Add(after);
        }

        _children[child] = new Slot(part, belongsToLevel);
    }

    /// <summary>A child's part; <see cref="RollupPart.Empty"/> where none was set.</summary>
    public RollupPart Child(string child) => _children.TryGetValue(child, out var slot) ? slot.Part : RollupPart.Empty;

    public Totals Totals(Scope scope, Layer layer) => Sum(scope) is { } sum ? sum.Totals(layer)
        : Own[layer].IsEmpty ? Figures.Totals.Empty(cells) : Own[layer].Unpack();

    public SetDigest Digest(Scope scope, Layer layer) => Sum(scope)?.Digest(layer) ?? Own[layer].Digest;

    public ReportCounts Counts(Scope scope) => Sum(scope)?.Counts ?? Own.Counts;

    /// <summary>The sums of those below; null for a unit that has none.</summary>
    public SumsBelow? Below(Layer layer)
    {
        if (_region is null || _level is null)
        {
            return null;
        }

        var (own, level, region) = (Totals(Scope.Own, layer), _level.Totals(layer), _region.Totals(layer));
        return new SumsBelow(region.Without(own), level.Without(own), region.Without(level));
    }

    /// <summary>What this unit hands its parent: everything it holds.</summary>
    public RollupPart ToPart() => _region?.ToPart() ?? Own;

    private RunningTotal? Sum(Scope scope) => scope switch
    {
        Scope.Own => null,
        Scope.Level => _level,
        _ => _region,
    };

    private static void Replace(RunningTotal sum, in UnpackedPart before, in UnpackedPart after)
    {
        sum.Remove(before);
        sum.Add(after);
    }

    private readonly record struct Slot(RollupPart Part, bool BelongsToLevel);
}
