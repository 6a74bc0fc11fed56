using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Ledgers;

/// <content>How it becomes complete; until then it neither pushes nor answers.</content>
internal sealed partial class OpenLedger
{
    /// <returns>The structure of a child that is ahead; 0 when the ledger is complete.</returns>
    public async Task<long> LoadAsync(AdministrativeStructure structure, IEnumerable<TreePosition> shape, CancellationToken cancellation)
    {
        _followed = structure.Version;
        var ahead = 0L;
        foreach (var position in shape)
        {
            var node = new TreeNode(Frame, position, position.IsLeaf ? 0 : Epoch);
            if (Own.Version > 0)
            {
                node.SetOwn(Own);
            }

            var place = new Place(_activation, this, node, _children, _work);
            _places.Add(position.Tree, place);
            if (!position.IsLeaf)
            {
                ahead = Math.Max(ahead, await _children.LoadAsync(Frame, place, cancellation));
            }
        }

        return ahead;
    }

    /// <summary>From here on it speaks.</summary>
    public void Open()
    {
        _opened = true;
        Own.Changed = OwnChanged;
        _work.Telemetry.Opened();
        foreach (var place in _places.Values)
        {
            place.Direct();
        }
    }
}
