using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace Aggregation.Grains.Tests.Structure;

/// <summary>One step of a history of changes, of which each kind takes what it needs.</summary>
internal sealed record RestructureStep(
    StepKind Kind, string Unit, string Other, string Child, string Change, string Period, string Tree, int Seed)
{
    public static readonly string[] Periods = ["2016", "2017"];

    public static Gen<RestructureStep> Any =>
        from kind in Gen.Frequency(
            (10, Gen.Constant(StepKind.Submit)), (2, Gen.Constant(StepKind.Withdraw)), (6, Gen.Constant(StepKind.Restructure)),
            (2, Gen.Constant(StepKind.LosePush)), (3, Gen.Constant(StepKind.EndLedger)), (1, Gen.Constant(StepKind.EndSilo)),
            (1, Gen.Constant(StepKind.KillSilo)), (1, Gen.Constant(StepKind.Audit)))
        from unit in Gen.Elements(RestructureUnits.Codes)
        from other in Gen.Elements(RestructureUnits.Codes)
        from child in Gen.Elements(RestructureUnits.Codes)
        from change in Gen.Elements("move", "move", "move", "open", "close", "merge", "split", "abolish", "rename")
        from period in Gen.Elements(Periods)
        from tree in Gen.Frequency((4, Gen.Constant(Names.Territory)), (1, Gen.Constant(RestructureUnits.LineName)))
        from seed in Gen.Choose(0, 1_000_000)
        select new RestructureStep(kind, unit, other, child, change, period, tree, seed);

    /// <summary>On a day between the ends of the two periods.</summary>
    public StructureChange ToChange() => new()
    {
        Line = 1,
        Change = Change,
        Tree = Tree,
        From = "2017-03-01",
        Unit = Unit,
        Parent = Change is "move" or "open" ? Other : "",
        Into = Change is "merge" or "split" or "abolish" ? Other : "",
        Name = Change is "open" or "rename" || (Change is "merge" or "split" && RestructureUnits.New.Contains(Other)) ? "Another" : "",
        Kind = Change == "open" ? "department" : "",
        Children = Change == "split" && Child != Unit ? Child : "",
    };
}

internal enum StepKind
{
    Submit,
    Withdraw,
    Restructure,
    LosePush,
    EndLedger,
    EndSilo,
    KillSilo,
    Audit,
}
