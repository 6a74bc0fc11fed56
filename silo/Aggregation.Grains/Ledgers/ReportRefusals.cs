using Aggregation.Contracts;
using Aggregation.Domain.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>Why a report takes nothing, as its callers are told.</summary>
internal static class ReportRefusals
{
    /// <returns>Null where there is no reason.</returns>
    public static RefusedException? Of(ReportRefusal? refusal) => refusal is null ? null : new(
        refusal.CurrentRevision is null ? RefusalKind.FailedPrecondition : RefusalKind.Stale,
        refusal.Message,
        refusal.Broken is not { } broken ? [] :
        [
            new Violation { Field = broken.Field, Value = broken.Value, Rule = broken.Rule, MessageZh = broken.MessageZh, MessageEn = refusal.Message },
        ])
    {
        CurrentRevision = refusal.CurrentRevision ?? 0,
    };

    /// <param name="entry">What the request id stands for.</param>
    public static RefusedException Reused(string unit, StoredEntry entry)
    {
        var message = $"Request id '{entry.RequestId}' of unit {unit} was used before for other content ({entry.Stream}, revision {entry.Version}).";
        return new RefusedException(RefusalKind.AlreadyExists, message,
        [
            new Violation
            {
                Field = "request_id",
                Value = entry.RequestId ?? "",
                Rule = "request_id.unused",
                MessageZh = $"单位 {unit} 已将此请求号用于其他内容（{entry.Stream}，第 {entry.Version} 版）",
                MessageEn = message,
            },
        ]);
    }
}
