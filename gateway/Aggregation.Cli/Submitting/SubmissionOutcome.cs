using Aggregation.Cli.Connection;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Submitting;

/// <summary>What became of many submissions.</summary>
/// <param name="Receipts">Of all that count, those that were filed before among them.</param>
/// <param name="Filed">Receipts of what counted already, and was not sent.</param>
/// <param name="Errors">What was refused.</param>
internal sealed record SubmissionOutcome(
    IReadOnlyList<Receipt> Receipts, IReadOnlyList<Receipt> Filed, IReadOnlyList<SubmitManyResponse> Errors)
{
    /// <summary>Ok when all were filed; else that of the first error.</summary>
    public int ExitCode => Errors.Count == 0 ? Cli.ExitCode.Ok : Refusals.ExitCodeOf((StatusCode)Errors[0].Error.Code);
}
