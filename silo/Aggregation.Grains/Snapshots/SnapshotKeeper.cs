using Aggregation.Domain.Structure;
using Aggregation.Grains.Ledgers;

namespace Aggregation.Grains.Snapshots;

/// <summary>Keeps one ledger's snapshot in one tree: what it may take from it, and when it is written.</summary>
internal sealed class SnapshotKeeper(LedgerFrame frame, GrainId ledger, TreeNode node, LedgerServices services)
{
    private GrainState<LedgerSnapshot> _state = new(new LedgerSnapshot());
    private Contracts.Ledgers.LedgerVersion _written;
    private bool _writing;

    /// <summary>
    /// Fills the children that the snapshot has as the journal has them now, told by their digests.
    /// </summary>
    /// <returns>The children that must be asked.</returns>
    /// <exception cref="Storage.Journal.JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<IReadOnlyList<Unit>> FillAsync(IReadOnlyList<Unit> children, TreeView view, CancellationToken cancellation)
    {
        _state = await services.Snapshots.ReadAsync(ledger, node.Tree);
        var snapshot = _state.State;
        if (snapshot.Children.IsEmpty || snapshot.FormHash != frame.Form.ContentHash)
        {
            return children;
        }

        var digests = await BranchDigests.ScanAsync(frame, services.Journal, view, node.Unit.Code, cancellation);
        var held = snapshot.Children.ToDictionary(child => child.Unit, StringComparer.Ordinal);
        var ask = new List<Unit>();
        foreach (var child in children)
        {
            if (held.TryGetValue(child.Code, out var contribution) && digests.Of(child.Code).Equals(contribution))
            {
                node.Receive(contribution with { Tree = node.Tree }, child.Kind != UnitKind.Government);
            }
            else
            {
                ask.Add(child);
            }
        }

        return ask;
    }

    /// <summary>Writes what the node holds now of its children that have children, if anything changed since.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation has written.</exception>
    public async Task WriteAsync(TreeView view)
    {
        if (_writing || _written == node.Version)
        {
            return;
        }

        _writing = true;
        try
        {
            var version = node.Version;
            _state.State = new LedgerSnapshot
            {
                FormHash = frame.Form.ContentHash,
                Children = [.. node.Contributions().Where(child => view.TryFind(child.Unit, out _) && !view.IsLeaf(child.Unit))],
            };
            await services.Snapshots.WriteAsync(ledger, node.Tree, _state);
            _written = version;
        }
        finally
        {
            _writing = false;
        }
    }
}
