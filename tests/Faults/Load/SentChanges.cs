using Aggregation.TestKit.Oracles;
using Aggregation.V1;

namespace Aggregation.Faults.Load;

/// <summary>One list of changes of a tenant's structure. A structure takes one list; what is refused may be followed by another.</summary>
/// <param name="StructureVersion">The structure that it is meant for.</param>
internal sealed record SentChanges(string Tenant, long StructureVersion, IReadOnlyList<ChangeLine> Lines)
{
    public bool Equals(SentChanges? other) => other is not null && other.Tenant == Tenant
        && other.StructureVersion == StructureVersion && other.Lines.SequenceEqual(Lines);

    public override int GetHashCode() => HashCode.Combine(Tenant, StructureVersion, Lines.Count, Lines[0]);

    public override string ToString() => $"{Tenant} structure {StructureVersion}: {string.Join("; ", Lines)}";

    public ApplyRestructuringRequest ToRequest()
    {
        var request = new ApplyRestructuringRequest { StructureVersion = StructureVersion, AcceptLoss = true };
        request.Changes.Add(Lines.Select(static (line, index) => new StructureChange
        {
            Line = index + 1, Change = line.Change, Tree = line.Tree, From = line.From, Unit = line.Unit, Parent = line.Parent,
            Into = line.Into, Name = line.Name, Kind = line.Kind, Level = line.Level, Children = line.Children,
        }));
        return request;
    }
}

/// <summary>What is known of a list of changes.</summary>
internal enum ChangesOutcome
{
    /// <summary>Nothing: it may be applied or not.</summary>
    Unknown,

    /// <summary>The server said that it is applied.</summary>
    Applied,

    /// <summary>The server said that a rule forbids it.</summary>
    Refused,
}
