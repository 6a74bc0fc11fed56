using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>Keeps one ledger's snapshot in one tree: what it may take from it, and when it is written.</summary>
internal sealed class SnapshotKeeper(LedgerFrame frame, GrainId ledger, Place place, SnapshotStore snapshots, IJournal journal)
{
    private GrainState<LedgerSnapshot> _state = new(new LedgerSnapshot());
    private Contracts.Ledgers.LedgerVersion _written;
    private bool _writing;

    /// <summary>
    /// Fills the children that the snapshot has as the journal has them now, told by their digests.
    /// </summary>
    /// <returns>The children that must be asked.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<IReadOnlyList<Unit>> FillAsync(IReadOnlyList<Unit> children, TreeView view, CancellationToken cancellation)
    {
        _state = await snapshots.ReadAsync(ledger, place.Node.Tree);
        var snapshot = _state.State!;
        if (snapshot.Children.IsEmpty || snapshot.FormHash != frame.Form.ContentHash)
        {
            return children;
        }

        var digests = await BranchDigests.ScanAsync(frame, journal, view, place.Node.Unit.Code, cancellation);
        var held = snapshot.Children.ToDictionary(child => child.Unit, StringComparer.Ordinal);
        var ask = new List<Unit>();
        foreach (var child in children)
        {
            if (held.TryGetValue(child.Code, out var contribution) && digests.Of(child.Code).Equals(contribution))
            {
                place.Node.Receive(contribution with { Tree = place.Node.Tree }, child);
            }
            else
            {
                ask.Add(child);
            }
        }

        return ask;
    }

    /// <summary>Leaves an empty snapshot where there was one.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation has written.</exception>
    public async Task DropAsync()
    {
        if (!_writing && _state.RecordExists)
        {
            _state.State = new LedgerSnapshot();
            await snapshots.WriteAsync(ledger, place.Node.Tree, _state);
        }
    }

    /// <summary>Writes what the node holds now of its children that have children, if anything changed since.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation has written.</exception>
    public async Task WriteAsync()
    {
        if (_writing || _written == place.Node.Version)
        {
            return;
        }

        _writing = true;
        try
        {
            var view = place.Node.View;
            var version = place.Node.Version;
            _state.State = new LedgerSnapshot
            {
                FormHash = frame.Form.ContentHash,
                Children = [.. place.Node.Contributions().Where(child => view.TryFind(child.Unit, out _) && !view.IsLeaf(child.Unit))],
            };
            await snapshots.WriteAsync(ledger, place.Node.Tree, _state);
            _written = version;
        }
        finally
        {
            _writing = false;
        }
    }
}
