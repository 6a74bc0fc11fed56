using System.CommandLine;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Output;
using Grpc.Core;

namespace Aggregation.Cli.Commands;

/// <summary>Runs a command's action: connects, and turns every expected failure into a message and an exit code.</summary>
internal sealed class CommandRunner(Terminal terminal)
{
    public void Bind(Command command, Func<Session, Task<int>> action) =>
        command.SetAction((arguments, cancellation) => RunAsync(arguments, action, cancellation));

    private async Task<int> RunAsync(ParseResult arguments, Func<Session, Task<int>> action, CancellationToken cancellation)
    {
        var json = arguments.GetValue(ServerOptions.Json);
        try
        {
            var server = arguments.GetRequiredValue(ServerOptions.Server);
            try
            {
                var key = await KeyOfAsync(arguments, cancellation);
                var timeout = TimeSpan.FromSeconds(arguments.GetValue(ServerOptions.Timeout));
                var tls = ClientTls.Of(arguments.GetValue(ServerOptions.Authorities), arguments.GetValue(ServerOptions.ClientCertificate));
                using var api = new Api(server, tls, key, timeout, cancellation);
                return await action(new Session(arguments, api, terminal, json, cancellation));
            }
            catch (RpcException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Cancelled;
            }
            catch (RpcException fault)
            {
                return Faults.Show(terminal, fault, server, json);
            }
        }
        catch (CommandFailedException fault)
        {
            return Faults.Show(terminal, fault, json);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Cancelled;
        }
    }

    private static async Task<string?> KeyOfAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(ServerOptions.KeyFile) is { } file)
        {
            return await KeyText.ReadAsync(file, cancellation);
        }

        var text = arguments.GetValue(ServerOptions.Key) ?? Environment.GetEnvironmentVariable(ServerOptions.KeyVariable);
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
