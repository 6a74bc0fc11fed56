using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Totals and their parts, from the contracts to the wire.</summary>
internal static class RollupMapping
{
    public static V1.Total Total(TotalView view)
    {
        var reply = new V1.Total
        {
            Selector = new V1.TotalSelector
            {
                Unit = view.Ledger.Unit,
                Form = view.Ledger.Form,
                Period = view.Ledger.Period,
                Scope = view.Query.Scope switch
                {
                    Scope.Own => V1.Scope.Own,
                    Scope.Level => V1.Scope.Level,
                    Scope.Region => V1.Scope.Region,
                    _ => throw new InvalidOperationException($"Scope {view.Query.Scope} has no value on the wire."),
                },
                Layer = view.Query.Layer == Layer.Accepted ? V1.Layer.Accepted : V1.Layer.Submitted,
                Tree = view.Query.Tree,
            },
            UnitName = view.UnitName,
            Version = LedgerMapping.Version(view.Version),
            StructureVersion = view.StructureVersion,
            Coverage = Coverage(view.Coverage),
            Digest = view.Digest,
        };
        AddCells(reply.Cells, view.Cells);
        foreach (var derived in view.Derived)
        {
            reply.Derived.Add(new V1.DerivedFigure
            {
                Code = derived.Code,
                Value = derived.Value is { } value ? LedgerMapping.Amount(value) : null,
            });
        }

        return reply;
    }

    public static V1.Part Part(Part part)
    {
        var reply = new V1.Part
        {
            Unit = part.Unit,
            UnitName = part.UnitName,
            Own = part.IsOwn,
            CanOpen = part.CanOpen,
            Coverage = Coverage(part.Coverage),
            Digest = part.Digest,
            Source = Source(part.Source),
            Version = LedgerMapping.Version(part.Version),
        };
        AddCells(reply.Cells, part.Cells);
        return reply;
    }

    public static V1.Coverage Coverage(Coverage coverage) => new()
    {
        Expected = coverage.Expected,
        Submitted = coverage.Submitted,
        Accepted = coverage.Accepted,
        Returned = coverage.Returned,
        Nil = coverage.Nil,
    };

    public static V1.Source? Source(SubmissionSource? source) => source is null ? null : new V1.Source
    {
        Revision = source.Revision,
        Actor = source.Actor,
        At = Timestamp.FromDateTimeOffset(source.At),
    };

    private static void AddCells(RepeatedField<V1.CellTotal> reply, ImmutableArray<CellTotal> cells)
    {
        reply.Capacity = cells.Length;
        foreach (var cell in cells)
        {
            reply.Add(new V1.CellTotal { Code = cell.Cell, Amount = LedgerMapping.Amount(cell.Amount), Count = cell.Count });
        }
    }
}
