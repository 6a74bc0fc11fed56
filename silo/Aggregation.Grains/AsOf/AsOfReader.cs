using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.AsOf;

/// <summary>Reads totals of the past from the journal.</summary>
internal sealed class AsOfReader(IJournal journal, TenantCatalog present, AsOfTenants tenants, TimeProvider clock)
{
    public IJournal Journal => journal;

    /// <summary>Fixes a point, so that it can be read again.</summary>
    /// <exception cref="RefusedException">The point lies in the future, or names nothing.</exception>
    public async Task<JournalPoint> ResolveAsync(AsOfPoint asOf, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (asOf.At > now)
        {
            throw Refuse.Invalid("as_of.at", Text(asOf.At.Value), $"<= {Text(now)}",
                "时点不得晚于当前时间", "lies in the future; what will have been filed by then is not known");
        }

        if (asOf is { At: null, Position: null })
        {
            throw Refuse.Invalid("as_of", "", "at or position", "应给出时点或日志位置", "names an instant, a position, or both");
        }

        var end = await journal.ReadPositionAsync(cancellation);
        if (asOf.Position < 1 || asOf.Position > end)
        {
            throw Refuse.Invalid(
                "as_of.position", asOf.Position.Value.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"1–{end}"),
                "日志中没有此位置", "is no position of the journal by now");
        }

        return new JournalPoint(asOf.At, asOf.Position ?? end);
    }

    /// <summary>The present end of the journal.</summary>
    public async Task<JournalPoint> NowAsync(CancellationToken cancellation) =>
        new(null, await journal.ReadPositionAsync(cancellation));

    /// <summary>The tenant's structure now, by which rights are decided.</summary>
    public async Task<AdministrativeStructure> StructureNowAsync(string tenant) =>
        (await present.GetAsync(tenant)).Structure;

    /// <summary>A total with no unit added yet, in the structure of a point.</summary>
    /// <exception cref="RefusedException">The unit did not stand in the tree.</exception>
    public async Task<FoldedTotal> EmptyAsync(
        LedgerFrame frame, TotalQuery query, JournalPoint point, CancellationToken cancellation)
    {
        var tenant = await tenants.AtAsync(frame.Key.Tenant, point, cancellation);
        return new FoldedTotal(frame, tenant.Structure, tenant.Tasks.Find(frame.Key.Form, frame.Key.Period)?.Units, query);
    }

    /// <summary>A total as it stood at a point.</summary>
    /// <inheritdoc cref="EmptyAsync"/>
    public async Task<FoldedTotal> ReadAsync(
        LedgerFrame frame, TotalQuery query, JournalPoint point, CancellationToken cancellation)
    {
        var total = await EmptyAsync(frame, query, point, cancellation);
        await foreach (var stream in LedgerStream.ReadAsync(journal, frame.Key, point, total.Units, cancellation))
        {
            total.Add(stream.Unit, stream.Version, stream.Counting);
        }

        return total;
    }

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
