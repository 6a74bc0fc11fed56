using System.Collections.Immutable;
using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Chains;
using Aggregation.Domain.Reports;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Checks;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Reviews;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// The unit's own part of its ledger: the head of its journal stream and what counts by it. Called by one write at a time.
/// </summary>
internal sealed class OwnLedger(LedgerFrame frame, IJournal journal, LatestRows latest, AuditScope audits, TimeProvider clock)
{
    /// <summary>How long the figures of other periods are taken to be as they were read.</summary>
    private static readonly TimeSpan EarlierAge = TimeSpan.FromSeconds(1);

    private readonly ReportName _report = frame.Key.ToName(frame.Period);
    private readonly string[] _earlierPeriods = EarlierReports.PeriodsOf(frame);
    private long _earlierRead;
    private EarlierReports _earlier = EarlierReports.None;

    /// <summary>Version of the stream, which is the number of the last revision; 0 where nothing was ever filed.</summary>
    public long Version { get; private set; }

    /// <summary>Hash of the stream's last entry; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; }

    /// <summary>An entry is on its way: the journal may have a version that is this ledger's own and not counted yet.</summary>
    public bool IsAppending { get; private set; }

    /// <summary>When the last entry of this activation was known to be on disk, in UTC ticks; 0: none yet.</summary>
    public long AcknowledgedAt { get; private set; }

    public OwnFigures Counting { get; private set; } = OwnFigures.None;

    /// <summary>Called when what counts has changed, in the same turn, so that no reader sees the one without the other.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>What the unit adds to every total that holds it.</summary>
    public RollupPart Part { get; private set; } = RollupPart.Empty;

    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var rows = await ReadLatestAsync([frame.Key.Period, .. _earlierPeriods], cancellation);
        foreach (var row in rows)
        {
            if (row.Period == frame.Key.Period)
            {
                Version = row.Version;
                Head = row.Hash;
                var counting = CountingCodec.Unpack(row.State);
                Count(counting, counting.ToPart(_report, frame.Cells));
            }
        }

        KeepEarlier(rows);
    }

    /// <summary>
    /// The unit's figures for other periods that checks compare with. They can change while this ledger is open, so they are
    /// read again unless they were read just now, as they are for a unit that files and leaves.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async ValueTask<EarlierReports> EarlierAsync(CancellationToken cancellation)
    {
        if (clock.GetElapsedTime(_earlierRead) >= EarlierAge)
        {
            KeepEarlier(await ReadLatestAsync(_earlierPeriods, cancellation));
        }

        return _earlier;
    }

    /// <summary>Why the report, as it stands, takes no other revision; null: it does.</summary>
    /// <param name="expected">The version that the sender had seen; null: whichever there is.</param>
    public RefusedException? RefusalToFile(long? expected) => ReportRefusals.Of(ReportRules.File(_report, Counting, Version, expected));

    /// <summary>Appends a submission against which nothing stands, and counts it once it is on disk.</summary>
    /// <exception cref="RefusedException">Request id reused, or the journal cannot answer.</exception>
    /// <exception cref="LedgerSupersededException">Another activation has written to the stream.</exception>
    public async Task<Receipt> SubmitAsync(
        Caller caller, SubmitCommand command, CheckedSubmission submission, bool accept, byte[] requestHash)
    {
        var packed = command.Nil ? [] : submission.Figures.Pack();
        var payload = EntryCodec.Write(command, submission, packed, accept, frame.Form.ContentHash);
        var now = Now();
        var revision = new OwnRevision(Version + 1, now, caller.KeyId, command.Nil, packed, SHA256.HashData(payload));
        var counting = Counting.After(new ReportFiled(revision, accept));
        return await AppendAsync(
            NewEntry(EntryKinds.Submitted, command.RequestId, requestHash, payload, caller, now), counting, submission.Findings);
    }

    /// <summary>Appends a withdrawal: from then on the unit counts nowhere.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public async Task<Receipt> WithdrawAsync(Caller caller, WithdrawCommand command, byte[] requestHash)
    {
        Require(ReportRules.Withdraw(_report, Counting, Version, command.ExpectedRevision));
        var payload = new WithdrawnEntry { Reason = command.Reason }.ToByteArray();
        return await AppendAsync(
            NewEntry(EntryKinds.Withdrawn, command.RequestId, requestHash, payload, caller, Now()), OwnFigures.None, []);
    }

    /// <summary>Appends an act of the review, and counts by it once it is on disk.</summary>
    /// <param name="tenant">Whose settings say what may be accepted, and whose keys who filed it.</param>
    /// <inheritdoc cref="SubmitAsync"/>
    public async Task<Receipt> ReviewAsync(Caller caller, ReviewCommand command, TenantState tenant, byte[] requestHash)
    {
        var isOwn = tenant.Settings.FourEyes is true && Counting.Submitted is { } submitted && tenant.Keys.IsSame(submitted.Actor, caller);
        Require(ReportRules.Review(
            frame.Key.Unit, Counting, Counting.FiledHash(Head), ReviewCodec.ToDomain(command.Act), command.Revision, command.Hash,
            tenant.Settings.RequireSignature, isOwn));
        var (kind, payload) = ReviewCodec.Write(command);
        var entry = NewEntry(kind, command.RequestId, requestHash, payload, caller, Now());
        return await AppendAsync(entry, Counting.After(entry.Stored(position: 0)), []);
    }

    /// <summary>The receipt of a request that was appended before; null where there is none.</summary>
    /// <exception cref="RefusedException">The request id was used for something else.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<Receipt?> FindAsync(string requestId, byte[] requestHash, CancellationToken cancellation)
    {
        var entry = await journal.FindRequestAsync(frame.Key.Tenant, frame.Key.Unit, requestId, cancellation);
        return entry is null ? null
            : entry.RequestHash.Span.SequenceEqual(requestHash) ? EntryCodec.ReadReceipt(frame.Key, entry)
            : throw ReportRefusals.Reused(frame.Key.Unit, entry);
    }

    /// <summary>Whether the journal has a later entry of this ledger than is counted here.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<bool> IsBehindAsync(CancellationToken cancellation)
    {
        var rows = await ReadLatestAsync([frame.Key.Period], cancellation);
        return rows.Count > 0 && rows[0].Version > Version;
    }

    private Task<IReadOnlyList<LatestRow>> ReadLatestAsync(string[] periods, CancellationToken cancellation) =>
        latest.ReadAsync(frame.Key.Tenant, frame.Key.Form, periods, frame.Key.Unit, cancellation);

    private void KeepEarlier(IReadOnlyList<LatestRow> rows)
    {
        _earlier = EarlierReports.Read(frame, rows);
        _earlierRead = clock.GetTimestamp();
    }

    private static void Require(ReportRefusal? refusal)
    {
        if (ReportRefusals.Of(refusal) is { } refused)
        {
            throw refused;
        }
    }

    private NewEntry NewEntry(
        string kind, string requestId, byte[] requestHash, byte[] payload, Caller caller, DateTimeOffset now) => new()
    {
        Tenant = frame.Key.Tenant,
        Stream = frame.Key.Stream,
        Version = Version + 1,
        Kind = kind,
        At = now,
        Actor = caller.KeyId,
        Origin = caller.Origin,
        Unit = frame.Key.Unit,
        RequestId = requestId,
        RequestHash = requestHash,
        Payload = payload,
        PreviousHash = Head,
    };

    private async Task<Receipt> AppendAsync(NewEntry entry, OwnFigures counting, ImmutableArray<CheckFinding> findings)
    {
        var hash = EntryHash.Of(entry);
        var part = counting.ToPart(_report, frame.Cells);
        var outcome = await WriteAsync(entry with { Hash = hash, Latest = RowOf(entry, hash, counting, part) });
        switch (outcome.Result)
        {
            case AppendResult.Appended:
                Version = entry.Version;
                Head = hash;
                AcknowledgedAt = clock.GetUtcNow().UtcTicks;
                Count(counting, part);
                audits.Wrote(frame.Key);
                Changed();
                return EntryCodec.Receipt(frame.Key, outcome.Entry, findings);
            case AppendResult.Repeated:
                return EntryCodec.ReadReceipt(frame.Key, outcome.Entry);
            case AppendResult.RequestIdReused:
                throw ReportRefusals.Reused(frame.Key.Unit, outcome.Entry);
            default:
                await latest.CatchUpAsync(frame.Key, outcome.Entry.Version);
                throw new LedgerSupersededException(outcome.Entry.Version);
        }
    }

    private async Task<AppendOutcome> WriteAsync(NewEntry entry)
    {
        IsAppending = true;
        try
        {
            return await journal.AppendAsync(entry);
        }
        finally
        {
            IsAppending = false;
        }
    }

    private LatestRow RowOf(NewEntry entry, byte[] hash, OwnFigures counting, RollupPart part) => new()
    {
        Form = frame.Key.Form,
        Period = frame.Key.Period,
        Unit = frame.Key.Unit,
        Version = entry.Version,
        Hash = hash,
        State = counting.Pack(entry.Version, hash),
        SubmittedDigest = part.Submitted.Digest.ToUInt128(),
        AcceptedDigest = part.Accepted.Digest.ToUInt128(),
    };

    private void Count(OwnFigures counting, RollupPart part)
    {
        Counting = counting;
        Part = part;
    }

    /// <summary>The journal keeps milliseconds; a receipt says the same now as when it is read back.</summary>
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>Another activation has written to this ledger's stream: what this one holds is no longer true.</summary>
public sealed class LedgerSupersededException(long version)
    : Exception($"Another activation of this ledger wrote version {version}.");
