using System.Diagnostics.CodeAnalysis;
using Aggregation.Domain.Chains;

namespace Aggregation.Storage.Journal;

/// <summary>An entry to be appended.</summary>
public sealed record NewEntry : EntryBody
{
    /// <summary>The row of <c>latest</c> that this entry brings about; null when it touches no ledger.</summary>
    public LatestRow? Latest { get; init; }

    /// <summary>The entry as it will be read back.</summary>
    /// <param name="position">Its place in the journal; 0 where it has none yet.</param>
    public StoredEntry Stored(long position) => new(this, position);
}

/// <summary>An entry as the journal holds it; times keep milliseconds only.</summary>
public sealed record StoredEntry : EntryBody
{
    public StoredEntry()
    {
    }

    [SetsRequiredMembers]
    internal StoredEntry(EntryBody body, long position)
        : base(body)
    {
        Position = position;
        At = DateTimeOffset.FromUnixTimeMilliseconds(body.At.ToUnixTimeMilliseconds());
    }

    /// <summary>Its place in the journal, across streams; grows, with gaps.</summary>
    public required long Position { get; init; }
}

/// <summary>Names a stream.</summary>
public readonly record struct StreamName(string Tenant, string Stream);

/// <summary>The last entry of a stream.</summary>
/// <param name="Hash">Its hash, 32 bytes.</param>
public readonly record struct StreamHead(string Stream, long Version, ReadOnlyMemory<byte> Hash);

/// <summary>What a ledger counts now.</summary>
public sealed record LatestRow
{
    public required string Form { get; init; }

    public required string Period { get; init; }

    public required string Unit { get; init; }

    /// <summary>Version of the ledger's stream.</summary>
    public required long Version { get; init; }

    /// <summary>Hash of the stream's last entry, to which the next one chains.</summary>
    public required ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>The ledger's own counting revisions, packed by the ledger.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    public required UInt128 SubmittedDigest { get; init; }

    public required UInt128 AcceptedDigest { get; init; }
}

/// <summary>The digests of one ledger's own figures.</summary>
public readonly record struct LatestDigest(string Unit, long Version, UInt128 Submitted, UInt128 Accepted);

/// <summary>What became of an append.</summary>
public enum AppendResult
{
    /// <summary>The entry is on disk.</summary>
    Appended,

    /// <summary>The same request was appended before; its entry is in the outcome.</summary>
    Repeated,

    /// <summary>The request id was used before for something else; that entry is in the outcome.</summary>
    RequestIdReused,

    /// <summary>Another entry has this version; the stream's last entry is in the outcome.</summary>
    VersionTaken,
}

/// <param name="Result">What became of it.</param>
/// <param name="Entry">The entry appended, or the one found in its way.</param>
public readonly record struct AppendOutcome(AppendResult Result, StoredEntry Entry)
{
    /// <summary>What becomes of an entry whose request id an earlier one has.</summary>
    internal static AppendOutcome OfRequest(NewEntry entry, StoredEntry earlier) => new(
        earlier.RequestHash.Span.SequenceEqual(entry.RequestHash.Span) ? AppendResult.Repeated : AppendResult.RequestIdReused, earlier);
}

/// <summary>
/// The database cannot answer now. Where it is and what it said is for the log alone and in the inner exception; the message of
/// a journal that is open may be shown to any caller.
/// </summary>
public sealed class JournalUnavailableException(string message, Exception inner) : Exception(message, inner);
