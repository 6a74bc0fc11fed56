using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Reviews;

/// <summary>A tenant that accepts nothing by itself, and a caller for each part in a review.</summary>
public abstract class ReviewTest(ClassSilo silo) : SiloTest(silo)
{
    /// <summary>Reviews, and reads, everything.</summary>
    protected Caller Reviewer(string unit = Subtree.Everything) => new()
    {
        Tenant = Tenant, KeyId = $"reviewer-{unit}", Review = new Subtree(Names.Territory, unit),
    };

    protected Caller Submitter(string unit) => new()
    {
        Tenant = Tenant, KeyId = $"submitter-{unit}", Submit = new Subtree(Names.Territory, unit),
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
    }

    protected static ReviewCommand Act(
        ReviewAct act, string requestId, ReportStanding seen, string text = "looked at", params CellRemark[] cells) => new()
    {
        RequestId = requestId,
        Act = act,
        Revision = act is ReviewAct.Reopen or ReviewAct.Lock ? 0 : seen.Revision,
        Hash = act is ReviewAct.Reopen or ReviewAct.Lock ? "" : seen.Hash,
        Text = text,
        Cells = [.. cells],
    };

    /// <summary>The act on the report as it stands.</summary>
    protected async Task<Receipt> ActAsync(ReviewAct act, string unit, string requestId, Caller? caller = null, string text = "looked at") =>
        await Ledger(unit).Review(
            caller ?? (act == ReviewAct.Sign ? Submitter(unit) : Reviewer()),
            Act(act, requestId, await StandingAsync(unit), text), CancellationToken.None);

    protected Task<ReportStanding> StandingAsync(string unit) => Ledger(unit).GetStanding(Caller);

    protected async Task<(long? Submitted, long? Accepted)> LayersAsync(string unit) =>
        (await TotalAsync(unit), await TotalAsync(unit, layer: Layer.Accepted));
}
