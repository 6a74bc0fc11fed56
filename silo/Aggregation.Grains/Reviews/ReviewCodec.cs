using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Reviews;

/// <summary>Acts of a review as they are journaled and as they are shown.</summary>
internal static class ReviewCodec
{
    public static (string Kind, byte[] Payload) Write(ReviewCommand command)
    {
        var hash = ByteString.CopyFrom(Convert.FromHexString(command.Hash));
        return command.Act switch
        {
            ReviewAct.Accept => (EntryKinds.Accepted, new AcceptedEntry
            {
                Revision = command.Revision, Hash = hash, Comment = command.Text,
            }.ToByteArray()),
            ReviewAct.Return => (EntryKinds.Returned, new ReturnedEntry
            {
                Revision = command.Revision,
                Hash = hash,
                Reason = command.Text,
                Cells = { command.Cells.Select(remark => new Entries.CellRemark { Cell = remark.Cell, Text = remark.Text }) },
            }.ToByteArray()),
            ReviewAct.Reopen => (EntryKinds.Reopened, new ReopenedEntry { Reason = command.Text }.ToByteArray()),
            ReviewAct.Lock => (EntryKinds.Locked, new LockedEntry { Comment = command.Text }.ToByteArray()),
            ReviewAct.Sign => (EntryKinds.Signed, new SignedEntry
            {
                Revision = command.Revision, Hash = hash, Statement = command.Text,
            }.ToByteArray()),
            _ => throw new InvalidOperationException($"Act {command.Act} has no entry."),
        };
    }

    public static ReportAct ToDomain(ReviewAct act) => act switch
    {
        ReviewAct.Accept => ReportAct.Accept,
        ReviewAct.Return => ReportAct.Return,
        ReviewAct.Reopen => ReportAct.Reopen,
        ReviewAct.Lock => ReportAct.Lock,
        ReviewAct.Sign => ReportAct.Sign,
        _ => throw new InvalidOperationException($"Act {act} is none of the domain's."),
    };

    /// <returns>The act; null where the entry is a submission or a withdrawal.</returns>
    public static ReviewDecision? Read(StoredEntry entry)
    {
        var payload = entry.Payload.Span;
        switch (entry.Kind)
        {
            case EntryKinds.Accepted:
                return Decision(ReviewAct.Accept, AcceptedEntry.Parser.ParseFrom(payload).Comment);
            case EntryKinds.Returned:
                var returned = ReturnedEntry.Parser.ParseFrom(payload);
                return Decision(ReviewAct.Return, returned.Reason) with
                {
                    Cells = [.. returned.Cells.Select(remark => new Contracts.Reviews.CellRemark(remark.Cell, remark.Text))],
                };
            case EntryKinds.Reopened:
                return Decision(ReviewAct.Reopen, ReopenedEntry.Parser.ParseFrom(payload).Reason);
            case EntryKinds.Locked:
                return Decision(ReviewAct.Lock, LockedEntry.Parser.ParseFrom(payload).Comment);
            case EntryKinds.Signed:
                return Decision(ReviewAct.Sign, SignedEntry.Parser.ParseFrom(payload).Statement);
            default:
                return null;
        }

        ReviewDecision Decision(ReviewAct act, string text) =>
            new() { Act = act, Number = entry.Version, At = entry.At, Actor = entry.Actor, Text = text };
    }
}
