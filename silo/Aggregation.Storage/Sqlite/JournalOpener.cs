using Aggregation.Storage.Journal;
using Microsoft.Extensions.Hosting;

namespace Aggregation.Storage.Sqlite;

/// <summary>Opens the journal when the host starts, so that a wrong path or a second host is told then and not at the first request.</summary>
internal sealed class JournalOpener(Func<IJournal> open) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        open();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
