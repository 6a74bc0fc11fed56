namespace Aggregation.Storage.Journal;

/// <summary>A journal that has to be opened before its first use.</summary>
public interface IJournalStart
{
    /// <summary>Connects, brings the schema up to date and takes the database for this host. Called once.</summary>
    Task StartAsync(CancellationToken cancellation);
}
