using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>All identities of form 2021 hold at every total of any tree whenever they hold at its leaves, across years too.</summary>
public sealed class Form2021Properties
{
    private static readonly Form Form = Figures2021.Form;

    private static Gen<Tree> Trees =>
        from count in Gen.Choose(1, 12)
        from parents in Gen.ArrayOf(Gen.Choose(0, 1_000_000), count)
        from seed in Gen.Choose(0, int.MaxValue)
        select Grow(parents, seed);

    [Fact]
    public void Check_AnyTreeOfValidReports_HoldsAtEveryTotal() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(150),
        Prop.ForAll(Arb.From(Trees), tree => tree.Totals().All(total => !Found(total.Now, total.Last))));

    [Fact]
    public void Check_OneLeafBroken_IsFoundAtThatLeaf() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(50),
        Prop.ForAll(Arb.From(Trees), tree =>
        {
            var values = tree.Own.ToDictionary();
            values["3.3.5.2:total"]++;
            return Found(Figures2021.Of(values), null);
        }));

    private static bool Found(ICellValues now, ICellValues? last) =>
        !Form.Check(new Domain.Forms.Checks.CheckInput(now, Period.OfYear(2024)) { SamePeriodLastYear = last }).IsEmpty;

    /// <summary>Unit n stands under one before it; each files figures, and last year's that lead up to them.</summary>
    private static Tree Grow(int[] parents, int seed)
    {
        var random = new System.Random(seed);
        var units = new List<Tree>();
        for (var n = 0; n < parents.Length; n++)
        {
            units.Add(new Tree(Figures2021.Holding([.. Form.Cells.Select(_ => random.Next(4) == 0 ? random.Next(1_000_000) : 0)]), random));
            if (n > 0)
                units[parents[n] % n].Children.Add(units[n]);
        }

        return units[0];
    }

    private sealed class Tree(Dictionary<string, long> own, System.Random random)
    {
        private readonly Vector _last = Earlier(own, random);

        public Dictionary<string, long> Own { get; } = own;

        public List<Tree> Children { get; } = [];

        /// <summary>The unit's own total of both years, then those of all below; each is the sum of its children's and its own figures.</summary>
        public IEnumerable<(Totals Now, Totals Last)> Totals()
        {
            var below = Children.Select(child => child.Totals().ToList()).ToList();
            var (now, last) = (new Sums(Form.Cells.Length), new Sums(Form.Cells.Length));
            now.Add(Figures2021.Of(Own));
            last.Add(_last);
            foreach (var child in below)
            {
                now.Add(child[0].Now);
                last.Add(child[0].Last);
            }

            return [(now.Freeze(), last.Freeze()), .. below.SelectMany(totals => totals)];
        }

        private static Vector Earlier(Dictionary<string, long> own, System.Random random)
        {
            var values = Figures2021.Holding([.. Form.Cells.Select(_ => random.Next(1_000))]);
            foreach (var column in Figures2021.Applicants)
            {
                // What was left then is what was carried over into this year; so much more came in, or less.
                var more = own[$"3.2:{column}"] - values[$"3.4:{column}"];
                values[$"3.4:{column}"] += more;
                values[$"3.4:total"] += more;
                values[$"3.2:{column}"] += Math.Max(0, more);
                values[$"3.2:total"] += Math.Max(0, more);
                values[$"3.3.6.3:{column}"] += Math.Max(0, -more);
                values[$"3.3.6.3:total"] += Math.Max(0, -more);
                values[$"3.3.7:{column}"] += Math.Max(0, -more);
                values[$"3.3.7:total"] += Math.Max(0, -more);
            }

            foreach (var row in (string[])["2.1.1", "2.1.2"])
            {
                own[$"{row}:in-force"] = Math.Max(own[$"{row}:in-force"], own[$"{row}:issued"]);
                values[$"{row}:in-force"] = own[$"{row}:in-force"] - own[$"{row}:issued"] + own[$"{row}:repealed"];
            }

            return Figures2021.Of(values);
        }
    }
}
