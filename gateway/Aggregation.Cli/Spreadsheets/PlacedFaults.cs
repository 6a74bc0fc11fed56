using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>What the server finds, named by the place in the file where the figure stands.</summary>
internal static class PlacedFaults
{
    private const string Prefix = "cells[";

    /// <summary>The refusal with its fields as places; null where it names none, or the submission has no places.</summary>
    public static CommandFailedException? Of(SubmissionItem item, RpcException fault)
    {
        var violations = Refusals.Of(fault).Violations;
        return item.Places is null || violations.Count == 0 ? null : new CommandFailedException(fault.Status.Detail, [.. Place(item, violations)])
        {
            ExitCode = Refusals.ExitCodeOf(fault.StatusCode),
        };
    }

    /// <summary>The same violations, each with its place instead of its cell or field.</summary>
    public static IEnumerable<Violation> Place(SubmissionItem item, IEnumerable<Violation> violations)
    {
        foreach (var violation in violations)
        {
            var placed = violation.Clone();
            placed.Field = violation.Field.StartsWith(Prefix, StringComparison.Ordinal) && violation.Field.EndsWith(']')
                ? PlaceOf(item, violation.Field[Prefix.Length..^1], violation.Field)
                : item.FieldPlaces?.GetValueOrDefault(violation.Field) ?? violation.Field;

            yield return placed;
        }
    }

    /// <summary>The same findings, each with its place instead of its cell.</summary>
    public static IEnumerable<Finding> Place(SubmissionItem item, IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var placed = finding.Clone();
            placed.Cell = PlaceOf(item, finding.Cell, finding.Cell);
            yield return placed;
        }
    }

    private static string PlaceOf(SubmissionItem item, string code, string otherwise) =>
        item.Places?.GetValueOrDefault(code, otherwise) ?? otherwise;
}
