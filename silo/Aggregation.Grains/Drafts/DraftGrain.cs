using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Drafts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Drafts;

/// <summary>Holds nothing in memory: each answer is a reading of the journal, each save an entry of the draft's own stream.</summary>
internal sealed class DraftGrain(LedgerServices services) : Grain, IDraftGrain
{
    public Task<DraftView> Save(Caller caller, SubmitCommand content, long? expectedVersion, CancellationToken cancellation) =>
        AnswerAsync(caller, async frame =>
        {
            RequireCells(frame, content);
            var entries = await ReadAsync(frame, cancellation);
            if (expectedVersion is { } expected && expected != entries.Count)
            {
                throw new RefusedException(
                    RefusalKind.Stale, $"The draft of {frame.Key.Unit} is at version {entries.Count}, not {expected}.")
                {
                    CurrentRevision = entries.Count,
                };
            }

            var saved = DraftCodec.Write(content);

            // Saving the same again, as a program does that saves all the time, leaves no trace.
            return entries.Count > 0 && entries[^1].Kind == EntryKinds.DraftSaved && entries[^1].Payload.Span.SequenceEqual(saved.ToByteArray())
                ? View(frame, entries[^1])
                : View(frame, await AppendAsync(frame, caller, entries, EntryKinds.DraftSaved, saved));
        });

    public Task<DraftView> Get(Caller caller, CancellationToken cancellation) => AnswerAsync(caller, async frame =>
    {
        var entries = await ReadAsync(frame, cancellation);
        return entries.Count > 0 && entries[^1].Kind == EntryKinds.DraftSaved
            ? View(frame, entries[^1])
            : throw Refuse.NotFound($"draft of form {frame.Key.Form} for {frame.Key.Period}", frame.Key.Unit);
    });

    public Task Discard(Caller caller, CancellationToken cancellation) => AnswerAsync(caller, async frame =>
    {
        var entries = await ReadAsync(frame, cancellation);
        if (entries.Count > 0 && entries[^1].Kind == EntryKinds.DraftSaved)
        {
            await AppendAsync(frame, caller, entries, EntryKinds.DraftDiscarded, new DraftSavedEntry());
        }

        return true;
    });

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
            throw SubmissionChecks.Broken(violations.ToImmutable());
        }
    }

    private Task<IReadOnlyList<StoredEntry>> ReadAsync(LedgerFrame frame, CancellationToken cancellation) =>
        services.Journal.ReadStreamAsync(frame.Key.Tenant, StreamOf(frame.Key), 0, cancellation);

    private Task<StoredEntry> AppendAsync(
        LedgerFrame frame, Caller caller, IReadOnlyList<StoredEntry> entries, string kind, IMessage payload) =>
        services.Journal.AppendAsync(
            frame.Key.Tenant, StreamOf(frame.Key), entries.Count, entries.Count == 0 ? default : entries[^1].Hash,
            kind, payload, caller.KeyId, services.Clock.GetUtcNow(), caller.Origin);

    private async Task<T> AnswerAsync<T>(Caller caller, Func<LedgerFrame, Task<T>> answer)
    {
        var key = LedgerKey.Parse(this.GetPrimaryKeyString());
        Access.RequireTenant(caller, key.Tenant);
        var frame = LedgerFrame.Read(key, services.Forms);
        try
        {
            var structure = (await services.Tenants.GetAsync(key.Tenant)).Structure;
            Access.RequireSubmit(caller, structure, frame.Day, key.Unit);
            LedgerShape.RequireUnit(structure, frame);
            return await answer(frame);
        }
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }
}
