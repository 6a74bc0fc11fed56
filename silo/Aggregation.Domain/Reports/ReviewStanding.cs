namespace Aggregation.Domain.Reports;

/// <summary>Where the review of a unit's own report stands, beside which of its revisions count.</summary>
/// <param name="Locked">Nothing is filed or withdrawn until the level above reopens it.</param>
/// <param name="Returned">The revision that was returned and not replaced since; 0 for none.</param>
/// <param name="SignedRevision">The revision, not replaced since, that the head of the unit signed; 0 for none.</param>
/// <param name="FiledHash">
/// Hash of the entry that filed the last revision; empty while that is the stream's last entry, whose hash is at hand.
/// </param>
public readonly record struct ReviewStanding(bool Locked, long Returned, long SignedRevision, ReadOnlyMemory<byte> FiledHash);
