using Aggregation.V1;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>Submissions made before the clock starts, in shuffled order, and the total that they must sum to.</summary>
internal sealed class Workload
{
    private const int Seed = 20_140_101;

    private readonly Dictionary<KeyValuePair<string, long>, Cell> _cells = [];
    private readonly Dictionary<string, long> _sums = new(StringComparer.Ordinal);

    /// <param name="period">Number of the period.</param>
    /// <param name="firstLeaf">The first department that submits.</param>
    /// <param name="count">How many do, each once.</param>
    public Workload(TreeSize tree, int period, int firstLeaf, int count)
    {
        Period = BenchTenant.Period(period);
        Requests = new SubmitRequest[count];
        for (var i = 0; i < count; i++)
        {
            Requests[i] = Request(tree.Leaf(firstLeaf + i), firstLeaf + i, period);
        }

        new Random(Seed + period).Shuffle(Requests);
    }

    public string Period { get; }

    public SubmitRequest[] Requests { get; }

    /// <summary>What each cell must sum to, in ten-thousandths, by cell code.</summary>
    public IReadOnlyDictionary<string, long> Sums => _sums;

    private SubmitRequest Request(string unit, int number, int period)
    {
        var request = new SubmitRequest { Unit = unit, Form = Form2014.Id, Period = Period, RequestId = $"bench-{unit}-{Period}" };
        foreach (var figure in Form2014.Figures(number, period))
        {
            if (!_cells.TryGetValue(figure, out var cell))
            {
                cell = new Cell { Code = figure.Key, Amount = Form2014.ToAmount(figure.Value) };
                _cells.Add(figure, cell);
            }

            request.Cells.Add(cell);
            _sums[figure.Key] = _sums.GetValueOrDefault(figure.Key) + figure.Value;
        }

        return request;
    }
}
