using Aggregation.Faults.Checking;
using Aggregation.Faults.Runs;
using Aggregation.ServerKit.Clients;
using Grpc.Core;

namespace Aggregation.Faults.Load;

/// <summary>
/// Whoever keeps a tenant's structure: applies one list of changes after the other, each on the structure that the last one
/// made. A list whose outcome is not known is sent again as it was, until it is.
/// </summary>
internal sealed class StructureChanger(Server server, World world, TestTenant tenant, Logbook logbook, Random random) : ILoad
{
    private const int FewestReceiptsBetween = 15;
    private const int MostReceiptsBetween = 60;

    private readonly ChangeMaker _maker = new(tenant.Name, random);
    private SentChanges? _unknown;

    /// <inheritdoc/>
    public async Task RunAsync(Phase phase)
    {
        while (!phase.IsOver)
        {
            await StepAsync(phase);
            var receipts = phase.Received.FurtherAsync(random.Next(FewestReceiptsBetween, MostReceiptsBetween));
            await Task.WhenAny(receipts, phase.Over);
        }
    }

    /// <inheritdoc/>
    public async Task SettleAsync(Phase phase)
    {
        while (_unknown is not null && !phase.IsOver)
        {
            await StepAsync(phase);
        }
    }

    private async Task StepAsync(Phase phase)
    {
        var up = server.Up;
        if (await Task.WhenAny(up, phase.Over) != up)
        {
            return;
        }

        var structure = world.Structure(tenant.Name);
        var changes = _unknown ??= new SentChanges(tenant.Name, structure.Version, _maker.Next(structure));
        logbook.Changes.TryAdd(changes, ChangesOutcome.Unknown);
        try
        {
            var api = await up;
            phase.Sent.Add();
            var applied = await api.Admin.ApplyRestructuringAsync(changes.ToRequest(), Api.With(tenant.AdministratorKey));
            if (applied.StructureVersion != changes.StructureVersion + 1)
            {
                logbook.Contradict(DiscrepancyKind.Wrong, $"{changes} led to structure {applied.StructureVersion}");
            }

            var next = structure.Copy();
            next.Restructure(changes.Lines);
            Settle(changes, ChangesOutcome.Applied);
            world.Know(tenant.Name, next);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.InvalidArgument)
        {
            Settle(changes, ChangesOutcome.Refused);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable || server.Up != up)
        {
            phase.Unavailable.Add();
        }
        catch (RpcException failure)
        {
            logbook.Contradict(DiscrepancyKind.Wrong, $"{changes} was answered {failure.StatusCode}: {failure.Status.Detail}");
            _unknown = null;
        }
    }

    private void Settle(SentChanges changes, ChangesOutcome outcome)
    {
        _unknown = null;
        if (!logbook.Changes.TryUpdate(changes, outcome, ChangesOutcome.Unknown) && logbook.Changes[changes] != outcome)
        {
            logbook.Contradict(DiscrepancyKind.Wrong, $"{changes} is {outcome} and was {logbook.Changes[changes]} before");
        }
    }
}
