namespace Aggregation.Faults.Checking;

/// <summary>Which entries are a ledger's: those of the kinds "submitted" and "withdrawn", in a stream "ledger/FORM/PERIOD/UNIT".</summary>
internal static class LedgerEntry
{
    public const string Submitted = "submitted";

    public const string Withdrawn = "withdrawn";

    public static bool TryRead(EntryRow entry, out LedgerName ledger)
    {
        var parts = entry.Stream.Split('/');
        if (parts is not ["ledger", _, var period, var unit] || entry.Kind is not (Submitted or Withdrawn))
        {
            ledger = default;
            return false;
        }

        ledger = new LedgerName(entry.Tenant, period, unit);
        return true;
    }
}
