namespace Aggregation.Domain.Structure.Changes;

/// <summary>Identifiers of the rules that changes must keep, beside those of <see cref="ImportRules"/> on codes, names and parents.</summary>
public static class ChangeRules
{
    /// <summary>1–20,000 changes in one list.</summary>
    public const string Count = "changes.count";

    /// <summary>open, move, rename, close, merge, split or abolish.</summary>
    public const string Known = "change.known";

    /// <summary>The tenant has the tree.</summary>
    public const string Tree = "tree.known";

    /// <summary>What this kind of change needs is given.</summary>
    public const string Required = "field.required";

    /// <summary>What this kind of change does not know is left empty.</summary>
    public const string Unused = "field.unused";

    /// <summary>The unit is in force in the tree on the first day of the change.</summary>
    public const string InForce = "unit.in-force";

    /// <summary>A unit that is opened is new to the tree: codes are never used again.</summary>
    public const string New = "unit.new";

    /// <summary>A change does not come before a later one of the same unit.</summary>
    public const string Order = "from.order";

    /// <summary>A unit that leaves, or was split, has nothing below it any more.</summary>
    public const string Childless = "unit.childless";

    /// <summary>What a split gives to a part is below the unit that is split.</summary>
    public const string Child = "children.below";

    /// <summary>Nobody takes over from itself.</summary>
    public const string Other = "into.other";

    /// <summary>The parent is in force as long as the unit is.</summary>
    public const string ParentInForce = "parent.in-force";
}
