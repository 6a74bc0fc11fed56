using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.Cli.Spreadsheets;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Submitting;

/// <summary>Shows the progress and the errors of many submissions.</summary>
internal static class SubmissionProgress
{
    public static async Task<SubmissionOutcome> RunAsync(
        Terminal terminal, SubmissionStream stream, IReadOnlyList<SubmissionItem> items, CancellationToken cancellation)
    {
        if (!terminal.IsInteractive)
        {
            return await stream.SendAsync(items, _ => { }, cancellation);
        }

        return await terminal.ErrorScreen.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("填报 submitting", maxValue: items.Count);
                return await stream.SendAsync(items, _ => task.Increment(1), cancellation);
            });
    }

    /// <summary>Each refused submission, with a table of its broken rules.</summary>
    public static void ShowErrors(Terminal terminal, IEnumerable<SubmitManyResponse> errors, IReadOnlyList<SubmissionItem> items)
    {
        var sent = items.ToLookup(item => item.Request.RequestId, StringComparer.Ordinal);
        foreach (var error in errors)
        {
            IEnumerable<Violation> violations = error.Error.Refusal?.Violations ?? [];
            if (sent[error.RequestId].FirstOrDefault(item => item.Request.Unit == error.Unit) is { } item)
            {
                violations = PlacedFaults.Place(item, violations);
            }

            Faults.Show(
                terminal, Faults.Name((StatusCode)error.Error.Code),
                $"{error.Unit} {error.Form} {error.Period}: {error.Error.Message}", [.. violations]);
        }
    }
}
