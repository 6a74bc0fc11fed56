namespace Aggregation.Operations.Live;

/// <summary>What an instrument has come to by a moment.</summary>
internal sealed class Amount
{
    /// <summary>A counter's or gauge's value; a histogram's sum.</summary>
    public double Value { get; set; }

    /// <summary>A histogram's measurements; 0 for others.</summary>
    public long Count { get; set; }

    /// <summary>How often it happened: a histogram's measurements, or what a counter counted.</summary>
    public double Times => Buckets.Length > 0 ? Count : Value;

    /// <summary>Upper bounds of a histogram's buckets, the last one infinite; empty for others.</summary>
    public double[] Bounds { get; set; } = [];

    /// <summary>How many fell into each bucket.</summary>
    public long[] Buckets { get; set; } = [];

    /// <summary>Adds another's measurements; those of other buckets count, but fall into none.</summary>
    public void Add(Amount other)
    {
        Value += other.Value;
        Count += other.Count;
        if (Buckets.Length == 0)
        {
            Bounds = other.Bounds;
            Buckets = [.. other.Buckets];
        }
        else if (Buckets.Length == other.Buckets.Length)
        {
            for (var i = 0; i < Buckets.Length; i++)
            {
                Buckets[i] += other.Buckets[i];
            }
        }
    }

    /// <summary>What came since an earlier moment; all of it where there was nothing then.</summary>
    public Amount Since(Amount? earlier)
    {
        if (earlier is null)
        {
            return this;
        }

        var since = new Amount { Value = Value - earlier.Value, Count = Count - earlier.Count, Bounds = Bounds, Buckets = [.. Buckets] };
        for (var i = 0; i < Math.Min(Buckets.Length, earlier.Buckets.Length); i++)
        {
            since.Buckets[i] -= earlier.Buckets[i];
        }

        return since;
    }

    /// <summary>The value below which a share of the measurements lies, taken as spread evenly over its bucket.</summary>
    /// <param name="share">0–1.</param>
    /// <returns>Null without measurements; the last finite bound for what lies beyond it.</returns>
    public double? Quantile(double share)
    {
        var all = Buckets.Sum();
        if (all <= 0)
        {
            return null;
        }

        var rank = share * all;
        var below = 0L;
        for (var i = 0; i < Buckets.Length; i++)
        {
            if (Buckets[i] > 0 && below + Buckets[i] >= rank)
            {
                var lower = i == 0 ? 0 : Bounds[i - 1];
                return double.IsFinite(Bounds[i]) ? lower + ((Bounds[i] - lower) * (rank - below) / Buckets[i]) : lower;
            }

            below += Buckets[i];
        }

        return null;
    }
}
