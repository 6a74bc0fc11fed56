using Aggregation.Contracts;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>What became of imports of a tenant into this journal: the fold of the stream <see cref="Stream"/>. Immutable.</summary>
internal sealed record ImportRecord
{
    public const string Stream = "import";

    /// <summary>The export that was begun with last; empty where there was none.</summary>
    public string Export { get; init; } = "";

    /// <summary>When that export was made.</summary>
    public DateTimeOffset ExportedAt { get; init; }

    public bool IsFinished { get; init; }

    public long Version { get; init; }

    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>An import was begun and not finished: what is there of the tenant must not be seen.</summary>
    public bool IsOpen => Version > 0 && !IsFinished;

    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<ImportRecord> ReadAsync(IJournal journal, string tenant)
    {
        var entries = await journal.ReadStreamAsync(tenant, Stream, 0, CancellationToken.None);
        return entries.Aggregate(new ImportRecord(), (record, entry) => record.Apply(entry));
    }

    /// <exception cref="RefusedException">No import of this export is under way.</exception>
    public void RequireOpen(string tenant, string export)
    {
        if (!IsOpen || Export != export)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition, $"No import of '{tenant}' from this export is under way; begin with its header.");
        }
    }

    private ImportRecord Apply(StoredEntry entry)
    {
        var next = entry.Kind switch
        {
            EntryKinds.ImportStarted => Started(ImportStartedEntry.Parser.ParseFrom(entry.Payload.Span)),
            EntryKinds.ImportFinished => this with { IsFinished = true },
            _ => throw new InvalidDataException(
                $"Journal entry {entry.Version} about imports of '{entry.Tenant}' is of kind '{entry.Kind}', which this program does not know."),
        };
        return next with { Version = entry.Version, Head = entry.Hash };
    }

    private ImportRecord Started(ImportStartedEntry entry) => this with
    {
        Export = entry.Export,
        ExportedAt = DateTimeOffset.FromUnixTimeMilliseconds(entry.ExportedAtUnixMs),
    };
}
