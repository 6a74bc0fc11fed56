using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;

namespace Aggregation.Gateway.Mapping;

/// <summary>What an audit found, as the protocol says it.</summary>
internal static class AuditMapping
{
    /// <exception cref="RefusedException">A name is not well formed, or only one of the two is given.</exception>
    public static AuditRange Range(Caller caller, V1.AuditRequest request)
    {
        if (request.Form.Length == 0 && request.Period.Length == 0)
        {
            return new AuditRange(null, null);
        }

        // Any unit will do: it is the form and the period that must be names.
        var key = LedgerMapping.Ledger(caller, "any", request.Form, request.Period);
        return new AuditRange(key.Form, key.Period);
    }

    public static V1.AuditProgress Progress(AuditStep step)
    {
        var progress = new V1.AuditProgress
        {
            Entries = step.Entries,
            Streams = step.Streams,
            Ledgers = step.Ledgers,
            Done = step.IsDone,
            Checkpoint = step.Checkpoint,
            CheckpointHash = step.CheckpointHash,
        };
        foreach (var fault in step.Faults)
        {
            progress.Faults.Add(new V1.JournalFault { Stream = fault.Stream, Version = fault.Version, Kind = Kind(fault.Kind) });
        }

        foreach (var drift in step.Drifts)
        {
            progress.Drifts.Add(Drift(drift));
        }

        return progress;
    }

    private static V1.Drift Drift(LedgerDrift found)
    {
        var drift = new V1.Drift
        {
            Form = found.Form,
            Period = found.Period,
            Tree = found.Drift.Tree,
            Unit = found.Drift.Unit,
            Layer = found.Drift.Layer == Layer.Submitted ? V1.Layer.Submitted : V1.Layer.Accepted,
            Held = found.Drift.Held,
            Expected = found.Drift.Expected,
            Repaired = found.Drift.IsRepaired,
        };
        foreach (var difference in found.Drift.Differences)
        {
            drift.Differences.Add(new V1.Difference
            {
                Unit = difference.Unit,
                Kind = Kind(difference.Kind),
                Revision = difference.Revision,
                Hash = difference.Hash,
            });
        }

        return drift;
    }

    private static V1.JournalFaultKind Kind(JournalFaultKind kind) => kind switch
    {
        JournalFaultKind.Changed => V1.JournalFaultKind.Changed,
        JournalFaultKind.Unlinked => V1.JournalFaultKind.Unlinked,
        JournalFaultKind.Gap => V1.JournalFaultKind.Gap,
        JournalFaultKind.Rewritten => V1.JournalFaultKind.Rewritten,
        JournalFaultKind.CutOff => V1.JournalFaultKind.CutOff,
        _ => V1.JournalFaultKind.CountingRebuilt,
    };

    private static V1.DifferenceKind Kind(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => V1.DifferenceKind.Missing,
        DifferenceKind.Extra => V1.DifferenceKind.Extra,
        DifferenceKind.Altered => V1.DifferenceKind.Altered,
        DifferenceKind.Outdated => V1.DifferenceKind.Outdated,
        _ => V1.DifferenceKind.Stored,
    };
}
