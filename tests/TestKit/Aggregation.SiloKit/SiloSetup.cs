using Aggregation.Domain.Forms;
using Orleans.Storage;

namespace Aggregation.SiloKit;

/// <summary>In what a test's silo differs from the product's.</summary>
public sealed record SiloSetup
{
    /// <summary>Of section <c>Ledger</c>, by option.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where snapshots are kept; null: the silo's own place, which ends with it.</summary>
    public IGrainStorage? Snapshots { get; init; }

    /// <summary>Another silo may be on the same journal, and neither knows of the other.</summary>
    public bool SharesJournal { get; init; }

    /// <summary>Null: those of the product.</summary>
    public FormCatalog? Forms { get; init; }

    /// <summary>Cuts the silo off from journal and snapshots.</summary>
    public PowerCut? Power { get; init; }

    /// <summary>Sees every call from the first on; null: one that nobody else has.</summary>
    public CallGate? Gate { get; init; }

    /// <summary>What the product goes by; null: one that nobody else has.</summary>
    public ShiftedClock? Clock { get; init; }
}
