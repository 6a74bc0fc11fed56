namespace Orleans.Runtime;

/// <summary>A timer of one activation; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the timer next fires and how long it waits after each callback.</summary>
    /// <param name="dueTime">From now until it next fires; infinite stops it.</param>
    /// <param name="period">From the end of one callback to the next; infinite fires once.</param>
    void Change(TimeSpan dueTime, TimeSpan period);
}
