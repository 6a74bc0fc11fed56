using Aggregation.Grains.Entries;
using Google.Protobuf;

namespace Aggregation.Grains.Reports;

/// <summary>Where the review of a unit's own report stands, beside which of its revisions count.</summary>
/// <param name="Locked">Nothing is filed or withdrawn until the level above reopens it.</param>
/// <param name="Returned">The revision that was returned and not replaced since; 0 for none.</param>
/// <param name="Signed">The revision, not replaced since, that the head of the unit signed; 0 for none.</param>
/// <param name="FiledHash">
/// Hash of the entry that filed the last revision; empty while that is the stream's last entry, whose hash is at hand.
/// </param>
internal readonly record struct ReviewStanding(bool Locked, long Returned, long Signed, ReadOnlyMemory<byte> FiledHash)
{
    /// <summary>Null where nothing was ever reviewed, as for most units most of the time.</summary>
    public ReviewState? Write() => !Locked && Returned == 0 && Signed == 0 && FiledHash.IsEmpty ? null : new ReviewState
    {
        Locked = Locked,
        Returned = Returned,
        Signed = Signed,
        FiledHash = UnsafeByteOperations.UnsafeWrap(FiledHash),
    };

    public static ReviewStanding Read(ReviewState? state) =>
        state is null ? default : new ReviewStanding(state.Locked, state.Returned, state.Signed, state.FiledHash.Memory);
}
