using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Drafts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Drafts;

/// <summary>Remembers the last entry of the draft's own stream, so that each answer reads only what has come since; each save is an entry.</summary>
internal sealed class DraftGrain(IJournal journal, TenantCatalog tenants, FormCatalog forms, TimeProvider clock) : Grain, IDraftGrain
{
    private StoredEntry? _last;

    public async Task<DraftView> Save(Caller caller, SubmitCommand content, long? expectedVersion, CancellationToken cancellation)
    {
        var frame = await OpenAsync(caller);
        RequireCells(frame, content);
        var last = await ReadAsync(frame, cancellation);
        RequireVersion(frame, last, expectedVersion);
        var saved = DraftCodec.Write(content);

        // Saving the same again, as a program does that saves all the time, leaves no trace.
        return last is { Kind: EntryKinds.DraftSaved } && last.Payload.Span.SequenceEqual(saved.ToByteArray())
            ? View(frame, last)
            : View(frame, await AppendAsync(frame, caller, last, EntryKinds.DraftSaved, saved));
    }

    public async Task<DraftView> Get(Caller caller, CancellationToken cancellation)
    {
        var frame = await OpenAsync(caller);
        return await ReadAsync(frame, cancellation) is { Kind: EntryKinds.DraftSaved } last
            ? View(frame, last)
            : throw Refuse.NotFound($"draft of form {frame.Key.Form} for {frame.Key.Period}", frame.Key.Unit);
    }

    public Task Discard(Caller caller, CancellationToken cancellation) => DiscardAsync(caller, null, cancellation);

    public Task DiscardVersion(Caller caller, long version, CancellationToken cancellation) => DiscardAsync(caller, version, cancellation);

    private async Task DiscardAsync(Caller caller, long? expectedVersion, CancellationToken cancellation)
    {
        var frame = await OpenAsync(caller);
        if (await ReadAsync(frame, cancellation) is { Kind: EntryKinds.DraftSaved } last)
        {
            RequireVersion(frame, last, expectedVersion);
            await AppendAsync(frame, caller, last, EntryKinds.DraftDiscarded, new DraftSavedEntry());
        }
    }

    private static void RequireVersion(LedgerFrame frame, StoredEntry? last, long? expected)
    {
        var version = last?.Version ?? 0;
        if (expected is { } known && known != version)
        {
            throw new RefusedException(RefusalKind.Stale, $"The draft of {frame.Key.Unit} is at version {version}, not {known}.")
            {
                CurrentRevision = version,
            };
        }
    }

    private static string StreamOf(LedgerKey ledger) => $"draft/{ledger.Form}/{ledger.Period}/{ledger.Unit}";

    private static DraftView View(LedgerFrame frame, StoredEntry entry) => new()
    {
        Ledger = frame.Key,
        Content = DraftCodec.Read(DraftSavedEntry.Parser.ParseFrom(entry.Payload.Span)),
        Version = entry.Version,
        At = entry.At,
        Actor = entry.Actor,
    };

    private static void RequireCells(LedgerFrame frame, SubmitCommand content)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        foreach (var (field, cells) in new[] { ("cells", content.Cells), ("narrative", content.Narrative) })
        {
            violations.AddRange(cells.Where(figure => !frame.Form.TryGetCell(figure.Cell, out _)).Select(figure => new Violation
            {
                Field = $"{field}[{figure.Cell}]",
                Value = figure.Cell,
                Rule = $"a cell of form {frame.Form.Id}",
                MessageZh = $"报表 {frame.Form.Id} 没有此单元格",
                MessageEn = $"form {frame.Form.Id} has no such cell",
            }));
        }

        if (violations.Count > 0)
        {
            throw RequestRules.Broken(violations.ToImmutable());
        }
    }

    /// <summary>The draft's last entry; null where nothing was ever saved.</summary>
    private async Task<StoredEntry?> ReadAsync(LedgerFrame frame, CancellationToken cancellation)
    {
        var since = await journal.ReadStreamAsync(frame.Key.Tenant, StreamOf(frame.Key), _last?.Version ?? 0, cancellation);
        return _last = since.Count > 0 ? since[^1] : _last;
    }

    private Task<StoredEntry> AppendAsync(LedgerFrame frame, Caller caller, StoredEntry? last, string kind, IMessage payload) =>
        journal.AppendAsync(
            frame.Key.Tenant, StreamOf(frame.Key), last?.Version ?? 0, last?.Hash ?? default,
            kind, payload, caller.KeyId, clock.GetUtcNow(), caller.Origin);

    private async Task<LedgerFrame> OpenAsync(Caller caller)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        var frame = LedgerFrame.Read(key, forms);
        var structure = (await tenants.GetAsync(key.Tenant)).Structure;
        Access.RequireSubmit(caller, structure, frame.Day, key.Unit);
        LedgerShape.RequireUnit(structure, frame);
        return frame;
    }
}
