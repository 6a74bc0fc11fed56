namespace Aggregation.ServerKit;

/// <summary>
/// How long a test waits for what must come. Far more than it takes: a limit is there so that a fault ends the run, and
/// says nothing about speed.
/// </summary>
public static class Patience
{
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan Test = TimeSpan.FromMinutes(8);
}
