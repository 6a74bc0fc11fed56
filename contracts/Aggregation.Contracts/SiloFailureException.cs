using System.Security.Cryptography;

namespace Aggregation.Contracts;

/// <summary>
/// What a silo failed with that no contract knows, in its place: the types of other exceptions need not be known to who calls, and what
/// they say is for the silo's log, which has them under the same reference.
/// </summary>
/// <param name="reference">As <see cref="NewReference"/> makes them.</param>
[GenerateSerializer, Alias("aggregation.SiloFailureException")]
public sealed class SiloFailureException(string reference) : Exception($"The silo failed; its log says why, under reference {reference}.")
{
    [Id(0)] public string Reference { get; init; } = reference;

    /// <summary>Twelve hexadecimal digits by which people find one failure in the logs of several processes.</summary>
    public static string NewReference() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
}
