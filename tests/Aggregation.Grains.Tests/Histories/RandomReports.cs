using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;

namespace Aggregation.Grains.Tests.Histories;

/// <summary>Random reports on form 2014 that no hard check objects to; what a soft one finds is explained.</summary>
internal static class RandomReports
{
    public static Form Form { get; } = FormCatalog.Load().Forms.Single(form => form.Id == "2014");

    public static SubmitCommand Command(Random random, string requestId) => random.Next(10) == 0
        ? new SubmitCommand { RequestId = requestId, Nil = true }
        : new SubmitCommand
        {
            RequestId = requestId,
            Cells = Cells(random),
            Explanations =
            [
                new Explanation("1.1.a<=1.1.b", "explained"),
                new Explanation("3.2<=3.1", "explained"),
                new Explanation("3.3=3.2", "explained"),
            ],
        };

    private static ImmutableArray<CellFigure> Cells(Random random)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, _ => random.NextInt64(1_000));
        void Sum(string whole, int parts) => values[whole] = Enumerable.Range(1, parts).Sum(n => values[$"{whole}.{n}"]);
        void Cut(string part, string whole) => values[part] = Math.Min(values[part], values[whole]);
        values["1.1"] = Math.Min(values["1.1"], Enumerable.Range(1, 5).Sum(n => values[$"1.2.{n}"]));
        foreach (var part in Enumerable.Range(1, 5).Select(n => $"1.2.{n}").Append("1.1.a"))
        {
            Cut(part, "1.1");
        }

        // Cutting the channels may leave less than the whole.
        values["1.2.1"] = values["1.1"];
        Cut("2.2.1.a", "2.2.1");
        Cut("2.2.2.a", "2.2.2");
        Sum("3.1", 4);
        Sum("3.2", 2);
        values["3.3.4"] = "abcdef".Sum(letter => values[$"3.3.4.{letter}"]);
        Sum("3.3", 8);
        Sum("4", 3);
        Sum("5", 3);
        Sum("8.3", 2);
        var skipped = random.Next(2, 20).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return
        [
            .. Form.Cells.Where(cell => cell.Section != skipped)
                .Select(cell => new CellFigure(cell.Code, new Amount(values[cell.Code], cell.Scale > 0 ? 500_000_000 : 0))),
        ];
    }
}
