namespace Aggregation.TestKit.Oracles;

/// <summary>What the total of some reports must be.</summary>
/// <param name="Expected">How many reports could be there.</param>
/// <param name="Submitted">How many count as submitted.</param>
/// <param name="Accepted">How many count as accepted.</param>
/// <param name="Nil">How many of those that count say that there is nothing to report.</param>
/// <param name="Digest">Of the layer's revisions, in hexadecimal.</param>
/// <param name="Cells">The layer's sum of each cell that any gives, and how many give it; by code.</param>
public sealed record OracleTotal(
    int Expected, int Submitted, int Accepted, int Nil, string Digest, IReadOnlyList<(string Cell, decimal Amount, int Count)> Cells);
