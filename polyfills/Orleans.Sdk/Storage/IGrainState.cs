namespace Orleans;

/// <summary>State on its way between a grain and its storage.</summary>
public interface IGrainState<T>
{
    /// <summary>The state.</summary>
    T? State { get; set; }

    /// <summary>The version last read or written; null if there is none.</summary>
    string? ETag { get; set; }

    /// <summary>Whether the state has been stored.</summary>
    bool RecordExists { get; set; }
}
