using Aggregation.Domain.Forms;
using Aggregation.Grains.Checks;
using Aggregation.Grains.Epochs;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Ledgers;

/// <summary>What every ledger of a silo shares.</summary>
internal sealed class LedgerServices(
    IJournal journal, TenantCatalog tenants, FormCatalog forms, IGrainFactory grains, TimeProvider clock,
    IOptions<LedgerOptions> options, LedgerTelemetry telemetry, SnapshotStore snapshots, AuditScope audits, HeldLedgers held, LatestRows latest,
    PeerReports peers, ReferencedReports references, LedgerDrain drain, ILogger<LedgerGrain> logger)
{
    public IJournal Journal => journal;

    public TenantCatalog Tenants => tenants;

    public FormCatalog Forms => forms;

    public IGrainFactory Grains => grains;

    public TimeProvider Clock => clock;

    public LedgerOptions Options => options.Value;

    public LedgerTelemetry Telemetry => telemetry;

    public SnapshotStore Snapshots => snapshots;

    public AuditScope Audits => audits;

    public HeldLedgers Held => held;

    public LatestRows Latest => latest;

    public PeerReports Peers => peers;

    public ReferencedReports References => references;

    /// <summary>Cancelled when the silo is about to end its activations.</summary>
    public CancellationToken Ending { get; } = drain.Over;

    public ILogger Logger => logger;
}
