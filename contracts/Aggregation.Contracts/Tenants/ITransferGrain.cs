using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Tenants;

/// <summary>
/// Takes a tenant out of one journal and into another, entry by entry. The grain key is <see cref="TenantKeys.TransferOf"/>.
/// Export: the tenant's administrator. Import: the platform, between <see cref="ITenantGrain.BeginImport"/> and
/// <see cref="ITenantGrain.FinishImport"/>; until the latter the tenant does not exist for anybody.
/// </summary>
[Alias("aggregation.ITransferGrain")]
public interface ITransferGrain : IGrainWithStringKey
{
    /// <summary>What an export will hold that begins now.</summary>
    [Alias("OpenExport"), AlwaysInterleave]
    Task<ExportView> OpenExport(Caller caller, CancellationToken cancellation);

    /// <summary>The next entries in the order of (stream, version); none at the end.</summary>
    [Alias("ReadExport"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<ImmutableArray<TransferEntry>> ReadExport(Caller caller, ExportPoint after, CancellationToken cancellation);

    /// <summary>
    /// Takes entries in the order of the export. Those that are there already are compared, the others verified and written.
    /// </summary>
    /// <returns>How many were written.</returns>
    [Alias("Import"), ResponseTimeout("00:02:00")]
    Task<int> Import(Caller caller, string export, ImmutableArray<TransferEntry> entries);
}
