using Aggregation.Contracts.Tasks;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tasks;

/// <summary>What is there of one unit's report.</summary>
/// <param name="State">Whether it was accepted or returned.</param>
/// <param name="Nil">What counts is a nil return.</param>
/// <param name="FiledAt">When it was first filed; null for nothing.</param>
/// <param name="Revision">The revision that counts; 0 for none.</param>
internal readonly record struct Filing(FilingState State, bool Nil, DateTimeOffset? FiledAt, long Revision)
{
    /// <summary>Something of it counts.</summary>
    public bool Counts => Revision > 0;

    public static Filing Of(OwnFigures counting)
    {
        var revision = counting.Submitted ?? counting.Accepted;
        var state = counting.Counts.Returned > 0 ? FilingState.Returned
            : revision is null ? FilingState.None
            : counting.IsAccepted ? FilingState.Accepted
            : FilingState.Submitted;
        return state == FilingState.None
            ? default
            : new Filing(state, revision is { Nil: true }, counting.FiledAt ?? revision?.At, revision?.Revision ?? 0);
    }
}

/// <summary>Reads what is there of many units' reports from what their ledgers count, waking none.</summary>
internal static class Filings
{
    private const int MostUnits = 5_000;

    /// <summary>The units of which anything is there.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<Dictionary<string, Filing>> ReadAsync(
        LatestRows latest, string tenant, string form, string period, IEnumerable<string> units, CancellationToken cancellation)
    {
        var filings = new Dictionary<string, Filing>(StringComparer.Ordinal);
        foreach (var some in units.Chunk(MostUnits))
        {
            foreach (var row in await latest.ReadAsync(tenant, form, period, some, cancellation))
            {
                var filing = Filing.Of(CountingCodec.Unpack(row.State));
                if (filing.State != FilingState.None)
                {
                    filings[row.Unit] = filing;
                }
            }
        }

        return filings;
    }
}
