namespace Aggregation.Domain.Structure.Changes;

/// <summary>One change of the structure as somebody wrote it, in text; see <see cref="ChangeKind"/> for what each kind needs.</summary>
/// <param name="Line">Line of the file, or number in the list; faults name it.</param>
/// <param name="Change">A kind of change, in English or Chinese.</param>
/// <param name="Tree">The tree changed; empty: the territory. A new name or kind holds in every tree.</param>
/// <param name="From">The first day of the change, yyyy-MM-dd. Periods whose last day is earlier keep their tree.</param>
/// <param name="Unit">Code of the unit changed.</param>
/// <param name="Parent">Code of the unit above it from then on.</param>
/// <param name="Into">Code of the unit that takes over, or of the part split off.</param>
/// <param name="Name">A name from then on.</param>
/// <param name="Kind">government, department or institution, in English or Chinese.</param>
/// <param name="Level">A government's level, in English or Chinese.</param>
/// <param name="Children">Codes of units below, separated by blanks.</param>
public sealed record ChangeRow(
    int Line, string Change, string Tree, string From, string Unit, string Parent = "", string Into = "", string Name = "",
    string Kind = "", string Level = "", string Children = "");
