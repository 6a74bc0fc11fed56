using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Aggregation.Storage.Sqlite;

namespace Aggregation.Storage.Tests;

public sealed class SqliteJournalSuiteTests : JournalSuite, IDisposable
{
    private readonly SqliteFiles files = new();

    protected override IPersonalData Personal => new SqlitePersonalData((SqliteJournal)Journal);

    public void Dispose() => files.Dispose();

    protected override Task<IJournal> OpenAsync() => Task.FromResult<IJournal>(SqliteFiles.Open(files.Options("journal.db")));

    protected override async Task CloseAsync(IJournal journal) => await ((SqliteJournal)journal).DisposeAsync();
}
