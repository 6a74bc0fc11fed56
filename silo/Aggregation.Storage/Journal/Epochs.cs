namespace Aggregation.Storage.Journal;

/// <summary>Names a ledger within the journal.</summary>
public readonly record struct LedgerName(string Tenant, string Form, string Period, string Unit);

/// <summary>How far a ledger has come: as an activation holds it, or as the journal knows it.</summary>
/// <param name="Ledger">The ledger.</param>
/// <param name="Epoch">The last epoch taken for it; 0 where none was.</param>
/// <param name="Version">The last version of its stream; 0 where it is empty.</param>
public readonly record struct LedgerHead(LedgerName Ledger, long Epoch, long Version);
