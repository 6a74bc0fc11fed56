using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Sqlite;

/// <summary>A change of something else than entries.</summary>
internal interface IPendingChange
{
    void Apply(WriterConnection connection);
}

/// <inheritdoc cref="IPendingChange"/>
/// <remarks>Of a kind that may be done twice: after a transaction that failed, whoever asked for it asks again.</remarks>
internal sealed class PendingChange<T>(Func<WriterConnection, T> change) : PendingWork<T>, IPendingChange
{
    public void Apply(WriterConnection connection) => Answer(change(connection));
}
