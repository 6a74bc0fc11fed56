using System.Collections.Concurrent;
using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Sqlite;

/// <summary>
/// Forms and periods in which nobody had filed when they were first asked about, and the units that have filed there since. That a unit is
/// not among them is known without the database: most look-ups of a unit that files ask for rows that nobody wrote yet. True only
/// while no other process writes.
/// </summary>
internal sealed class FreshPeriods
{
    /// <summary>From here on periods that come are looked up in the database.</summary>
    private const int MostPeriods = 4_096;

    /// <summary>Units of all periods together; from here on a period is given up when another of its units files.</summary>
    private const int MostUnits = 1_000_000;

    private readonly ConcurrentDictionary<Key, Period> periods = new();
    private int units;

    /// <summary>Whether a unit certainly has no row.</summary>
    public bool IsAbsent(string tenant, string form, string period, string unit) =>
        periods.TryGetValue(new Key(tenant, form, period), out var found) && found.IsAbsent(unit);

    /// <summary>Takes it on to ask the database whether a period is empty.</summary>
    /// <returns>Whether the caller is to ask; false where somebody has taken it on already.</returns>
    public bool TryTakeOn(string tenant, string form, string period)
    {
        var key = new Key(tenant, form, period);
        return !periods.ContainsKey(key) && periods.Count < MostPeriods && periods.TryAdd(key, new Period());
    }

    /// <summary>The database's answer. Between its reading and this no row is written: both are done by the writer.</summary>
    public void Answer(string tenant, string form, string period, bool isEmpty)
    {
        if (isEmpty && periods.TryGetValue(new Key(tenant, form, period), out var found))
        {
            found.Begin();
        }
    }

    /// <summary>There was no answer: the next one who looks asks again.</summary>
    public void Forget(string tenant, string form, string period) => periods.TryRemove(new Key(tenant, form, period), out _);

    /// <summary>A row is about to be written. Told by the writer, before anybody can read it.</summary>
    public void Writes(string tenant, LatestRow row)
    {
        if (periods.TryGetValue(new Key(tenant, row.Form, row.Period), out var found))
        {
            units += found.Add(row.Unit, mayGrow: units < MostUnits);
        }
    }

    private readonly record struct Key(string Tenant, string Form, string Period);

    private sealed class Period
    {
        private readonly Lock access = new();

        /// <summary>
        /// Hashes of the units that have filed: of two with the same hash the one that has not is looked up for nothing. Null: the
        /// database knows more.
        /// </summary>
        private HashSet<int>? filed;

        public bool IsAbsent(string unit)
        {
            lock (access)
            {
                return filed is not null && !filed.Contains(Hash(unit));
            }
        }

        public void Begin()
        {
            lock (access)
            {
                filed = [];
            }
        }

        /// <returns>By how many the units known have become more, or fewer.</returns>
        public int Add(string unit, bool mayGrow)
        {
            lock (access)
            {
                if (filed is null)
                {
                    return 0;
                }

                if (mayGrow)
                {
                    return filed.Add(Hash(unit)) ? 1 : 0;
                }

                var given = filed.Count;
                filed = null;
                return -given;
            }
        }

        private static int Hash(string unit) => string.GetHashCode(unit, StringComparison.Ordinal);
    }
}
