using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Puts an aggregate on another structure while it goes on saying what it says. The next node takes over the children
/// that stand for the same units as before, and asks every other one on the new structure, which that child follows before it answers. Only when
/// none is missing does it take the node's place. It may aim at a still later structure meanwhile; it never gives up and never swaps early.
/// </summary>
internal sealed class NodeSwap : IDisposable
{
    private readonly OpenLedger _ledger;
    private readonly Place _place;
    private readonly ChildrenLoader _children;
    private readonly LedgerWork _work;
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop;
    private readonly long _started;
    private TaskCompletionSource _aimed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _alarms;
    private bool _disposed;

    public NodeSwap(OpenLedger ledger, Place place, TreePosition position, ChildrenLoader children, LedgerWork work)
    {
        _ledger = ledger;
        _place = place;
        _children = children;
        _work = work;
        _started = work.Clock.GetTimestamp();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(work.Ending);
        Next = place.Node;
        Prepare(position);
    }

    /// <summary>The node that is being completed. What children push on the new structure goes into it, too.</summary>
    public TreeNode Next { get; private set; }

    /// <summary>Completes with the swap; fails when the ledger leaves memory first.</summary>
    public Task Done => _done.Task;

    public void Start() => _ = SwapAsync();

    /// <summary>A later structure has come.</summary>
    public void Aim(TreePosition position)
    {
        if (Next.Fits(position))
        {
            Next.Adopt(position);
            return;
        }

        Prepare(position);
        _aimed.TrySetResult();
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        _stop.Dispose();
        _aimed.TrySetResult();
        if (_done.TrySetException(Refuse.Unavailable("The ledger is leaving memory; ask again.")))
        {
            // Nobody may be waiting.
            _ = _done.Task.Exception;
        }
    }

    /// <summary>A node of its own for this structure, with every child that needs no asking.</summary>
    private void Prepare(TreePosition position)
    {
        var known = Next;
        var next = new TreeNode(_ledger.Frame, position, _ledger.Epoch);
        if (_ledger.Own.Version > 0)
        {
            next.SetOwn(_ledger.Own);
        }

        var missing = new List<string>();
        foreach (var child in position.View.ChildrenOf(position.Unit.Code))
        {
            if (known.HasSame(position.View, child) && !_missing.Contains(child.Code))
            {
                next.Take(known, child);
            }
            else if (_place.Node.HasSame(position.View, child))
            {
                next.Take(_place.Node, child);
            }
            else
            {
                missing.Add(child.Code);
            }
        }

        _missing.Clear();
        _missing.UnionWith(missing);
        Next = next;
    }

    private async Task SwapAsync()
    {
        await Detached.RunAsync(RunAsync, _ledger.Fail, _stop.Token);
        Dispose();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        // The turn that found the structure changed goes first.
        await Task.Yield();
        for (var tries = 0; _missing.Count > 0; tries++)
        {
            await RoundAsync(tries, cancellation);
            if (_done.Task.IsCompleted || !_ledger.FollowOrLeave())
            {
                return;
            }
        }

        LedgerLog.Swapped(
            _work.Logger, _ledger.Frame.Key.ToString(), Next.Tree, Next.Position.StructureVersion,
            _work.Clock.GetElapsedTime(_started).TotalMilliseconds);
        _place.Swap(Next);
        _done.TrySetResult();
    }

    /// <summary>Asks every missing child; ends when all have answered or failed, or when there is another structure to aim at.</summary>
    private async Task RoundAsync(int tries, CancellationToken cancellation)
    {
        _aimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = AskAsync(tries, cancellation);
        while (!asked.IsCompleted && !_aimed.Task.IsCompleted)
        {
            var alarm = Task.Delay(_work.Options.SwapAlarm, _work.Clock, cancellation);
            if (await Task.WhenAny(asked, _aimed.Task, alarm) == alarm)
            {
                await alarm;
                AlarmIfStuck();
            }
        }

        AlarmIfStuck();
        if (asked.IsCompleted)
        {
            await asked;
        }
    }

    private async Task AskAsync(int tries, CancellationToken cancellation)
    {
        if (tries > 0)
        {
            var options = _work.Options;
            var wait = Math.Min(options.PushRetryMax.Ticks, options.PushRetry.Ticks << Math.Min(tries - 1, 10));
            await Task.WhenAny(_aimed.Task, Task.Delay(TimeSpan.FromTicks(wait), _work.Clock, cancellation));
        }

        var next = Next;
        var missing = next.View.ChildrenOf(next.Unit.Code).Where(child => _missing.Contains(child.Code)).ToList();

        // A leaf that the present structure does not have can have pushed to nobody by it: it need not be woken.
        var read = missing.Where(child => next.View.IsLeaf(child.Code) && !_place.Node.View.TryFind(child.Code, out _)).ToList();
        await Task.WhenAll(missing.Except(read).Select(child => AskAsync(next, child.Code)).Append(ReadAsync(next, read, cancellation)));
    }

    private async Task ReadAsync(TreeNode next, List<Unit> leaves, CancellationToken cancellation)
    {
        try
        {
            await _children.ReadLeavesAsync(_ledger.Frame, next, leaves, cancellation);
            if (next == Next)
            {
                _missing.ExceptWith(leaves.Select(leaf => leaf.Code));
            }
        }
        catch (JournalUnavailableException exception)
        {
            LedgerLog.SwapDelayed(_work.Logger, exception, next.Unit.Code, "", next.Position.StructureVersion);
        }
    }

    private async Task AskAsync(TreeNode asked, string child)
    {
        var version = asked.Position.StructureVersion;
        try
        {
            var contribution = await _children.PullAsync(_ledger.Frame, asked, child);
            if (contribution.StructureVersion > version)
            {
                // The child is ahead, perhaps of what this silo has seen.
                await _ledger.LookAsync(contribution.StructureVersion);
            }

            if (contribution.StructureVersion >= Next.Since && Next.Accepts(contribution, out var unit))
            {
                if (contribution.Version.Version > 0)
                {
                    Next.Receive(contribution, unit);
                }

                _missing.Remove(child);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the child suffers, it is asked again; until it has answered, nothing is swapped.
            LedgerLog.SwapDelayed(_work.Logger, exception, asked.Unit.Code, child, version);
        }
    }

    private void AlarmIfStuck()
    {
        var elapsed = _work.Clock.GetElapsedTime(_started);
        if (_missing.Count > 0 && elapsed >= _work.Options.SwapAlarm * (_alarms + 1))
        {
            _alarms++;
            _work.Telemetry.SwapStuck();
            LedgerLog.SwapStuck(
                _work.Logger, _ledger.Frame.Key.ToString(), Next.Tree, Next.Position.StructureVersion,
                _missing.Order(StringComparer.Ordinal).First(), _missing.Count);
        }
    }
}
