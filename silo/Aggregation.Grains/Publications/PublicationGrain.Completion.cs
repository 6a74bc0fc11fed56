using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Reviews;
using Aggregation.Grains.Entries;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Reports;
using Google.Protobuf;

namespace Aggregation.Grains.Publications;

/// <content>An office's completion: reported by a publication, decided by the level above in the same stream.</content>
internal sealed partial class PublicationGrain
{
    /// <summary>Reports that are locked at the same time.</summary>
    private const int LocksInFlight = 32;

    public async Task<PublicationView> Decide(Caller caller, DecideCompletionCommand command, CancellationToken cancellation)
    {
        var frame = Frame(caller);
        PublicationRules.RequireDecide(caller, await history.StructureNowAsync(frame.Key.Tenant), frame);
        Completions.RequireCommand(command);
        var hash = RequestHash.Of(frame.Key, command);
        var decided = await FindRequestAsync(frame, command.RequestId, hash, cancellation) ?? await DecideAsync(frame, caller, command, hash, cancellation);
        await LockAsync(frame, caller, decided, cancellation);
        return await NowAsync(frame, caller, decided, cancellation);
    }

    /// <summary>
    /// Locks what an accepted completion counts, by one entry per report. Whatever ends it half-way, the same request again goes on;
    /// a report that waits for a decision is locked by a later one.
    /// </summary>
    private async Task LockAsync(LedgerFrame frame, Caller caller, PublicationView decided, CancellationToken cancellation)
    {
        if (decided.Completion is not { State: CompletionState.Accepted, IsLocking: true })
        {
            return;
        }

        var now = await CompletionNow.ReadAsync(frame, decided, history, cancellation);
        var command = new ReviewCommand { RequestId = $"completion-{decided.Hash[..32]}", Act = ReviewAct.Lock };
        foreach (var some in now.Unlocked.Chunk(LocksInFlight))
        {
            await Task.WhenAll(some.Select(unit => LockAsync(frame.Key.At(unit), caller, command, cancellation)));
        }
    }

    private async Task LockAsync(LedgerKey ledger, Caller caller, ReviewCommand command, CancellationToken cancellation)
    {
        try
        {
            await GrainFactory.GetGrain<ILedgerGrain>(ledger.ToString()).Review(caller, command, cancellation);
        }
        catch (RefusedException refusal) when (refusal.Kind is RefusalKind.FailedPrecondition or RefusalKind.Unavailable)
        {
            // Its lock is missing, and the completion says so.
        }
    }

    /// <summary>A publication as it reads now: what was accepted may have been corrected since.</summary>
    private async Task<PublicationView> NowAsync(
        LedgerFrame frame, Caller caller, PublicationView view, CancellationToken cancellation)
    {
        if (view.Completion is not { State: CompletionState.Accepted })
        {
            return view;
        }

        var structure = await history.StructureNowAsync(frame.Key.Tenant);
        if (!LedgerShape.Of(structure, frame).Any(position => position.Tree == view.Query.Tree))
        {
            return view;
        }

        var entries = await ReadAsync(frame, cancellation);
        var accepted = Publication.Read(frame, entries[(int)view.Number - 1]) with { View = view };
        var now = await CompletionNow.ReadAsync(frame, view, history, cancellation);
        return now.Show(frame, accepted, Access.ReadsTotal(caller, structure, frame.Day, view.Query.Tree, frame.Key.Unit));
    }

    private async Task<PublicationView> DecideAsync(
        LedgerFrame frame, Caller caller, DecideCompletionCommand command, byte[] requestHash, CancellationToken cancellation)
    {
        var view = Completions.RequireReported(frame, await ReadAsync(frame, cancellation), command);
        if (command.Accept)
        {
            Completions.RequireAnother(view, caller, await tenants.GetAsync(frame.Key.Tenant));

            // Accepted is what was signed, not what has become of it meanwhile.
            var now = await history.ReadAsync(frame, view.Query, await history.NowAsync(cancellation), cancellation);
            Completions.RequireUnchanged(view, now.Sum().Digest.ToString());
        }

        var settings = (await tenants.GetAsync(frame.Key.Tenant)).Settings;
        var payload = new CompletionDecidedEntry
        {
            Number = command.Number,
            Hash = ByteString.CopyFrom(Convert.FromHexString(command.Hash)),
            Text = command.Text,
            Locking = command.Accept && settings.LockOnCompletion,
        };
        return await AppendAsync(
            frame, caller, command.Accept ? EntryKinds.CompletionAccepted : EntryKinds.CompletionReturned,
            command.RequestId, requestHash, payload.ToByteArray(), cancellation);
    }

    /// <summary>Nothing directly below may wait for a decision: no report, and no office that holds any.</summary>
    private async Task RequireDoneAsync(
        LedgerFrame frame, FoldedTotal total, List<string> waiting, CancellationToken cancellation)
    {
        var undecided = waiting.Where(total.IsChild).ToList();
        foreach (var office in total.Offices)
        {
            var ledger = frame with { Key = frame.Key.At(office) };
            var last = Completions.Views(ledger, await ReadAsync(ledger, cancellation)).LastOrDefault(view => view.Completion is not null);
            if (last?.Completion!.State != CompletionState.Accepted
                || (last.Completion.IsLocking && !(await CompletionNow.ReadAsync(ledger, last, history, cancellation)).Unlocked.IsEmpty))
            {
                undecided.Add(office);
            }
        }

        Completions.RequireNone(undecided);
    }
}
