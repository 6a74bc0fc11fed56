using Aggregation.Contracts;

namespace Aggregation.Gateway.Authentication;

/// <summary>What is known of a credential, and until when it is believed.</summary>
/// <param name="Caller">Whom it stands for; null when it is nobody's.</param>
/// <param name="ValidUntil">Asked again from then on.</param>
internal sealed record Credential(Caller? Caller, DateTimeOffset ValidUntil);
