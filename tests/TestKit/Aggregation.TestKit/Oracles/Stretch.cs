namespace Aggregation.TestKit.Oracles;

/// <summary>A unit in one tree from a day on, until a day.</summary>
/// <param name="Kind">As imports and changes write it.</param>
/// <param name="Level">Empty unless a government's.</param>
/// <param name="Parent">Empty for a root.</param>
/// <param name="From">First day; null: since ever.</param>
/// <param name="To">First day after it; null: open.</param>
public sealed record Stretch(string Code, string Name, string Kind, string Level, string Parent, DateOnly? From, DateOnly? To)
{
    public bool IsGovernment => Kind == "government";

    public bool IsOn(DateOnly day) => (From is null || From <= day) && (To is null || day < To);
}
