using System.Text.Json;
using Aggregation.Silo.Migration;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Silo.Tests;

public sealed class MigrateCommandTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aggregation-migrate-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [PostgresFact]
    public async Task Migrate_EmptyDatabaseThenAgain_TellsBothSchemas()
    {
        var file = Write(await server.CreateDatabaseAsync());
        await PostgresServer.ExecuteAsync(server.ConnectionString, "CREATE ROLE silo_of_migrate");

        Assert.Equal(0, await RunAsync("--connection-file", file, "--silo-role", "silo_of_migrate"));
        Assert.Matches("Schema 0 → [1-9]", _output.ToString());
        Assert.Contains("Role silo_of_migrate", _output.ToString(), StringComparison.Ordinal);

        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("--connection-file", file, "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal(answer.RootElement.GetProperty("schema").GetInt32(), answer.RootElement.GetProperty("schemaBefore").GetInt32());
        Assert.Empty(_error.ToString());
    }

    [PostgresFact]
    public async Task Migrate_ConnectionFileWithLineEnds_IsReadWithoutThem()
    {
        var connection = await server.CreateDatabaseAsync();
        foreach (var end in new[] { "\r\n", "\n\n", "\r\n\r\n" })
        {
            Assert.Equal(0, await RunAsync("--connection-file", Write(end + connection + end)));
        }

        Assert.Empty(_error.ToString());
    }

    [PostgresFact]
    public async Task Migrate_RoleThatDoesNotExist_IsRefusedByItsName()
    {
        var file = Write(await server.CreateDatabaseAsync());
        Assert.Equal(1, await RunAsync("--connection-file", file, "--silo-role", "nobody"));
        Assert.Contains("'nobody'", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NobodyListens_IsUnavailableAndTellsNoPassword()
    {
        var file = Write("Host=127.0.0.1;Port=1;Username=u;Database=d;Password=s3cr3t");
        Assert.Equal(3, await RunAsync("--connection-file", file));
        Assert.Contains("UNAVAILABLE", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_ConnectionStringNotUnderstood_NamesTheRuleAndNotTheText()
    {
        Assert.Equal(2, await RunAsync("--connection-file", Write("Host=h;s3cr3t=1")));
        Assert.Contains("it must be keyword=value pairs", _error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NoConnection_NamesTheOptionAndTheVariable()
    {
        Assert.Equal(2, await RunAsync());
        Assert.Contains("--connection-file or AGGREGATION_DATABASE", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync("--connection-file", Path.Combine(_folder.FullName, "missing")));
        Assert.Contains("cannot be read", _error.ToString(), StringComparison.Ordinal);
    }

    private string Write(string connectionString)
    {
        var path = Path.Combine(_folder.FullName, "connection");
        File.WriteAllText(path, connectionString);
        return path;
    }

    private Task<int> RunAsync(params string[] arguments) =>
        MigrateCommand.RunAsync([MigrateCommand.Name, .. arguments], _output, _error, CancellationToken.None);
}
