using Aggregation.Contracts.Ledgers;
using Aggregation.Storage.Journal;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Ledgers;

/// <content>How it goes from one structure to the next, and what it tells those that are on another.</content>
internal sealed partial class OpenLedger
{
    /// <summary>
    /// Follows the tenant's structure: at once where the same units stay below each child, else by a swap that goes on
    /// behind what the ledger says. False when the unit came to have, or to lose, its first children or a tree, so that the ledger must be opened anew.
    /// </summary>
    public bool TryFollowStructure()
    {
        var structure = Structure;
        if (structure.Version == _followed)
        {
            return true;
        }

        var shape = LedgerShape.Of(structure, Frame);
        if (shape.Length != _places.Count || !shape.All(position =>
            _places.TryGetValue(position.Tree, out var place) && place.Node.IsAggregate != position.IsLeaf))
        {
            return false;
        }

        _followed = structure.Version;
        foreach (var position in shape)
        {
            _places[position.Tree].Follow(position);
        }

        return true;
    }

    /// <summary>As <see cref="TryFollowStructure"/>; gives this activation up where that does not do.</summary>
    /// <returns>Whether it goes on.</returns>
    public bool FollowOrLeave()
    {
        if (!_disposed && !TryFollowStructure())
        {
            foreach (var place in _places.Values.Where(place => !StandsIn(place.Node.Tree)))
            {
                place.Notifier.Left();
            }

            _activation.Leave();
        }

        return !_disposed;
    }

    private bool StandsIn(string tree) => Structure.At(tree, Frame.Day).TryFind(Frame.Key.Unit, out _);

    /// <summary>Has the silo look for a structure that somebody is on.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async ValueTask LookAsync(long structureVersion) => await _tenants.FollowAsync(Frame.Key.Tenant, structureVersion);

    /// <summary>What the ledger says in a tree once it is on this structure or a later one.</summary>
    public async Task<Contribution> PullAsync(string tree, long structureVersion)
    {
        var place = In(tree);
        await place.FollowedAsync(structureVersion);
        if (_disposed)
        {
            throw Refuse.Unavailable("The ledger is leaving memory; ask again.");
        }

        return place.Node.ToContribution();
    }

    /// <summary>
    /// Tells a unit that it is no child any more. What it pushed here after its new parent had read it, and before it knew,
    /// it pushes there.
    /// </summary>
    public void HandOver(string unit, TreePosition position)
    {
        if (position.View.TryFind(unit, out _))
        {
            _ = TellAsync();
        }

        async Task TellAsync()
        {
            try
            {
                await _grains.GetGrain<IRollupGrain>(Frame.Key.At(unit).ToString()).PullAt(position.Tree, position.StructureVersion);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LedgerLog.HandOverFailed(_work.Logger, exception, unit, position.StructureVersion);
            }
        }
    }
}
