using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Ledgers;

/// <summary>The activation that an open ledger lives in, as its parts see it.</summary>
internal interface ILedgerActivation : IGrainBase
{
    /// <summary>Another activation has taken over, or what this one holds is in doubt: it gives itself up.</summary>
    void Leave();

    /// <summary>A push has arrived, and nothing more is to be pushed.</summary>
    void Settle();

    /// <summary>The unit stands in no tree of this structure on the day, by which rights are decided all the same.</summary>
    void Miss(AdministrativeStructure structure, DateOnly day);
}
