using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Publications;
using Aggregation.Domain.Chains;
using Aggregation.Domain.Forms;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Publications;

/// <summary>
/// Writes one publication at a time and keeps none in memory. What is published is the journal's total at one position, not
/// a ledger's: a ledger may not have heard of everything yet, and the snapshot must name the submissions it is made of.
/// </summary>
internal sealed partial class PublicationGrain(IJournal journal, FormCatalog forms, TenantCatalog tenants, TimeProvider clock, AsOfReader history)
    : Grain, IPublicationGrain
{
    public async Task<PublicationView> Publish(Caller caller, PublishCommand command, CancellationToken cancellation)
    {
        var frame = Frame(caller);
        PublicationRules.RequirePublish(caller, command, await history.StructureNowAsync(frame.Key.Tenant), frame);
        PublicationRules.RequireCommand(command);
        var hash = RequestHash.Of(frame.Key, command);
        return await FindRequestAsync(frame, command.RequestId, hash, cancellation) is { } earlier
            ? await NowAsync(frame, caller, earlier, cancellation)
            : await AppendAsync(frame, caller, command, hash, cancellation);
    }

    public async Task<ImmutableArray<PublicationView>> List(Caller caller, CancellationToken cancellation)
    {
        var frame = Frame(caller);
        PublicationRules.RequireList(caller, await history.StructureNowAsync(frame.Key.Tenant), frame);
        var views = ImmutableArray.CreateBuilder<PublicationView>();
        foreach (var view in Completions.Views(frame, await ReadAsync(frame, cancellation)))
        {
            views.Add(await NowAsync(frame, caller, view, cancellation));
        }

        return views.ToImmutable();
    }

    public async Task<PublishedTotalView> Get(Caller caller, long? number, CancellationToken cancellation)
    {
        var frame = Frame(caller);
        var publication = await FindAsync(caller, frame, number, cancellation);
        return new PublishedTotalView(publication.View, publication.ToTotal(frame));
    }

    public async Task<RestatementView> Restate(Caller caller, RestatementQuery query, CancellationToken cancellation)
    {
        var frame = Frame(caller);
        PublicationRules.RequireQuery(query);
        var publication = await FindAsync(caller, frame, query.Number, cancellation);
        return await Restatement.MakeAsync(frame, publication, query, history, cancellation);
    }

    private async Task<PublicationView> AppendAsync(
        LedgerFrame frame, Caller caller, PublishCommand command, byte[] requestHash, CancellationToken cancellation)
    {
        var point = await history.NowAsync(cancellation);
        var total = await history.EmptyAsync(frame, command.Query, point, cancellation);
        var members = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var waiting = new List<string>();
        await foreach (var stream in LedgerStream.ReadAsync(journal, frame.Key, point, total.Units, cancellation))
        {
            if (total.Add(stream.Unit, stream.Version, stream.Counting) is { } revision)
            {
                members.Add(stream.Unit, revision.Revision);
            }

            if (stream.Counting.IsWaiting)
            {
                waiting.Add(stream.Unit);
            }
        }

        var view = total.ToTotal(null);
        PublicationRules.RequireDigest(command.ExpectedDigest, view.Digest);
        if (command.IsCompletion)
        {
            await RequireDoneAsync(frame, total, waiting, cancellation);
        }

        var payload = Publication.Write(frame, command, view, total.Sum().Totals, members);
        return await AppendAsync(frame, caller, EntryKinds.Published, command.RequestId, requestHash, payload, cancellation);
    }

    private async Task<PublicationView> AppendAsync(
        LedgerFrame frame, Caller caller, string kind, string requestId, byte[] requestHash, byte[] payload,
        CancellationToken cancellation)
    {
        var entries = await ReadAsync(frame, cancellation);
        var entry = new NewEntry
        {
            Tenant = frame.Key.Tenant,
            Stream = Publication.StreamOf(frame.Key),
            Version = entries.Count + 1,
            Kind = kind,
            At = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
            Actor = caller.KeyId,
            Origin = caller.Origin,
            Unit = frame.Key.Unit,
            RequestId = requestId,
            RequestHash = requestHash,
            Payload = payload,
            PreviousHash = entries.Count == 0 ? default : entries[^1].Hash,
        };
        cancellation.ThrowIfCancellationRequested();
        var outcome = await journal.AppendAsync(entry with { Hash = EntryHash.Of(entry) });
        return outcome.Result switch
        {
            AppendResult.Appended => Completions.ViewOf(frame, [.. entries, outcome.Entry], outcome.Entry),
            AppendResult.VersionTaken => throw Refuse.Unavailable("Another publication of this total came first; try again."),
            _ => await RepeatedAsync(frame, outcome.Entry, requestHash, cancellation),
        };
    }

    /// <summary>What the request brought about when it came before; null where it did not.</summary>
    private async Task<PublicationView?> FindRequestAsync(
        LedgerFrame frame, string requestId, byte[] requestHash, CancellationToken cancellation) =>
        await journal.FindRequestAsync(frame.Key.Tenant, frame.Key.Unit, requestId, cancellation) is { } earlier
            ? await RepeatedAsync(frame, earlier, requestHash, cancellation)
            : null;

    private async Task<PublicationView> RepeatedAsync(
        LedgerFrame frame, StoredEntry earlier, byte[] requestHash, CancellationToken cancellation) =>
        earlier.Stream == Publication.StreamOf(frame.Key) && earlier.RequestHash.Span.SequenceEqual(requestHash)
            ? Completions.ViewOf(frame, await ReadAsync(frame, cancellation), earlier)
            : throw new RefusedException(
                RefusalKind.AlreadyExists,
                $"Request id '{earlier.RequestId}' of unit {frame.Key.Unit} was used before for other content ({earlier.Stream}, {earlier.Version}).");

    private async Task<Publication> FindAsync(Caller caller, LedgerFrame frame, long? number, CancellationToken cancellation)
    {
        var structure = await history.StructureNowAsync(frame.Key.Tenant);
        PublicationRules.RequireSomeRead(caller, structure, frame);
        var entries = await ReadAsync(frame, cancellation);
        var entry = entries.LastOrDefault(entry => entry.Kind == EntryKinds.Published && (number is null || entry.Version == number));
        if (entry is null)
        {
            throw Refuse.NotFound(
                $"publication of {frame.Key.Unit}, form {frame.Key.Form}, {frame.Key.Period}",
                number?.ToString(CultureInfo.InvariantCulture) ?? "latest");
        }

        var publication = Publication.Read(frame, entry);
        Access.RequireTotal(caller, structure, frame.Day, publication.View.Query.Tree, frame.Key.Unit);
        return publication with { View = await NowAsync(frame, caller, Completions.ViewOf(frame, entries, entry), cancellation) };
    }

    private Task<IReadOnlyList<StoredEntry>> ReadAsync(LedgerFrame frame, CancellationToken cancellation) =>
        journal.ReadStreamAsync(frame.Key.Tenant, Publication.StreamOf(frame.Key), 0, cancellation);

    private LedgerFrame Frame(Caller caller)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        return LedgerFrame.Read(key, forms);
    }
}
