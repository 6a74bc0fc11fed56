using System.Globalization;
using Grpc.Core;

namespace Aggregation.Fuzz.Runs;

/// <param name="Requests">Sent, those that only warmed up among them.</param>
/// <param name="Before">Memory of the server before, in bytes.</param>
/// <param name="After">The same after the last request.</param>
/// <param name="Faults">What should not have been.</param>
/// <param name="WarmUp">How many requests went before memory was first measured.</param>
internal sealed record FuzzResult(
    int Requests, int Rpcs, int Kinds, IReadOnlyDictionary<StatusCode, int> Statuses, long Before, long After,
    IReadOnlyList<string> Faults, int Seed, int WarmUp)
{
    public string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"fuzz: {Requests} requests over {Rpcs} RPCs in {Kinds} ways: {string.Join(", ", Statuses.Select(static pair => $"{pair.Value} {pair.Key}"))}; "
        + $"{Statuses.GetValueOrDefault(StatusCode.Unknown)} UNKNOWN, {Statuses.GetValueOrDefault(StatusCode.Internal)} INTERNAL, {Faults.Count} faults; "
        + $"memory {Before >> 20} to {After >> 20} MiB; seed {Seed}");
}
