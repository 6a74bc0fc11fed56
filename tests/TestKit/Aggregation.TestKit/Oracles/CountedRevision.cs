namespace Aggregation.TestKit.Oracles;

/// <summary>A revision of a report as it counts.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Cells">What was given, by cell.</param>
/// <param name="ContentHash">SHA-256 of the content as the journal has it.</param>
public sealed record CountedRevision(
    long Number, IReadOnlyDictionary<string, decimal> Cells, bool IsNil, ReadOnlyMemory<byte> ContentHash);
