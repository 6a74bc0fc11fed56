using System.Diagnostics;
using Aggregation.Contracts;

namespace Aggregation.Grains.Ledgers;

/// <summary>What spans tell of a ledger: its name, never what it holds.</summary>
internal static class LedgerSpans
{
    public static Activity Describe(Activity span, LedgerKey key) => span
        .SetTag("aggregation.tenant", key.Tenant).SetTag("aggregation.form", key.Form)
        .SetTag("aggregation.period", key.Period).SetTag("aggregation.unit", key.Unit);
}
