using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite;

namespace Aggregation.Storage.Tests;

public sealed class SqliteJournalHistoryTests : JournalHistorySuite, IDisposable
{
    private readonly SqliteFiles files = new();

    public void Dispose() => files.Dispose();

    protected override Task<IJournal> OpenNewAsync() => Task.FromResult<IJournal>(SqliteFiles.Open(files.Options()));

    protected override async Task CloseAsync(IJournal journal) => await ((SqliteJournal)journal).DisposeAsync();
}
