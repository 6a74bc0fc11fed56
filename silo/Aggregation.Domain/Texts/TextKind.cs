namespace Aggregation.Domain.Texts;

/// <summary>How a text is laid out, and so which control characters it may have.</summary>
public enum TextKind
{
    /// <summary>One line: none.</summary>
    Line,

    /// <summary>Lines: line feed and tab.</summary>
    Lines,

    /// <summary>
    /// What a file holds: line feed, carriage return and tab, and a byte order mark in front. What its fields are is for its reader to
    /// judge, and so is the normal form.
    /// </summary>
    File,
}
