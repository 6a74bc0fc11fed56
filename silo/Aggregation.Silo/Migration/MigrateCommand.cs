using System.CommandLine;
using System.Text.Json;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;

namespace Aggregation.Silo.Migration;

/// <summary>
/// <c>Aggregation.Silo migrate</c>: changes the schema of a PostgreSQL database as its owner, and ends. Exit codes: 0 done, 1 refused by the
/// database, 2 the command line or the connection string is wrong, 3 the database cannot be reached, 130 cancelled.
/// </summary>
public static class MigrateCommand
{
    public const string Name = "migrate";

    private const string ConnectionVariable = "AGGREGATION_DATABASE";

    private static readonly Option<FileInfo?> ConnectionFile = new("--connection-file")
    {
        Description = $"连接串文件 File whose first line that is not empty is the connection string of the database's owner; or {ConnectionVariable}.",
        HelpName = "file",
    };

    private static readonly Option<string?> SiloRole = new("--silo-role")
    {
        Description = "silo 角色 Gives this role, which exists, the rights that a silo needs: it reads and adds journal entries, and cannot change them.",
        HelpName = "name",
    };

    private static readonly Option<string?> GatewayRole = new("--gateway-role")
    {
        Description = "网关角色 Gives this role, which exists, the right that a gateway of its own process needs: to look up where the silos are.",
        HelpName = "name",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "JSON 输出 Answers with one JSON object." };

    /// <summary>Whether a host's arguments ask for this instead of for a host.</summary>
    public static bool IsAskedFor(IReadOnlyList<string> arguments) => arguments is [Name, ..];

    /// <param name="arguments">With <see cref="Name"/> as the first.</param>
    public static Task<int> RunAsync(string[] arguments) => RunAsync(arguments, Console.Out, Console.Error, CancellationToken.None);

    internal static Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var command = new RootCommand { Build(output, error) };
        return command.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellation);
    }

    private static Command Build(TextWriter output, TextWriter error)
    {
        var command = new Command(Name, "升级数据库 Brings a PostgreSQL database to this program's schema.") { ConnectionFile, SiloRole, GatewayRole, Json };
        command.SetAction(async (arguments, cancellation) =>
        {
            var json = arguments.GetValue(Json);
            try
            {
                var connection = await ConnectionAsync(arguments.GetValue(ConnectionFile), cancellation);
                var (silo, gateway) = (arguments.GetValue(SiloRole), arguments.GetValue(GatewayRole));
                var (from, to) = await PostgresSchema.MigrateAsync(connection, silo, gateway, TimeProvider.System, cancellation);
                Show(output, from, to, silo, gateway, json);
                return 0;
            }
            catch (FormatException fault)
            {
                return Fail(error, "USAGE", 2, fault.Message, json);
            }
            catch (InvalidOperationException fault)
            {
                return Fail(error, "REFUSED", 1, fault.Message, json);
            }
            catch (JournalUnavailableException fault)
            {
                return Fail(error, "UNAVAILABLE", 3, fault.Message, json);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return 130;
            }
        });
        return command;
    }

    /// <exception cref="FormatException">There is none.</exception>
    private static async Task<string> ConnectionAsync(FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            return Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } text
                ? text
                : throw new FormatException($"--connection-file or {ConnectionVariable} must give the connection string of the database's owner.");
        }

        try
        {
            return (await File.ReadAllLinesAsync(file.FullName, cancellation)).FirstOrDefault(static line => line.Length > 0) ?? "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"--connection-file '{file}' cannot be read. {fault.Message}", fault);
        }
    }

    private static void Show(TextWriter output, int from, int to, string? silo, string? gateway, bool json)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new { schemaBefore = from, schema = to, siloRole = silo, gatewayRole = gateway }));
            return;
        }

        output.WriteLine(from == to ? $"数据库结构已是最新 Schema {to}, up to date." : $"数据库结构已升级 Schema {from} → {to}.");
        if (silo is not null)
        {
            output.WriteLine($"角色 Role {silo} may read and add journal entries, and cannot change them.");
        }

        if (gateway is not null)
        {
            output.WriteLine($"角色 Role {gateway} may look up where the silos are.");
        }
    }

    private static int Fail(TextWriter error, string code, int exit, string message, bool json)
    {
        error.WriteLine(json ? JsonSerializer.Serialize(new { code, message }) : $"{code} {message}");
        return exit;
    }
}
