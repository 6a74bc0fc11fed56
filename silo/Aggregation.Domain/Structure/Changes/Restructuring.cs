using System.Collections.Immutable;

namespace Aggregation.Domain.Structure.Changes;

/// <summary>Applies a list of changes, one after the other, to drafts of the trees, noting every fault on its line.</summary>
internal sealed class Restructuring(ImmutableSortedDictionary<string, Tree> trees, List<ImportFault> faults)
{
    private const string UnallocatedZh = "（未分配）";

    private readonly SortedDictionary<string, TreeDraft> drafts = new(
        trees.ToDictionary(tree => tree.Key, tree => new TreeDraft(tree.Key, tree.Value)), StringComparer.Ordinal);

    /// <summary>The earliest day on which anything changes.</summary>
    public DateOnly From { get; private set; } = DateOnly.MaxValue;

    /// <summary>The latest day on which anything changes.</summary>
    public DateOnly Until { get; private set; } = DateOnly.MinValue;

    /// <summary>The trees that differ; to be used only where there are no faults.</summary>
    public IEnumerable<(string Name, Tree Tree)> Changed =>
        drafts.Values.Where(draft => draft.IsChanged).Select(draft => (draft.Name, draft.Build()));

    public void Apply(Change change)
    {
        if (!drafts.TryGetValue(change.Tree, out var draft))
        {
            faults.Add(ChangeFaults.Tree(change.Line, change.Tree));
            return;
        }

        From = change.From < From ? change.From : From;
        Until = change.From > Until ? change.From : Until;
        if (change.Kind == ChangeKind.Open)
        {
            Open(draft, change, change.Unit, "unit", change.Parent.Length == 0 ? null : change.Parent, basis: null);
            return;
        }

        if (!CanChange(draft, change, "unit", change.Unit))
        {
            return;
        }

        switch (change.Kind)
        {
            case ChangeKind.Move:
                if (RequireInForce(draft, change, "parent", change.Parent))
                {
                    draft.Set(change.Line, change.Unit, change.From, unit => unit with { Parent = change.Parent });
                }

                break;
            case ChangeKind.Rename:
                Rename(change);
                break;
            case ChangeKind.Close:
                Close(draft, change);
                break;
            case ChangeKind.Split:
                Split(draft, change);
                break;
            default:
                GiveUp(draft, change);
                break;
        }
    }

    /// <summary>What can be told only when every change is applied.</summary>
    public void Finish()
    {
        foreach (var draft in drafts.Values)
        {
            foreach (var (code, line) in draft.Split)
            {
                if (draft.Below(code, draft.Last(code).From ?? DateOnly.MinValue) is { Count: > 0 } left)
                {
                    faults.Add(ChangeFaults.Childless(line, code, left));
                }
            }
        }

        if (faults.Count == 0)
        {
            foreach (var draft in drafts.Values.Where(draft => draft.IsChanged))
            {
                TreeRules.Check(draft, draft.Build(), From, faults);
            }
        }

        if (faults.Count == 0 && AcrossTrees.FindCycle([.. drafts.Values.Select(draft => draft.Build())], From) is { Count: > 0 } cycle)
        {
            var (last, line) = drafts.Values
                .SelectMany(draft => cycle.Where(draft.Has).Select(code => (Unit: draft.Last(code), Line: draft.LineOf(code))))
                .MaxBy(touched => touched.Line);
            faults.Add(ImportFaults.ParentAcyclicAcrossTrees(line, last.Parent ?? "", string.Join(" → ", cycle.Append(cycle[0]))));
        }
    }

    private bool CanChange(TreeDraft draft, Change change, string field, string code)
    {
        if (!RequireInForce(draft, change, field, code))
        {
            return false;
        }

        if (draft.Last(code).From is { } later && later > change.From)
        {
            faults.Add(ChangeFaults.Order(change.Line, change.From, code, later));
            return false;
        }

        return true;
    }

    private bool RequireInForce(TreeDraft draft, Change change, string field, string code)
    {
        if (draft.On(code, change.From) is not null)
        {
            return true;
        }

        faults.Add(ChangeFaults.InForce(change.Line, field, code, change.From, draft.Name));
        return false;
    }

    /// <param name="basis">Whose kind, level and parent hold where the change does not say.</param>
    private bool Open(TreeDraft draft, Change change, string code, string field, string? parent, Unit? basis)
    {
        if (draft.Has(code))
        {
            faults.Add(ChangeFaults.New(change.Line, field, code, draft.Name));
            return false;
        }

        if (change.Name.Length == 0)
        {
            faults.Add(ChangeFaults.Required(change.Line, "name", change.Kind));
            return false;
        }

        var kind = change.UnitKind ?? basis?.Kind ?? UnitKind.Department;
        var level = change.UnitLevel ?? (basis?.Kind == kind ? basis.Level : UnitLevel.None);
        if (!CheckLevel(change, kind, level) || (parent is not null && !RequireInForce(draft, change, "parent", parent)))
        {
            return false;
        }

        var unit = new Unit(code, change.Name, kind, level, parent, change.From, null);
        foreach (var other in drafts.Values.Where(other => other.Has(code)))
        {
            if (other.Last(code) is var there && (there.Name, there.Kind, there.Level) != (unit.Name, unit.Kind, unit.Level))
            {
                faults.Add(ImportFaults.Disagrees(change.Line, "name", change.Name, other.Name, there.Name));
                return false;
            }
        }

        draft.Add(change.Line, unit);
        return true;
    }

    private bool CheckLevel(Change change, UnitKind kind, UnitLevel level)
    {
        if (kind == UnitKind.Government && level == UnitLevel.None)
        {
            faults.Add(ImportFaults.Level(change.Line, UnitWords.Of(level)));
            return false;
        }

        if (kind != UnitKind.Government && level != UnitLevel.None)
        {
            faults.Add(ImportFaults.LevelOfOther(change.Line, UnitWords.Of(level)));
            return false;
        }

        return true;
    }

    private void Rename(Change change)
    {
        foreach (var draft in drafts.Values.Where(draft => draft.On(change.Unit, change.From) is not null))
        {
            if (!CanChange(draft, change, "unit", change.Unit))
            {
                continue;
            }

            var was = draft.Last(change.Unit);
            var kind = change.UnitKind ?? was.Kind;
            var level = change.UnitLevel ?? (kind == was.Kind ? was.Level : UnitLevel.None);
            if (CheckLevel(change, kind, level))
            {
                draft.Set(change.Line, change.Unit, change.From, unit => unit with
                {
                    Name = change.Name.Length == 0 ? unit.Name : change.Name, Kind = kind, Level = level,
                });
            }
        }
    }

    private void Close(TreeDraft draft, Change change)
    {
        if (draft.Below(change.Unit, change.From) is { Count: > 0 } left)
        {
            faults.Add(ChangeFaults.Childless(change.Line, change.Unit, left));
            return;
        }

        draft.End(change.Line, change.Unit, change.From, successor: null);
    }

    /// <summary>合并 and 撤销: what is below goes to the successor, which a merger may open.</summary>
    private void GiveUp(TreeDraft draft, Change change)
    {
        if (change.Into == change.Unit)
        {
            faults.Add(ChangeFaults.Other(change.Line, change.Into));
            return;
        }

        var source = draft.Last(change.Unit);
        if (!(change.Kind == ChangeKind.Merge ? Receiver(draft, change, source) : RequireInForce(draft, change, "into", change.Into)))
        {
            return;
        }

        foreach (var child in draft.Below(change.Unit, change.From))
        {
            // A unit that takes over from the one above it takes its place too.
            var parent = child == change.Into ? source.Parent : change.Into;
            if (CanChange(draft, change, "unit", child))
            {
                draft.Set(change.Line, child, change.From, unit => unit with { Parent = parent });
            }
        }

        draft.End(change.Line, change.Unit, change.From, change.Into);
    }

    private void Split(TreeDraft draft, Change change)
    {
        var source = draft.Last(change.Unit);
        if (change.Into == change.Unit)
        {
            faults.Add(ChangeFaults.Other(change.Line, change.Into));
            return;
        }

        if (!Receiver(draft, change, source))
        {
            return;
        }

        var below = draft.Below(change.Unit, change.From).ToHashSet(StringComparer.Ordinal);
        foreach (var child in change.Children)
        {
            if (!below.Contains(child))
            {
                faults.Add(ChangeFaults.Child(change.Line, child, change.Unit));
            }
            else if (CanChange(draft, change, "children", child))
            {
                draft.Set(change.Line, child, change.From, unit => unit with { Parent = change.Into });
            }
        }

        if (draft.Split.TryAdd(change.Unit, change.Line))
        {
            var stem = source.Name[..Math.Min(source.Name.Length, Unit.MaxNameLength - UnallocatedZh.Length)];
            foreach (var tree in drafts.Values.Where(tree => tree.On(change.Unit, change.From) is not null))
            {
                if (CanChange(tree, change, "unit", change.Unit))
                {
                    tree.Set(change.Line, change.Unit, change.From, unit => unit with { Name = stem + UnallocatedZh });
                }
            }
        }
    }

    /// <summary>The unit that takes over: one in force, which is left as it is, or a new one.</summary>
    private bool Receiver(TreeDraft draft, Change change, Unit source)
    {
        if (!draft.Has(change.Into))
        {
            return Open(draft, change, change.Into, "into", change.Parent.Length == 0 ? source.Parent : change.Parent, source);
        }

        var described = new[]
        {
            ("parent", change.Parent), ("name", change.Name),
            ("kind", change.UnitKind is { } kind ? UnitWords.Of(kind) : ""), ("level", change.UnitLevel is { } level ? UnitWords.Of(level) : ""),
        };
        foreach (var (field, value) in described)
        {
            if (value.Length > 0)
            {
                faults.Add(ChangeFaults.Unused(change.Line, field, value, change.Kind));
                return false;
            }
        }

        return RequireInForce(draft, change, "into", change.Into);
    }
}
