namespace Aggregation.Domain.Structure.Changes;

/// <summary>What a change of the structure does, from its first day on. Each list of changes is applied in its order.</summary>
public enum ChangeKind
{
    /// <summary>设立: a unit that the tree never had comes into it: name, kind, level, and a parent unless it is a root.</summary>
    Open,

    /// <summary>划转: a unit goes, with everything below it, under another parent.</summary>
    Move,

    /// <summary>更名: a unit has another name, kind or level, in every tree.</summary>
    Rename,

    /// <summary>关闭: a unit leaves the tree. Nothing may be left below it.</summary>
    Close,

    /// <summary>合并: a unit leaves the tree and what is below it goes to <c>into</c>, which is opened when it is new.</summary>
    Merge,

    /// <summary>
    /// 拆分: the part <c>into</c>, opened when it is new, takes some of the units below a unit. When all parts are made nothing may be
    /// left below the unit, which stays beside them as the explicit unallocated 未分配 one, for what was booked on itself.
    /// </summary>
    Split,

    /// <summary>撤销: a unit leaves the tree and what is below it goes to <c>into</c>, which exists.</summary>
    Abolish,
}
