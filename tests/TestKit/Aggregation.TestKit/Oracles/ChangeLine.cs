namespace Aggregation.TestKit.Oracles;

/// <summary>One change of the structure in the texts that requests and journal entries carry; empty where nothing was given.</summary>
public sealed record ChangeLine(string Change, string Tree, string From, string Unit)
{
    public string Parent { get; init; } = "";

    public string Into { get; init; } = "";

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Level { get; init; } = "";

    /// <summary>Codes with a space between them.</summary>
    public string Children { get; init; } = "";
}
