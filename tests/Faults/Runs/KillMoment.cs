namespace Aggregation.Faults.Runs;

/// <summary>When a server is killed.</summary>
/// <param name="Events">After how many receipts, requests sent or lines written; from 0.</param>
internal readonly record struct KillMoment(KillTrigger Trigger, int Events)
{
    public static KillMoment Random(Random random) => random.Next(5) switch
    {
        0 => new KillMoment(KillTrigger.Starting, random.Next(10)),
        1 or 2 => new KillMoment(KillTrigger.Sent, random.Next(200)),
        _ => new KillMoment(KillTrigger.Received, random.Next(300)),
    };

    public override string ToString() => Trigger switch
    {
        KillTrigger.Starting => $"killed while starting, after {Events} lines",
        KillTrigger.Sent => $"killed after {Events} requests",
        _ => $"killed after {Events} receipts",
    };
}

/// <summary>What a killer counts.</summary>
internal enum KillTrigger
{
    /// <summary>Receipts, under load.</summary>
    Received,

    /// <summary>Requests sent, under load; after the first few the server is still waking its ledgers.</summary>
    Sent,

    /// <summary>Lines that it writes while it starts.</summary>
    Starting,
}
