using Microsoft.Extensions.Hosting;

namespace Aggregation.Storage.Journal;

/// <summary>
/// Opens the journal before any other service of the host starts, so that a wrong path, a wrong connection or a second
/// host is told then and not at the first request, and so that whoever keeps state in the same database finds it ready.
/// </summary>
internal sealed class JournalOpener(Func<IJournal> journal) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (journal() is IJournalStart start)
        {
            await start.StartAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
