namespace Aggregation.TestKit.Oracles;

/// <summary>A tree as it is on one day, and what each scope of a unit holds: itself, its level, its region.</summary>
public sealed class PeriodTree
{
    private readonly Dictionary<string, Stretch> _units;
    private readonly ILookup<string, Stretch> _children;

    public PeriodTree(IEnumerable<Stretch> inForce)
    {
        _units = inForce.ToDictionary(unit => unit.Code, StringComparer.Ordinal);
        _children = _units.Values.ToLookup(unit => unit.Parent, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<Stretch> All => _units.Values;

    public IEnumerable<string> Roots => _children[""].Select(unit => unit.Code);

    public bool Has(string unit) => _units.ContainsKey(unit);

    public Stretch this[string unit] => _units[unit];

    public IEnumerable<Stretch> Children(string unit) => _children[unit];

    /// <summary>The unit and everything below it.</summary>
    public IEnumerable<string> Region(string unit) => _children[unit].SelectMany(child => Region(child.Code)).Prepend(unit);

    /// <summary>The unit, and what is below it by way of departments and institutions.</summary>
    public IEnumerable<string> Level(string unit) =>
        _children[unit].Where(child => !child.IsGovernment).SelectMany(child => Region(child.Code)).Prepend(unit);
}
