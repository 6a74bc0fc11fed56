using Aggregation.Cli.Output;
using Spectre.Console;

namespace Aggregation.Cli.Transfer;

/// <summary>A bar for each pass over an export, where somebody is looking.</summary>
internal static class TransferProgress
{
    /// <param name="title">What is being done.</param>
    /// <param name="work">Told a function to call with how much is done and how much there is.</param>
    public static async Task<T> RunAsync<T>(Terminal terminal, bool json, string title, Func<Action<long, long>, Task<T>> work)
    {
        if (json || !terminal.IsInteractive)
        {
            return await work((_, _) => { });
        }

        return await terminal.ErrorScreen.Progress()
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(),
                new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(title);
                return await work((done, all) =>
                {
                    task.MaxValue = Math.Max(1, all);
                    task.Value = done;
                });
            });
    }
}
