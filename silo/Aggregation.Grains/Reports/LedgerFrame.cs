using Aggregation.Contracts;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Reports;

/// <summary>What never changes about a ledger: its key, read.</summary>
internal sealed record LedgerFrame(LedgerKey Key, Form Form, Period Period)
{
    /// <summary>The day whose structure holds for the period: its last.</summary>
    public DateOnly Day => Period.LastDay;

    /// <summary>As the journal names it.</summary>
    public LedgerName ToName() => new(Key.Tenant, Key.Form, Key.Period, Key.Unit);

    public int Cells => Form.Cells.Length;

    /// <exception cref="RefusedException">No ledger can have this key.</exception>
    public static LedgerFrame Read(LedgerKey key, FormCatalog forms)
    {
        if (!forms.TryGet(key.Form, out var form))
        {
            throw Refuse.NotFound("form", key.Form);
        }

        if (!Period.TryParse(key.Period, out var period) || period.ToString() != key.Period)
        {
            throw Refuse.Invalid("period", key.Period, "2017, 2017Q3 or 2017-11",
                "报告期应写作 2017、2017Q3 或 2017-11", "a period is written 2017, 2017Q3 or 2017-11");
        }

        if (!form.Accepts(period))
        {
            var kinds = string.Join(", ", form.Periods).ToLowerInvariant();
            throw Refuse.Invalid("period", key.Period, $"{form.Id}: {kinds} {form.FirstYear}–{form.LastYear}",
                $"报表 {form.Id} 不按此报告期填报", $"form {form.Id} is not reported for this period");
        }

        return new LedgerFrame(key, form, period);
    }
}
