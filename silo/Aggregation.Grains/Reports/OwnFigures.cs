using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Reports;

/// <summary>A revision of a unit's own that counts in a layer.</summary>
/// <param name="Packed">Its figures, packed; empty for a nil return.</param>
/// <param name="ContentHash">SHA-256 of the entry's payload; enters the set digest.</param>
internal sealed record OwnRevision(
    long Revision, DateTimeOffset At, string Actor, bool Nil, ReadOnlyMemory<byte> Packed, ReadOnlyMemory<byte> ContentHash)
{
    public SubmissionSource ToSource() => new(Revision, Actor, At);

    /// <summary>As they were filed; a nil return gives no cell.</summary>
    public Figures ToFigures(int cells) => Nil ? Figures.Empty(cells) : Figures.Unpack(Packed.Span);
}

/// <summary>What a unit itself counts now, per layer. Immutable; packs into the state column of the journal's latest table.</summary>
/// <param name="Submitted">The revision that counts in 已报.</param>
/// <param name="Accepted">The revision that counts in 已审.</param>
/// <param name="Review">Where the review of the report stands.</param>
internal sealed record OwnFigures(OwnRevision? Submitted, OwnRevision? Accepted, ReviewStanding Review = default)
{
    /// <summary>Tag of the field <c>check</c> of <see cref="OwnState"/>, a fixed64, and the length of both.</summary>
    private const byte CheckTag = (4 << 3) | 1;
    private const int CheckLength = 1 + sizeof(ulong);

    public static OwnFigures None { get; } = new(null, null);

    /// <summary>When the unit first filed what it has not withdrawn since; corrections leave it as it is. Null: nothing is there.</summary>
    public DateTimeOffset? FiledAt { get; init; }

    public SubmissionSource? Source => (Submitted ?? Accepted)?.ToSource();

    /// <summary>The unit's one report, by its state.</summary>
    public ReportCounts Counts => new(
        Submitted is null ? 0 : 1, Accepted is null ? 0 : 1, Review.Returned > 0 ? 1 : 0, (Submitted ?? Accepted) is { Nil: true } ? 1 : 0);

    /// <summary>The revision that was filed last and not withdrawn, returned or not; 0 for none.</summary>
    public long Filed => Review.Returned > 0 ? Review.Returned : Submitted?.Revision ?? 0;

    /// <summary>What was filed last is accepted.</summary>
    public bool IsAccepted => Review.Returned == 0 && Submitted is { } submitted && Accepted?.Revision == submitted.Revision;

    /// <summary>待审: what was filed last is neither accepted nor returned.</summary>
    public bool IsWaiting => Review.Returned == 0 && Submitted is not null && !IsAccepted;

    /// <summary>What the unit counts after the next entry of its stream.</summary>
    /// <exception cref="InvalidDataException">The entry is of a kind that this program does not know.</exception>
    public OwnFigures After(StoredEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKinds.Submitted:
                var submitted = SubmittedEntry.Parser.ParseFrom(entry.Payload.Span);
                var revision = new OwnRevision(
                    entry.Version, entry.At, entry.Actor, submitted.Nil, submitted.Figures.Memory, SHA256.HashData(entry.Payload.Span));
                return new OwnFigures(revision, submitted.Accepted ? revision : Accepted) { FiledAt = FiledAt ?? entry.At };
            case EntryKinds.Withdrawn:
                return None;
            default:
                var reviewed = Reviewed(entry);

                // The entry before the first act on a report is the report's own.
                return Review.FiledHash.IsEmpty && Filed > 0
                    ? reviewed with { Review = reviewed.Review with { FiledHash = entry.PreviousHash } }
                    : reviewed;
        }
    }

    public SetDigest Digest(LedgerKey key, Period period, RollupLayer layer)
    {
        var revision = layer == RollupLayer.Submitted ? Submitted : Accepted;
        return revision is null
            ? SetDigest.Zero
            : SetDigest.Of(key.Tenant, key.Unit, key.Form, period, revision.Revision, (int)layer, revision.ContentHash.Span);
    }

    /// <summary>What the unit adds to every total that holds it.</summary>
    public RollupPart ToPart(LedgerKey key, Period period, int cells)
    {
        if (Submitted is null && Accepted is null)
        {
            return Counts == default ? RollupPart.Empty : RollupPart.Empty with { Counts = Counts };
        }

        var submitted = ToPacked(Submitted, cells);
        var accepted = ReferenceEquals(Accepted, Submitted) ? submitted : ToPacked(Accepted, cells);
        return new RollupPart(
            new LayerPart(submitted, Digest(key, period, RollupLayer.Submitted)),
            new LayerPart(accepted, Digest(key, period, RollupLayer.Accepted)),
            Counts);
    }

    /// <summary>The state column, with a check at its end by which a changed bit in it, or in its row's version or hash, shows.</summary>
    /// <param name="version">Version of the last entry that it is made of.</param>
    /// <param name="hash">That entry's hash.</param>
    public byte[] Pack(long version, ReadOnlySpan<byte> hash)
    {
        var same = Submitted is not null && ReferenceEquals(Accepted, Submitted);
        var state = new OwnState
        {
            Submitted = Write(Submitted),
            Accepted = same ? null : Write(Accepted),
            AcceptedIsSubmitted = same,
            FiledAtUnixMs = FiledAt?.ToUnixTimeMilliseconds() ?? 0,
            Review = Review.Write(),
        };
        var length = state.CalculateSize();
        var bytes = new byte[length + CheckLength];
        state.WriteTo(bytes.AsSpan(0, length));
        bytes[length] = CheckTag;
        WriteCheck(bytes.AsSpan(0, length), version, hash, bytes.AsSpan(length + 1));
        return bytes;
    }

    /// <summary>Whether the state is as it was packed for this version and hash.</summary>
    public static bool IsSound(ReadOnlySpan<byte> state, long version, ReadOnlySpan<byte> hash)
    {
        Span<byte> check = stackalloc byte[sizeof(ulong)];
        var length = state.Length - CheckLength;
        if (length < 0 || state[length] != CheckTag || hash.Length != SHA256.HashSizeInBytes)
        {
            return false;
        }

        WriteCheck(state[..length], version, hash, check);
        return check.SequenceEqual(state[(length + 1)..]);
    }

    /// <exception cref="InvalidProtocolBufferException">The bytes are damaged.</exception>
    public static OwnFigures Unpack(ReadOnlyMemory<byte> state)
    {
        var read = OwnState.Parser.ParseFrom(state.Span);
        var submitted = Read(read.Submitted);
        return new OwnFigures(
            submitted, read.AcceptedIsSubmitted ? submitted : Read(read.Accepted), ReviewStanding.Read(read.Review))
        {
            FiledAt = read.FiledAtUnixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(read.FiledAtUnixMs),
        };
    }

    private OwnFigures Reviewed(StoredEntry act) => act.Kind switch
    {
        EntryKinds.Accepted => this with { Accepted = Submitted },
        EntryKinds.Returned => this with
        {
            // What was accepted before goes on counting; else the unit counts nowhere until it files again.
            Submitted = Accepted,
            Review = Review with { Returned = Filed },
        },
        EntryKinds.Reopened => this with { Accepted = null, Review = Review with { Locked = false } },
        EntryKinds.Locked => this with { Review = Review with { Locked = true } },
        EntryKinds.Signed => this with { Review = Review with { Signed = Filed } },
        _ => throw new InvalidDataException(
            $"Journal entry {act.Version} of '{act.Stream}' is of kind '{act.Kind}', which this program does not know."),
    };

    private static void WriteCheck(ReadOnlySpan<byte> state, long version, ReadOnlySpan<byte> hash, Span<byte> check)
    {
        // Bound to the entry: a hash over the hash of the state and what the row says it is made of.
        Span<byte> bound = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long) + SHA256.HashSizeInBytes];
        SHA256.HashData(state, bound);
        BinaryPrimitives.WriteInt64LittleEndian(bound[SHA256.HashSizeInBytes..], version);
        hash.CopyTo(bound[(SHA256.HashSizeInBytes + sizeof(long))..]);
        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bound, full);
        full[..sizeof(ulong)].CopyTo(check);
    }

    private static ImmutableArray<byte> ToPacked(OwnRevision? revision, int cells)
    {
        if (revision is null)
        {
            return [];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(Totals.Of(revision.ToFigures(cells)).Pack());
    }

    private static CountedRevision? Write(OwnRevision? revision) => revision is null ? null : new CountedRevision
    {
        Revision = revision.Revision,
        AtUnixMs = revision.At.ToUnixTimeMilliseconds(),
        Actor = revision.Actor,
        Nil = revision.Nil,
        Figures = UnsafeByteOperations.UnsafeWrap(revision.Packed),
        ContentHash = UnsafeByteOperations.UnsafeWrap(revision.ContentHash),
    };

    private static OwnRevision? Read(CountedRevision? revision) => revision is null ? null : new OwnRevision(
        revision.Revision,
        DateTimeOffset.FromUnixTimeMilliseconds(revision.AtUnixMs),
        revision.Actor,
        revision.Nil,
        revision.Figures.Memory,
        revision.ContentHash.Memory);
}
