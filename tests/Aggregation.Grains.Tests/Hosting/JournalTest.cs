namespace Aggregation.Grains.Tests.Hosting;

/// <summary>Tests on SQLite; a class that derives from theirs runs them on another database.</summary>
public abstract class JournalTest
{
    /// <summary>An empty journal.</summary>
    protected virtual Task<TestJournal> NewJournalAsync() => Task.FromResult(TestJournal.OnSqlite());
}
