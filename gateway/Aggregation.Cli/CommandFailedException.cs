using Aggregation.V1;

namespace Aggregation.Cli;

/// <summary>A command cannot go on, for a reason that the user can mend; every fault is named.</summary>
internal sealed class CommandFailedException(string message, IReadOnlyList<Violation>? violations = null) : Exception(message)
{
    /// <summary>Where, what and by which rule; the field is a path such as <c>nanyang.json: cells[3.1]</c>.</summary>
    public IReadOnlyList<Violation> Violations { get; } = violations ?? [];

    /// <summary>What the process answers: <see cref="Cli.ExitCode.Usage"/> unless said otherwise.</summary>
    public int ExitCode { get; init; } = Cli.ExitCode.Usage;

    /// <summary>In the spelling of a status.</summary>
    public string Name => ExitCode switch
    {
        Cli.ExitCode.Usage => "USAGE",
        Cli.ExitCode.Unavailable => "UNAVAILABLE",
        _ => "REFUSED",
    };
}
