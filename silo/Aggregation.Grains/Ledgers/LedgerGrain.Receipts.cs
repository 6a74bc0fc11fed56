using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <content>What became of a receipt, by the journal: a restored backup may be older than it.</content>
internal sealed partial class LedgerGrain
{
    private const int HashLength = 64;

    public async Task<ReceiptVerification> VerifyReceipt(Caller caller, VerifyReceiptQuery query, CancellationToken cancellation)
    {
        var ledger = Open(caller, Access.RequireOwn);
        Require(query);
        var entries = await ReadAsync(ledger, query.Revision - 1, cancellation);
        var same = entries.Count > 0 ? entries[0] : null;
        var current = entries.Count > 0 ? entries[^1].Version : ledger.Own.Version;
        if (same is not null && query.Hash == Convert.ToHexStringLower(same.Hash.Span))
        {
            return Answer(ReceiptState.Held, same);
        }

        if (await FindAsync(ledger, query.RequestId, cancellation) is { } again)
        {
            return Answer(ReceiptState.SentAgain, again);
        }

        return Answer(same is null ? ReceiptState.Missing : ReceiptState.Replaced, same);

        ReceiptVerification Answer(ReceiptState state, StoredEntry? entry) => new()
        {
            State = state,
            Receipt = entry is null ? null : EntryCodec.ReadReceipt(ledger.Frame.Key, entry),
            CurrentRevision = current,
        };
    }

    /// <summary>The entry that the request brought about in this ledger.</summary>
    private async Task<StoredEntry?> FindAsync(OpenLedger ledger, string requestId, CancellationToken cancellation)
    {
        if (requestId.Length == 0)
        {
            return null;
        }

        var key = ledger.Frame.Key;
        var entry = await journal.FindRequestAsync(key.Tenant, key.Unit, requestId, cancellation);
        return entry?.Stream == key.Stream ? entry : null;
    }

    private static void Require(VerifyReceiptQuery query)
    {
        if (query.Revision < 1)
        {
            throw Refuse.Invalid("revision", query.Revision.ToString(CultureInfo.InvariantCulture), ">= 1",
                "版次从 1 开始", "a revision is 1 or more");
        }

        if (query.Hash.Length != HashLength || !query.Hash.All(char.IsAsciiHexDigitLower))
        {
            throw Refuse.Invalid("hash", query.Hash, "64 hexadecimal digits",
                "应为 64 位十六进制数字", "a receipt's hash has 64 hexadecimal digits");
        }
    }
}
