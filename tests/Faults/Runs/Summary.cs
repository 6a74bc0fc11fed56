using System.Globalization;
using Aggregation.Faults.Checking;

namespace Aggregation.Faults.Runs;

/// <summary>What a run counted. For any number of threads.</summary>
/// <param name="progress">Told the first discrepancies; a great many say no more than a few.</param>
internal sealed class Summary(Action<string> progress)
{
    private const int MostTold = 20;

    private readonly Lock _lock = new();
    private readonly HashSet<Discrepancy> _discrepancies = [];

    public int Kills { get; set; }

    public int Receipts { get; set; }

    /// <summary>Lists of changes that were applied.</summary>
    public int Restructurings { get; set; }

    public long TotalsChecked { get; set; }

    public IReadOnlyCollection<Discrepancy> Discrepancies
    {
        get
        {
            lock (_lock)
            {
                return [.. _discrepancies];
            }
        }
    }

    public int Lost => Count(DiscrepancyKind.Lost);

    public int Doubled => Count(DiscrepancyKind.Doubled);

    public int Wrong => Count(DiscrepancyKind.Wrong);

    /// <summary>The line that a run ends with.</summary>
    public string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"kills {Kills}, receipts {Receipts}, lost {Lost}, doubled {Doubled}, totals checked {TotalsChecked}, wrong {Wrong}");

    /// <summary>Counts it once: what is lost stays lost.</summary>
    public void Add(Discrepancy discrepancy)
    {
        lock (_lock)
        {
            if (_discrepancies.Add(discrepancy) && _discrepancies.Count <= MostTold)
            {
                progress($"{discrepancy.Kind}: {discrepancy.What}");
            }
        }
    }

    private int Count(DiscrepancyKind kind) => Discrepancies.Count(discrepancy => discrepancy.Kind == kind);
}
