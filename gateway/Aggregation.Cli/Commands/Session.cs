using System.CommandLine;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Output;

namespace Aggregation.Cli.Commands;

/// <summary>What a running command works with.</summary>
/// <param name="Arguments">The parsed command line.</param>
/// <param name="Api">The server, called with the key given.</param>
/// <param name="Terminal">Where answers go.</param>
/// <param name="Json">Answers as JSON.</param>
/// <param name="Cancellation">Ctrl-C.</param>
internal sealed record Session(ParseResult Arguments, Api Api, Terminal Terminal, bool Json, CancellationToken Cancellation)
{
    /// <summary>The value of a required argument or of an option with a default.</summary>
    public T Get<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);

    public T? Get<T>(Option<T> option) => Arguments.GetValue(option);
}
