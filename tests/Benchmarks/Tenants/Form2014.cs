using Aggregation.V1;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>
/// Figures for every cell of form 2014 that hold all its checks. They follow from the unit's and the period's number, so
/// that the sum is known beforehand; from one year to the next they change by less than is found remarkable.
/// </summary>
internal static class Form2014
{
    public const string Id = "2014";

    /// <summary>Ten-thousandths in one unit: the finest scale of the form.</summary>
    public const long One = 10_000;

    private static readonly string[] DecisionParts =
        ["3.3.1", "3.3.2", "3.3.3", "3.3.4.a", "3.3.4.b", "3.3.4.c", "3.3.4.d", "3.3.4.e", "3.3.4.f", "3.3.5", "3.3.6", "3.3.7", "3.3.8"];

    /// <summary>Cell codes and figures, in ten-thousandths.</summary>
    public static IReadOnlyList<KeyValuePair<string, long>> Figures(int unit, int period)
    {
        var cells = new List<KeyValuePair<string, long>>(58);
        var change = period % 4;
        var notices = 40 + (unit % 50) + change;
        Add("1.1", notices);
        Add("1.1.a", notices / 4);
        Add("1.1.b", notices / 3);
        Add("1.2.1", unit % 7);
        Add("1.2.2", notices);
        Add("1.2.3", unit % 3);
        Add("1.2.4", 20 + (unit % 11));
        Add("1.2.5", unit % 5);
        Add("2.1", unit % 6);
        Add("2.2.1", 4 + (unit % 4));
        Add("2.2.1.a", unit % 4);
        Add("2.2.2", 3 + (unit % 3));
        Add("2.2.2.a", unit % 3);
        Add("2.2.3", unit % 17);
        Add("2.2.4", unit % 13);
        Add("2.2.5", unit % 8);
        AddRequests(unit, change);
        Add("4.1", unit % 3);
        Add("4.2", unit % 2);
        Add("4.3", 1);
        Add("4", (unit % 3) + (unit % 2) + 1);
        Add("5.1", unit % 2);
        Add("5.2", 1);
        Add("5.3", unit % 4);
        Add("5", (unit % 2) + 1 + (unit % 4));
        Add("6", unit % 9);
        cells.Add(new("7", (unit % 1000 * 125) + 5));
        Add("8.1", 1);
        Add("8.2", 1 + (unit % 3));
        Add("8.3", 2 + (unit % 5));
        Add("8.3.1", 1);
        Add("8.3.2", 1 + (unit % 5));
        cells.Add(new("8.4", (unit % 300 * 2500) + 1));
        Add("9.1", 1 + (unit % 4));
        Add("9.2", unit % 5);
        Add("9.3", 30 + (unit % 90));
        return cells;

        void Add(string code, long value) => cells.Add(new(code, value * One));

        void AddRequests(int seed, int more)
        {
            long all = 0;
            long partly = 0;
            for (var i = 0; i < DecisionParts.Length; i++)
            {
                long value = (seed % (i + 2)) + (i == 0 ? more : 0);
                Add(DecisionParts[i], value);
                all += value;
                partly += DecisionParts[i].StartsWith("3.3.4.", StringComparison.Ordinal) ? value : 0;
            }

            Add("3.3.4", partly);
            Add("3.3", all);
            Add("3.2", all);
            Add("3.2.1", all / 2);
            Add("3.2.2", all - (all / 2));
            Add("3.1", all);
            Add("3.1.1", all / 4);
            Add("3.1.2", all / 4);
            Add("3.1.3", all / 4);
            Add("3.1.4", all - (3 * (all / 4)));
        }
    }

    /// <summary>The amount of so many ten-thousandths.</summary>
    public static Amount ToAmount(long value) => new() { Units = value / One, Nanos = (int)(value % One) * 100_000 };

    /// <summary>So many ten-thousandths of the amount.</summary>
    public static long FromAmount(Amount amount) => (amount.Units * One) + (amount.Nanos / 100_000);
}
