using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;

namespace Aggregation.Domain.Tests.Structure.Changes;

/// <summary>Changes for the tests, all from one day on.</summary>
internal static class ChangeRows
{
    public static ChangeRow Row(
        string change, string unit, string parent = "", string into = "", string name = "", string kind = "") =>
        new(1, change, "", "2017-07-01", unit, parent, into, name, kind);

    /// <summary>The structure after changes that break no rule.</summary>
    public static AdministrativeStructure MustRestructure(this AdministrativeStructure structure, params ChangeRow[] rows)
    {
        var result = structure.Restructure(rows);
        Assert.Empty(result.Faults);
        return result.Structure!;
    }
}
