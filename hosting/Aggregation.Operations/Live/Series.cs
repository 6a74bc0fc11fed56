namespace Aggregation.Operations.Live;

/// <summary>An instrument that the page shows, summed over all tags but one.</summary>
/// <param name="Instrument">OpenTelemetry's name.</param>
/// <param name="Tag">Whose values are kept apart; null: none.</param>
internal sealed record Series(string Instrument, string? Tag = null)
{
    public static readonly Series Calls = new("rpc.server.call.duration", "rpc.method");
    public static readonly Series Statuses = new("rpc.server.call.duration", "rpc.response.status_code");
    public static readonly Series Tenants = new("aggregation.gateway.tenant.calls", "aggregation.tenant");
    public static readonly Series Watches = new("aggregation.gateway.watch.streams");
    public static readonly Series Updates = new("aggregation.gateway.watch.updates");

    public static readonly Series Submits = new("aggregation.ledger.submit.duration", "outcome");
    public static readonly Series Refused = new("aggregation.ledger.submit.refused", "reason");
    public static readonly Series Freshness = new("aggregation.ledger.freshness", "level");
    public static readonly Series FreshnessByRoot = new("aggregation.ledger.freshness", "root");
    public static readonly Series Pushes = new("aggregation.ledger.push.duration", "level");
    public static readonly Series PushOutcomes = new("aggregation.ledger.push", "outcome");
    public static readonly Series PushChanges = new("aggregation.ledger.push.changes");
    public static readonly Series Pending = new("aggregation.ledger.push.pending");
    public static readonly Series Overdue = new("aggregation.ledger.push.overdue");
    public static readonly Series Open = new("aggregation.ledger.open");
    public static readonly Series Superseded = new("aggregation.ledger.superseded");
    public static readonly Series SwapsStuck = new("aggregation.ledger.swap.stuck");
    public static readonly Series Audits = new("aggregation.ledger.audit.duration", "outcome");
    public static readonly Series Drift = new("aggregation.ledger.drift");
    public static readonly Series Repaired = new("aggregation.ledger.drift.repaired");

    public static readonly Series Batches = new("aggregation.journal.batch.size");
    public static readonly Series Appends = new("aggregation.journal.append.duration");
    public static readonly Series Commits = new("aggregation.journal.commit.duration", "db.system.name");
    public static readonly Series Syncs = new("aggregation.journal.sync.duration");
    public static readonly Series Queue = new("aggregation.journal.queue.length");
    public static readonly Series Running = new("aggregation.journal.running");
    public static readonly Series Failures = new("aggregation.journal.failures");
    public static readonly Series Files = new("aggregation.journal.file.size", "file");

    public static readonly Series TenantsKnown = new("aggregation.tenants.known");
    public static readonly Series KeysExpiring = new("aggregation.tenants.keys.expiring");

    public static readonly Series Memory = new("dotnet.process.memory.working_set");
    public static readonly Series Processor = new("dotnet.process.cpu.time");
    public static readonly Series Pauses = new("dotnet.gc.pause.time");

    /// <summary>By instrument.</summary>
    public static readonly ILookup<string, Series> All = new[]
    {
        Calls, Statuses, Tenants, Watches, Updates, Submits, Refused, Freshness, FreshnessByRoot, Pushes, PushOutcomes, PushChanges, Pending,
        Overdue, Open, Superseded, SwapsStuck, Audits, Drift, Repaired, Batches, Appends, Commits, Syncs, Queue, Running, Failures, Files,
        TenantsKnown, KeysExpiring, Memory, Processor, Pauses,
    }.ToLookup(static series => series.Instrument, StringComparer.Ordinal);
}
