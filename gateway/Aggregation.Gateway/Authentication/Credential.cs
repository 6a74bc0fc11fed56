using Aggregation.Contracts;

namespace Aggregation.Gateway.Authentication;

/// <summary>What is known of a credential, and until when it is believed.</summary>
/// <param name="Caller">Whom it stands for; null when it is nobody's.</param>
/// <param name="AskedAt">
/// When that was asked, as a timestamp of the clock that only ever goes forward: a machine's time of day may be set back, and
/// a revoked key must not work the longer for it.
/// </param>
/// <param name="Address">Where it was shown from; empty where that is not known.</param>
internal sealed record Credential(Caller? Caller, long AskedAt, string Address);
