using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Tests.Histories;
using Aggregation.TestKit.Oracles;

namespace Aggregation.Grains.Tests.Structure;

/// <summary>What was done so far.</summary>
internal sealed class RestructureHistory
{
    public RestructureHistory()
    {
        Trees.Import(Names.Territory, RestructureUnits.Territory);
        Trees.Import(RestructureUnits.LineName, RestructureUnits.Line);
    }

    /// <summary>As the product's rules have it: they say which changes are possible.</summary>
    public AdministrativeStructure Structure { get; set; } = AdministrativeStructure.Empty.Import(Names.Territory, RestructureUnits.Territory).Structure!
        .Import(RestructureUnits.LineName, RestructureUnits.Line).Structure!;

    /// <summary>The same structure, folded by the oracle.</summary>
    public TenantTrees Trees { get; } = new();

    public Acknowledged Acknowledged { get; } = new();

    public ConcurrentDictionary<(string Unit, string Period), Receipt> Receipts { get; } = new();
}
