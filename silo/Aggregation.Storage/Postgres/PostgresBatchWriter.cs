using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Postgres;

/// <summary>Writes batches to the server, by one session at a time.</summary>
/// <param name="options">Whether for this host alone.</param>
/// <param name="connections">Where to write.</param>
/// <param name="opened">An open session, owned from now on.</param>
/// <param name="logger">Told of failed transactions.</param>
internal sealed class PostgresBatchWriter(
    PostgresJournalOptions options, PostgresConnections connections, WriterSession opened, ILogger logger) : IBatchWriter
{
    private WriterSession? session = opened;
    private SessionIdentity? previous;

    public KeyValuePair<string, object?> System => JournalTelemetry.Postgres;

    public bool Blocks => false;

    /// <remarks>The server ends this host's failed session first, so that its locks are free and its last transaction is over.</remarks>
    public async ValueTask Open() =>
        session ??= await WriterSession.Open(connections, previous, lease: !options.AllowSecondHost, CancellationToken.None);

    public async ValueTask<long?> Write(List<PendingWork> batch)
    {
        await session!.Write(batch);
        return null;
    }

    public async ValueTask Explain(List<PendingWork> refused) => await session!.Explain(refused);

    public async ValueTask Find(List<PendingWork> batch) => await session!.Find(batch);

    public async ValueTask Close()
    {
        if (session is not null)
        {
            previous = session.Identity;
            await session.DisposeAsync();
            session = null;
        }
    }

    public bool IsAboutTheContent(Exception fault) => PostgresFaults.IsAboutTheContent(fault);

    public void CannotOpen(int works, Exception fault) => PostgresLog.CannotConnect(logger, connections.Name, fault);

    public void BatchFailed(int works, int found, Exception fault) =>
        PostgresLog.BatchFailed(logger, works, found, connections.Name, fault);

    public void OutcomeUnknown(int works, Exception fault) => PostgresLog.OutcomeUnknown(logger, works, connections.Name, fault);

    public async ValueTask DisposeAsync()
    {
        if (session is not null)
        {
            await session.ReturnLease();
        }

        await Close();
    }
}
