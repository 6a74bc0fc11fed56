namespace Aggregation.Fuzz.Requests;

/// <summary>In what way a request is not what a client sends.</summary>
internal enum FuzzKind
{
    /// <summary>Bytes that are no message, or one by chance.</summary>
    RandomBytes,

    /// <summary>A right encoding of a message whose fields hold anything.</summary>
    RandomMessage,

    /// <summary>The same, with text that programs stumble over.</summary>
    HostileText,

    /// <summary>The same, with numbers at and beyond every end.</summary>
    HugeNumbers,

    /// <summary>Groups and messages in one another, thousands deep.</summary>
    DeepNesting,

    /// <summary>10,000 of everything that repeats.</summary>
    ManyCells,

    /// <summary>A right message with bytes changed, left out or doubled.</summary>
    Mutated,
}
