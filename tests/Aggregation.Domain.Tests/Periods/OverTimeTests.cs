using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Tests.Figures;
using Aggregation.Domain.Tests.Forms;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Periods;

public sealed class OverTimeTests
{
    private static readonly Form Form = Report.Compile("""
        {
          "id": "t", "name": { "zh": "表", "en": "Form" }, "periods": ["year", "quarter"],
          "sections": [{ "code": "1", "name": { "zh": "节", "en": "Section" } }],
          "indicators": [
            { "code": "new", "name": { "zh": "新收", "en": "New" }, "section": "1", "unit": "件" },
            { "code": "staff", "name": { "zh": "人员", "en": "Staff" }, "section": "1", "unit": "人", "kind": "stock" },
            { "code": "before", "name": { "zh": "结转", "en": "Carried over" }, "section": "1", "unit": "件", "kind": "opening" },
            { "code": "after", "name": { "zh": "未结", "en": "Left over" }, "section": "1", "unit": "件", "kind": "closing" }
          ],
          "derived": [{ "code": "load", "name": { "zh": "人均", "en": "Load" }, "unit": "件", "numerator": "[new]", "denominator": "[staff]", "decimals": 1 }]
        }
        """);

    [Fact]
    public void Combine_EachKind_SumsFlowsAndTakesTheLastOrFirstState()
    {
        var year = OverTime.Combine(Form, [Of(1, 10, 100, 1000), Of(2, 20, 200, 2000), Of(4, 40, 400, 4000)]);

        Assert.Equal(Of((7, 3), (40, 1), (100, 1), (4000, 1)), year);
        Assert.Equal(0.2m, Form.Derived[0].Evaluate(year));
    }

    [Fact]
    public void Combine_CellsNotGiven_StayEmptyAndAreNotZero()
    {
        var year = OverTime.Combine(Form, [Of(null, 10, null, 1000), Of(0, 20, 200, 2000), Of(null, null, 400, null)]);

        Assert.Equal(Of((0, 1), null, null, null), year);
        Assert.Equal(Totals.Empty(4), OverTime.Combine(Form, [Totals.Empty(4), Totals.Empty(4)]));
        Assert.Null(Form.Derived[0].Evaluate(year));
    }

    [Fact]
    public void Combine_OnePeriod_IsThatPeriod() =>
        Assert.Equal(Of(1, null, 3, 0), OverTime.Combine(Form, [Of(1, null, 3, 0)]));

    [Fact]
    public void Combine_NoPeriodOrAnotherLayout_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => OverTime.Combine(Form, []));
        Assert.Throws<ArgumentException>(() => OverTime.Combine(Form, [Totals.Empty(3)]));
        Assert.Throws<OverflowException>(() => OverTime.Combine(Form, [Of(long.MaxValue, 0, 0, 0), Of(1, 0, 0, 0)]));
    }

    /// <summary>What makes a year to date of a total the same as the total of years to date.</summary>
    [Fact]
    public void Combine_OverTreeThenTimeOrTimeThenTree_IsTheSame() =>
        Prop.ForAll(Vectors.Leaves(4), Vectors.Leaves(4), (first, second) =>
        {
            var units = Math.Min(first.Length, second.Length);
            var treeFirst = OverTime.Combine(Form, [Sum(first.Take(units).Select(Totals.Of)), Sum(second.Take(units).Select(Totals.Of))]);
            var timeFirst = Sum(Enumerable.Range(0, units)
                .Select(n => OverTime.Combine(Form, [Totals.Of(first[n]), Totals.Of(second[n])])));
            return treeFirst.Equals(timeFirst);
        }).QuickCheckThrowOnFailure();

    private static Totals Sum(IEnumerable<Totals> totals)
    {
        var sums = new Sums(4);
        foreach (var total in totals)
            sums.Add(total);
        return sums.Freeze();
    }

    private static Totals Of(params ReadOnlySpan<long?> values) => Totals.Of(Vector.Of(values));

    private static Totals Of(params (long Sum, int Count)?[] cells) => Totals.Of(
        4, cells.Select((cell, i) => (i, cell)).Where(pair => pair.cell is not null).Select(pair => (pair.i, pair.cell!.Value.Sum, pair.cell.Value.Count)));
}
