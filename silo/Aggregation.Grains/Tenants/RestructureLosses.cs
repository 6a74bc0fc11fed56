using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>Finds the accepted or locked reports that a change of the structure takes out of totals: it is dated into a period that was filed.</summary>
internal static class RestructureLosses
{
    /// <summary>Most that a refusal names; a plan shows all.</summary>
    private const int MostNamed = 100;

    private const int MostUnits = 5_000;

    /// <summary>Every such report, by tree, form, period and unit.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<ImmutableArray<PlannedLoss>> FindAsync(
        string tenant, AdministrativeStructure before, RestructureResult result, IJournal journal)
    {
        var losses = ImmutableArray.CreateBuilder<PlannedLoss>();
        foreach (var form in await journal.ReadFormsAsync(tenant, CancellationToken.None))
        {
            foreach (var text in await journal.ReadPeriodsAsync(tenant, form, CancellationToken.None))
            {
                if (Period.TryParse(text, out var period) && period.LastDay >= result.From)
                {
                    await FindAsync(new LedgerKey(tenant, form, text, ""), period.LastDay, before, result.Structure!, journal, losses);
                }
            }
        }

        return [.. losses.OrderBy(loss => loss.Tree, StringComparer.Ordinal)];
    }

    /// <exception cref="RefusedException">Reports would leave totals.</exception>
    public static void RequireNone(ImmutableArray<PlannedLoss> losses)
    {
        if (!losses.IsEmpty)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"accept_loss: {losses.Length} accepted or locked reports would leave totals; nothing was applied. Look at the plan, and apply it with accept_loss if that is meant.",
                [.. losses.Take(MostNamed).Select(Violation)]);
        }
    }

    private static async Task FindAsync(
        LedgerKey key, DateOnly day, AdministrativeStructure before, AdministrativeStructure after, IJournal journal,
        ImmutableArray<PlannedLoss>.Builder losses)
    {
        foreach (var tree in before.Trees)
        {
            var (was, now) = (before.At(tree, day), after.At(tree, day));
            var left = TotalsLost.Between(was, now, after.HomesOn(tree, day));
            foreach (var some in left.Keys.Order(StringComparer.Ordinal).Chunk(MostUnits))
            {
                var rows = await journal.ReadLatestAsync(key.Tenant, key.Form, key.Period, some, CancellationToken.None);
                foreach (var row in rows.OrderBy(row => row.Unit, StringComparer.Ordinal))
                {
                    var counting = CountingCodec.Unpack(row.State);
                    if (counting.Accepted is not null || counting.Review.Locked)
                    {
                        was.TryFind(row.Unit, out var unit);
                        losses.Add(new PlannedLoss
                        {
                            Tree = tree,
                            Unit = row.Unit,
                            UnitName = unit!.Name,
                            Form = key.Form,
                            Period = key.Period,
                            Revision = counting.Accepted?.Revision ?? 0,
                            IsLocked = counting.Review.Locked,
                            Totals = left[row.Unit],
                            Leaves = !now.TryFind(row.Unit, out _),
                            Successor = after.DepartureOf(tree, row.Unit, day)?.Successor ?? "",
                        });
                    }
                }
            }
        }
    }

    private static Violation Violation(PlannedLoss loss)
    {
        var (totals, heir) = (string.Join(", ", loss.Totals), loss.Successor);
        var value = string.Create(CultureInfo.InvariantCulture, $"{loss.Unit} {loss.Form} {loss.Period}");
        return new Violation
        {
            Field = "accept_loss",
            Value = value,
            Rule = "true where an accepted or locked report leaves a total",
            MessageZh = $"{value} 的{(loss.Revision > 0 ? "已审" : "已锁定")}报表将退出下列汇总：{totals}{(heir.Length > 0 ? $"；承接单位为“{heir}”，依法需要时由其更正" : "")}",
            MessageEn = $"the {(loss.Revision > 0 ? "accepted" : "locked")} report {value} would leave the totals of {totals}"
                + (heir.Length > 0 ? $"; '{heir}' takes over, and files a correction where the law wants it there" : ""),
        };
    }
}
