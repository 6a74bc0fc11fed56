using System.CommandLine;
using System.Text.Json;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.Domain.Texts;

namespace Aggregation.Cli.Commands;

/// <summary>What a running command works with.</summary>
/// <param name="Arguments">The parsed command line.</param>
/// <param name="Api">The server, called with the key given.</param>
/// <param name="Terminal">Where answers go.</param>
/// <param name="Json">Answers as JSON.</param>
/// <param name="Cancellation">Ctrl-C.</param>
internal sealed record Session(ParseResult Arguments, Api Api, Terminal Terminal, bool Json, CancellationToken Cancellation)
{
    /// <summary>Text files as --encoding says. Which encoding each had is told on the error stream, to programs where it is not the usual one.</summary>
    public TextFiles Texts => new(Get(TextFiles.Encoding), (file, encoding) =>
    {
        if (!Json)
        {
            Terminal.Note($"{file.Name}: {EncodingNames.Of(encoding)}");
        }
        else if (encoding != TextEncoding.Utf8)
        {
            Terminal.Error.WriteLine(JsonSerializer.Serialize(new { file = file.Name, encoding = EncodingNames.Of(encoding) }));
        }
    });

    /// <summary>The value of a required argument or of an option with a default.</summary>
    public T Get<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);

    public T? Get<T>(Option<T> option) => Arguments.GetValue(option);
}
