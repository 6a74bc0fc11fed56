using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Reviews;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Reviews between the wire and the contracts.</summary>
internal static class ReviewMapping
{
    /// <summary>Most remarks, and most characters of all texts together are bounded by the size of a message.</summary>
    public static ReviewCommand Command(V1.ReviewRequest request, ReviewAct act, int maxCells)
    {
        if (request.Cells.Count > maxCells)
        {
            throw Faults.TooMuch("cells", request.Cells.Count, maxCells);
        }

        if (act != ReviewAct.Return && request.Cells.Count > 0)
        {
            throw Faults.Refuse(Faults.NotTaken("cells", "absent"));
        }

        return new ReviewCommand
        {
            RequestId = request.RequestId,
            Act = act,
            Revision = request.Revision,
            Hash = request.Hash.ToLowerInvariant(),
            Text = request.Text,
            Cells = [.. request.Cells.Select(remark => new CellRemark(remark.Cell, remark.Text))],
        };
    }

    public static ReviewCommand Command(V1.AcceptManyRequest request, V1.AcceptItem item) => new()
    {
        RequestId = request.RequestId,
        Act = ReviewAct.Accept,
        Revision = item.Revision,
        Hash = item.Hash.ToLowerInvariant(),
        Text = request.Text,
    };

    public static V1.Standing Standing(ReportStanding standing) => new()
    {
        Unit = standing.Ledger.Unit,
        UnitName = standing.UnitName,
        Form = standing.Ledger.Form,
        Period = standing.Ledger.Period,
        State = standing.State switch
        {
            ReportState.None => V1.ReportState.None,
            ReportState.Submitted => V1.ReportState.Submitted,
            ReportState.Returned => V1.ReportState.Returned,
            ReportState.Accepted => V1.ReportState.Accepted,
            _ => throw new InvalidOperationException($"Report state {standing.State} has no value on the wire."),
        },
        Revision = standing.Revision,
        Hash = standing.Hash,
        AcceptedRevision = standing.AcceptedRevision,
        NilReturn = standing.Nil,
        Signed = standing.IsSigned,
        Locked = standing.IsLocked,
        Version = standing.Version,
        Filed = standing.Filed is { } receipt ? SubmissionMapping.Receipt(receipt) : null,
    };

    public static V1.Decision Decision(ReviewDecision decision) => new()
    {
        Act = decision.Act switch
        {
            ReviewAct.Accept => V1.ReviewAct.Accept,
            ReviewAct.Return => V1.ReviewAct.Return,
            ReviewAct.Reopen => V1.ReviewAct.Reopen,
            ReviewAct.Lock => V1.ReviewAct.Lock,
            ReviewAct.Sign => V1.ReviewAct.Sign,
            _ => throw new InvalidOperationException($"Act {decision.Act} has no value on the wire."),
        },
        Number = decision.Number,
        At = Timestamp.FromDateTimeOffset(decision.At),
        Actor = decision.Actor,
        Text = decision.Text,
        Cells = { decision.Cells.Select(remark => new V1.CellRemark { Cell = remark.Cell, Text = remark.Text }) },
    };

    public static V1.Completion? Completion(CompletionView? completion) => completion is null ? null : new V1.Completion
    {
        State = completion.State switch
        {
            CompletionState.Reported => V1.CompletionState.Reported,
            CompletionState.Accepted => V1.CompletionState.Accepted,
            CompletionState.Returned => V1.CompletionState.Returned,
            CompletionState.DiffersSince => V1.CompletionState.DiffersSince,
            CompletionState.Accepting => V1.CompletionState.Accepting,
            _ => throw new InvalidOperationException($"Completion state {completion.State} has no value on the wire."),
        },
        Text = completion.Text,
        Decision = completion.Decision is not { } decision ? null : new V1.CompletionDecision
        {
            At = Timestamp.FromDateTimeOffset(decision.At), Actor = decision.Actor, Text = decision.Text,
        },
        Differences = { completion.Differences.Select(PublicationMapping.Difference) },
        Unlocked = completion.Unlocked,
    };
}
