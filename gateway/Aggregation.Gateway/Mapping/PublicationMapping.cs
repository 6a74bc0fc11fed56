using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Publications and restatements, between the wire and the contracts.</summary>
internal static class PublicationMapping
{
    private const int StandardLimit = 1000;

    public static RestatementQuery Query(V1.GetRestatementRequest request) => new()
    {
        Number = request.HasNumber ? request.Number : null,
        Limit = request.Limit switch
        {
            0 => StandardLimit,
            >= 1 and <= RestatementQuery.MostSubmissions => request.Limit,
            _ => throw Faults.Refuse(Faults.OutOfRange("limit", request.Limit, 0, RestatementQuery.MostSubmissions)),
        },
        AfterUnit = request.AfterUnit.Length == 0 ? "" : LedgerMapping.Code("after_unit", request.AfterUnit),
    };

    public static V1.Publication Publication(PublicationView view) => new()
    {
        Selector = RollupMapping.Selector(view.Ledger, view.Query, asOf: null),
        UnitName = view.UnitName,
        Number = view.Number,
        RequestId = view.RequestId,
        At = Timestamp.FromDateTimeOffset(view.At),
        Actor = view.Actor,
        Hash = view.Hash,
        Digest = view.Digest,
        StructureVersion = view.StructureVersion,
        Coverage = RollupMapping.Coverage(view.Coverage),
        Completion = ReviewMapping.Completion(view.Completion),
    };

    public static V1.PublishedTotal Published(PublishedTotalView view) => new()
    {
        Publication = Publication(view.Publication),
        Total = WithoutVersion(view.Total),
    };

    public static V1.Restatement Restatement(RestatementView view)
    {
        var reply = new V1.Restatement
        {
            Publication = Publication(view.Publication),
            Published = WithoutVersion(view.Published),
            Current = RollupMapping.Total(view.Current),
            ChangedSubmissions = view.ChangedSubmissions,
        };
        foreach (var cell in view.Cells)
        {
            reply.Cells.Add(Difference(cell));
        }

        foreach (var change in view.Submissions)
        {
            reply.Submissions.Add(new V1.ChangedSubmission
            {
                Unit = change.Unit,
                UnitName = change.UnitName,
                Then = Counted(change.Then),
                Now = Counted(change.Now),
            });
        }

        return reply;
    }

    public static V1.CellDifference Difference(CellDifference cell) => new()
    {
        Code = cell.Cell,
        Published = cell.Published is { } published ? RollupMapping.Cell(published) : null,
        Current = cell.Current is { } current ? RollupMapping.Cell(current) : null,
    };

    private static V1.Total WithoutVersion(TotalView view)
    {
        var total = RollupMapping.Total(view);
        total.Version = null;
        return total;
    }

    private static V1.CountedSubmission? Counted(CountedSubmission? counted) => counted is null ? null : new V1.CountedSubmission
    {
        Source = RollupMapping.Source(counted.Source),
        Hash = counted.Hash,
    };
}
