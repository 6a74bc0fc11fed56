using System.Buffers.Binary;
using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Reports;

/// <summary>What a unit counts, from its stream's entries and in the state column of the journal's latest table.</summary>
internal static class CountingCodec
{
    /// <summary>Tag of the field <c>check</c> of <see cref="OwnState"/>, a fixed64, and the length of both.</summary>
    private const byte CheckTag = (4 << 3) | 1;
    private const int CheckLength = 1 + sizeof(ulong);

    public static SubmissionSource ToSource(this OwnRevision revision) => new(revision.Revision, revision.Actor, revision.At);

    /// <summary>The submission behind what counts; null where nothing does.</summary>
    public static SubmissionSource? Source(this OwnFigures counting) => (counting.Submitted ?? counting.Accepted)?.ToSource();

    public static ReportName ToName(this LedgerKey key, Period period) => new(key.Tenant, key.Unit, key.Form, period);

    /// <summary>What the unit counts after the next entry of its stream.</summary>
    /// <exception cref="InvalidDataException">The entry is of a kind that this program does not know.</exception>
    public static OwnFigures After(this OwnFigures counting, StoredEntry entry) => counting.After(Read(entry));

    /// <summary>The state column, with a check at its end by which a changed bit in it, or in its row's version or hash, shows.</summary>
    /// <param name="version">Version of the last entry that it is made of.</param>
    /// <param name="hash">That entry's hash.</param>
    public static byte[] Pack(this OwnFigures counting, long version, ReadOnlySpan<byte> hash)
    {
        var same = counting.Submitted is not null && ReferenceEquals(counting.Accepted, counting.Submitted);
        var state = new OwnState
        {
            Submitted = Write(counting.Submitted),
            Accepted = same ? null : Write(counting.Accepted),
            AcceptedIsSubmitted = same,
            FiledAtUnixMs = counting.FiledAt?.ToUnixTimeMilliseconds() ?? 0,
            Review = Write(counting.Review),
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
        return new OwnFigures(submitted, read.AcceptedIsSubmitted ? submitted : Read(read.Accepted), Read(read.Review))
        {
            FiledAt = read.FiledAtUnixMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(read.FiledAtUnixMs),
        };
    }

    private static ReportEvent Read(StoredEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKinds.Submitted:
                var submitted = SubmittedEntry.Parser.ParseFrom(entry.Payload.Span);
                return new ReportFiled(
                    new OwnRevision(
                        entry.Version, entry.At, entry.Actor, submitted.Nil, submitted.Figures.Memory, SHA256.HashData(entry.Payload.Span)),
                    submitted.Accepted);
            case EntryKinds.Withdrawn:
                return new ReportWithdrawn();
            default:
                return new ReportReviewed(ActOf(entry), entry.PreviousHash);
        }
    }

    private static ReportAct ActOf(StoredEntry entry) => entry.Kind switch
    {
        EntryKinds.Accepted => ReportAct.Accept,
        EntryKinds.Returned => ReportAct.Return,
        EntryKinds.Reopened => ReportAct.Reopen,
        EntryKinds.Locked => ReportAct.Lock,
        EntryKinds.Signed => ReportAct.Sign,
        _ => throw new InvalidDataException(
            $"Journal entry {entry.Version} of '{entry.Stream}' is of kind '{entry.Kind}', which this program does not know."),
    };

    /// <summary>Null where nothing was ever reviewed, as for most units most of the time.</summary>
    private static ReviewState? Write(ReviewStanding review) => review is { Locked: false, Returned: 0, SignedRevision: 0, FiledHash.IsEmpty: true }
        ? null
        : new ReviewState
        {
            Locked = review.Locked,
            Returned = review.Returned,
            Signed = review.SignedRevision,
            FiledHash = UnsafeByteOperations.UnsafeWrap(review.FiledHash),
        };

    private static ReviewStanding Read(ReviewState? state) =>
        state is null ? default : new ReviewStanding(state.Locked, state.Returned, state.Signed, state.FiledHash.Memory);

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
