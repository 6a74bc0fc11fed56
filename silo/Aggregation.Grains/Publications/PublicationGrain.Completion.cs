using Aggregation.Contracts;
using Aggregation.Contracts.Publications;
using Aggregation.Grains.Entries;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Reports;
using Google.Protobuf;

namespace Aggregation.Grains.Publications;

/// <content>An office's completion: reported by a publication, decided by the level above in the same stream.</content>
internal sealed partial class PublicationGrain
{
    public async Task<PublicationView> Decide(Caller caller, DecideCompletionCommand command, CancellationToken cancellation)
    {
        var frame = Frame(caller);
        PublicationRules.RequireDecide(caller, await history.StructureNowAsync(frame.Key.Tenant), frame);
        Completions.RequireCommand(command);
        var hash = RequestHash.Of(frame.Key, command);
        return await FindRequestAsync(frame, command.RequestId, hash, cancellation) ?? await DecideAsync(frame, caller, command, hash, cancellation);
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

        var payload = new CompletionDecidedEntry
        {
            Number = command.Number, Hash = ByteString.CopyFrom(Convert.FromHexString(command.Hash)), Text = command.Text,
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
            if (last?.Completion!.State != CompletionState.Accepted)
            {
                undecided.Add(office);
            }
        }

        Completions.RequireNone(undecided);
    }
}
