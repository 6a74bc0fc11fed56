using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>What holds at every leaf holds at every total, because every hard rule is linear without a constant.</summary>
public sealed class LinearIdentityProperties
{
    private static readonly Form Form = Report.Catalog.Get("2014");

    private static Gen<Vector> Valid =>
        from n in Gen.ArrayOf(Gen.Choose(0, 1_000), Form.Cells.Length)
        from skipSection in Gen.Choose(1, 20)
        select Repair(n, skipSection);

    [Fact]
    public void Check_SumOfValidReports_HasNoHardFinding() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Gen.NonEmptyListOf(Valid)), leaves =>
        {
            var sums = new Sums(Form.Cells.Length);
            foreach (var leaf in leaves)
            {
                if (HasHard(leaf))
                    throw new InvalidOperationException("The generator made an invalid leaf.");
                sums.Add(leaf);
            }

            return !HasHard(sums) && !HasHard(Totals.Unpack(sums.Pack()));
        }));

    private static bool HasHard(ICellValues cells) =>
        Report.Check(Form, cells).Any(finding => finding.Severity == Severity.Hard);

    /// <summary>Random numbers made to fit: parts are free, totals are their sums, bounds are cut. One section may be empty.</summary>
    private static Vector Repair(int[] numbers, int emptySection)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, cell => (long)numbers[cell.Index]);
        void Sum(string whole, params string[] parts) => values[whole] = parts.Sum(part => values[part]);
        void Cut(string part, string whole) => values[part] = Math.Min(values[part], values[whole]);
        values["1.1"] = Math.Min(values["1.1"], Enumerable.Range(1, 5).Sum(n => values[$"1.2.{n}"]));
        for (var n = 1; n <= 5; n++)
            Cut($"1.2.{n}", "1.1");
        Cut("1.1.a", "1.1");
        Cut("2.2.1.a", "2.2.1");
        Cut("2.2.2.a", "2.2.2");
        Sum("3.1", "3.1.1", "3.1.2", "3.1.3", "3.1.4");
        Sum("3.2", "3.2.1", "3.2.2");
        Sum("3.3.4", [.. "abcdef".Select(letter => $"3.3.4.{letter}")]);
        Sum("3.3", [.. Enumerable.Range(1, 8).Select(n => $"3.3.{n}")]);
        Sum("4", "4.1", "4.2", "4.3");
        Sum("5", "5.1", "5.2", "5.3");
        Sum("8.3", "8.3.1", "8.3.2");
        var skipped = emptySection.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Report.Sparse(Form, [.. Form.Cells.Where(cell => cell.Section != skipped).Select(cell => (cell.Code, values[cell.Code]))]);
    }
}
