using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Outliers;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Checks;

/// <summary>What a submission is checked against, beside its form.</summary>
/// <param name="Others">The unit's reports on other forms that rules name; null where none does.</param>
/// <param name="Peers">Reports of the units beside it; null where the form does not look for outliers there.</param>
/// <param name="OfficeChecks">Checks that the tenant's office has defined for the form.</param>
/// <param name="FillTotals">Whether totals left empty are filled in from their parts.</param>
internal sealed record CheckBasis(
    EarlierReports Earlier, IReadOnlyDictionary<CellSource, ICellValues>? Others, OutlierSample? Peers, ImmutableArray<Check> OfficeChecks,
    bool FillTotals)
{
    /// <summary>What those below have filed; null where the unit is not asked about their sum.</summary>
    public SumsBelow? Below { get; init; }
}

/// <summary>Finds what a submission is checked against.</summary>
internal sealed class SubmissionBasis(TenantCatalog tenants, PeerReports peers, ReferencedReports references)
{
    /// <param name="frame">The report.</param>
    /// <param name="earlier">What the unit filed for other periods.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async ValueTask<CheckBasis> ReadAsync(LedgerFrame frame, EarlierReports earlier, CancellationToken cancellation)
    {
        var beside = await peers.OfAsync(frame, tenants.Seen(frame.Key.Tenant).Structure, cancellation);
        var tenant = tenants.Seen(frame.Key.Tenant);
        var office = tenant.Checks.For(frame.Form);
        var others = await references.ReadAsync(frame, ReferencedReports.OtherForms(frame.Form, office), cancellation);
        return new CheckBasis(earlier, others, beside, office, tenant.Settings.FillTotals);
    }
}
