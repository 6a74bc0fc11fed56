namespace Aggregation.Domain.Reports;

/// <summary>A revision of a unit's own that counts in a layer.</summary>
/// <param name="Revision">Version of the entry that filed it, from 1.</param>
/// <param name="At">When it was filed, to the millisecond.</param>
/// <param name="Actor">The key that filed it.</param>
/// <param name="Nil">It is a nil return 零报告, without figures.</param>
/// <param name="Packed">Its figures, packed; empty for a nil return.</param>
/// <param name="ContentHash">SHA-256 of the entry's payload; enters the set digest.</param>
public sealed record OwnRevision(
    long Revision, DateTimeOffset At, string Actor, bool Nil, ReadOnlyMemory<byte> Packed, ReadOnlyMemory<byte> ContentHash)
{
    /// <summary>As they were filed; a nil return gives no cell.</summary>
    public Figures.Figures ToFigures(int cells) => Nil ? Figures.Figures.Empty(cells) : Figures.Figures.Unpack(Packed.Span);
}
