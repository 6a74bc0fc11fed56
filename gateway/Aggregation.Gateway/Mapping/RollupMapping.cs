using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
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
            Selector = Selector(view.Ledger, view.Query, view.AsOf),
            UnitName = view.UnitName,
            Version = LedgerMapping.Version(view.Version),
            StructureVersion = view.StructureVersion,
            Coverage = Coverage(view.Coverage),
            Digest = view.Digest,
        };
        AddCells(reply.Cells, view.Cells);
        AddDerived(reply.Derived, view.Derived);
        return reply;
    }

    public static V1.YearToDate YearToDate(YearToDateView view)
    {
        var reply = new V1.YearToDate
        {
            Selector = Selector(view.Ledger, view.Query, view.AsOf),
            UnitName = view.UnitName,
            Digest = view.Digest,
        };
        AddCells(reply.Cells, view.Cells);
        AddDerived(reply.Derived, view.Derived);
        foreach (var period in view.Periods)
        {
            reply.Periods.Add(new V1.PeriodTotal
            {
                Period = period.Period,
                Coverage = Coverage(period.Coverage),
                Digest = period.Digest,
                Version = LedgerMapping.Version(period.Version),
                StructureVersion = period.StructureVersion,
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

    public static V1.CellTotal Cell(CellTotal cell) =>
        new() { Code = cell.Cell, Amount = LedgerMapping.Amount(cell.Amount), Count = cell.Count };

    public static V1.TotalSelector Selector(LedgerKey ledger, TotalQuery query, AsOfPoint? asOf) => new()
    {
        Unit = ledger.Unit,
        Form = ledger.Form,
        Period = ledger.Period,
        Scope = query.Scope switch
        {
            Scope.Own => V1.Scope.Own,
            Scope.Level => V1.Scope.Level,
            Scope.Region => V1.Scope.Region,
            _ => throw new InvalidOperationException($"Scope {query.Scope} has no value on the wire."),
        },
        Layer = query.Layer == Layer.Accepted ? V1.Layer.Accepted : V1.Layer.Submitted,
        Tree = query.Tree,
        AsOf = LedgerMapping.AsOf(asOf),
    };

    public static void AddDerived(RepeatedField<V1.DerivedFigure> reply, ImmutableArray<DerivedFigure> derived)
    {
        foreach (var figure in derived)
        {
            reply.Add(new V1.DerivedFigure
            {
                Code = figure.Code,
                Value = figure.Value is { } value ? LedgerMapping.Amount(value) : null,
            });
        }
    }

    public static void AddCells(RepeatedField<V1.CellTotal> reply, ImmutableArray<CellTotal> cells)
    {
        reply.Capacity = cells.Length;
        foreach (var cell in cells)
        {
            reply.Add(Cell(cell));
        }
    }
}
