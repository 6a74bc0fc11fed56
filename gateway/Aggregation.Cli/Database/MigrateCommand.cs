using System.CommandLine;
using System.Text.Json;
using Aggregation.Cli.Connection;
using Aggregation.Cli.Output;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;

namespace Aggregation.Cli.Database;

/// <summary><c>migrate</c>: changes the schema of a PostgreSQL database as its owner. It talks to no server.</summary>
internal static class MigrateCommand
{
    public const string ConnectionVariable = "AGGREGATION_DATABASE";

    private static readonly Option<FileInfo?> ConnectionFile = new("--connection-file")
    {
        Description = $"File whose first line is the connection string of the database's owner; or {ConnectionVariable}.",
        HelpName = "file",
    };

    private static readonly Option<string?> SiloRole = new("--silo-role")
    {
        Description = "Gives this role, which exists, the rights that a silo needs: it reads and adds journal entries, and cannot change them.",
        HelpName = "name",
    };

    private static readonly Option<string?> GatewayRole = new("--gateway-role")
    {
        Description = "Gives this role, which exists, the right that a gateway of its own process needs: to look up where the silos are.",
        HelpName = "name",
    };

    public static Command Build(Terminal terminal)
    {
        var command = new Command("migrate", "升级数据库 Brings a PostgreSQL database to this program's schema.")
        {
            ConnectionFile, SiloRole, GatewayRole,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var json = arguments.GetValue(ServerOptions.Json);
            try
            {
                var connection = await ConnectionAsync(arguments.GetValue(ConnectionFile), cancellation);
                var roles = new Roles(arguments.GetValue(SiloRole), arguments.GetValue(GatewayRole));
                Show(terminal, await MigrateAsync(connection, roles, cancellation), roles, json);
                return ExitCode.Ok;
            }
            catch (CommandFailedException fault)
            {
                return Faults.Show(terminal, fault, json);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCode.Cancelled;
            }
        });
        return command;
    }

    private static async Task<(int From, int To)> MigrateAsync(string connection, Roles roles, CancellationToken cancellation)
    {
        try
        {
            return await PostgresSchema.MigrateAsync(connection, roles.Silo, roles.Gateway, TimeProvider.System, cancellation);
        }
        catch (FormatException fault)
        {
            throw new CommandFailedException(fault.Message);
        }
        catch (InvalidOperationException fault)
        {
            throw new CommandFailedException(fault.Message) { ExitCode = ExitCode.Refused };
        }
        catch (JournalUnavailableException fault)
        {
            throw new CommandFailedException(fault.Message) { ExitCode = ExitCode.Unavailable };
        }
    }

    private static async Task<string> ConnectionAsync(FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } text
                ? text
                : throw new CommandFailedException($"--connection-file or {ConnectionVariable} must give the connection string of the database's owner.");
        }

        try
        {
            return (await File.ReadAllLinesAsync(file.FullName, cancellation)).FirstOrDefault() ?? "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--connection-file '{file}' cannot be read. {fault.Message}");
        }
    }

    private static void Show(Terminal terminal, (int From, int To) schema, Roles roles, bool json)
    {
        if (json)
        {
            terminal.Output.WriteLine(JsonSerializer.Serialize(new { schemaBefore = schema.From, schema = schema.To, siloRole = roles.Silo, gatewayRole = roles.Gateway }));
            return;
        }

        terminal.Output.WriteLine(
            schema.From == schema.To ? $"数据库结构已是最新 Schema {schema.To}, up to date." : $"数据库结构已升级 Schema {schema.From} → {schema.To}.");
        if (roles.Silo is { } silo)
        {
            terminal.Output.WriteLine($"角色 Role {silo} may read and add journal entries, and cannot change them.");
        }

        if (roles.Gateway is { } gateway)
        {
            terminal.Output.WriteLine($"角色 Role {gateway} may look up where the silos are.");
        }
    }

    private sealed record Roles(string? Silo, string? Gateway);
}
