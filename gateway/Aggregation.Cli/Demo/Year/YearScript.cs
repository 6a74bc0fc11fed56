using System.Text.Json;

namespace Aggregation.Cli.Demo.Year;

/// <summary>script.json: what happens in a tenant's year, in order.</summary>
/// <param name="Shown">Units whose totals the tables show; the first is the root.</param>
/// <param name="Figures">The cells that the tables show of each form.</param>
/// <param name="Tasks">Reporting tasks, each played to its end before the next.</param>
internal sealed record YearScript(
    IReadOnlyList<string> Shown, IReadOnlyDictionary<string, IReadOnlyList<string>> Figures, IReadOnlyList<YearTask> Tasks);

/// <summary>One reporting task, opened first.</summary>
/// <param name="Rules">A TaskRules of the protocol, as JSON.</param>
internal sealed record YearTask(string Form, string Period, JsonElement Rules, IReadOnlyList<YearStep> Steps);

/// <summary>One thing that somebody does. Which fields it has depends on <paramref name="Do"/>; README.md tells.</summary>
internal sealed record YearStep(string Do)
{
    /// <summary>Whose report or total it is about.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Name of a table.</summary>
    public string Stage { get; init; } = "";

    /// <summary>What an extension gives, in days from today.</summary>
    public int Days { get; init; }

    /// <summary>Units that do not file with the others.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Units that have nothing to report 零报告.</summary>
    public IReadOnlyList<string> Nil { get; init; } = [];

    /// <summary>Figures that the unit gives in place of the made-up ones, by cell.</summary>
    public IReadOnlyDictionary<string, JsonElement> Cells { get; init; } = new Dictionary<string, JsonElement>();

    public IReadOnlyDictionary<string, string> Explanations { get; init; } = new Dictionary<string, string>();

    /// <summary>What a return says of single cells.</summary>
    public IReadOnlyDictionary<string, string> Remarks { get; init; } = new Dictionary<string, string>();

    public string FiledOn { get; init; } = "";

    /// <summary>What a refusal must say.</summary>
    public string Because { get; init; } = "";

    public string Reason { get; init; } = "";

    /// <summary>What the head of a unit states.</summary>
    public string Text { get; init; } = "";

    /// <summary>Offices whose completion is returned the first time.</summary>
    public IReadOnlyList<YearReturn> Returns { get; init; } = [];
}

/// <summary>A completion that the level above returns.</summary>
internal sealed record YearReturn(string Unit, string Reason);
