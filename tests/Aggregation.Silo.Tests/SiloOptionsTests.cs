using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Aggregation.Silo.Tests;

/// <summary>A silo as a process of its own: what is wrong is named before anything runs.</summary>
public sealed class SiloOptionsTests : IDisposable
{
    private const string Good = "Host=db;Database=aggregation;Username=u;Password=s3cr3t";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aggregation-clustering-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("Silo:Address", "silo-1", "Silo:Address is 'silo-1'; it must be an IP address")]
    [InlineData("Silo:Port", "0", "Silo:Port is 0; it must be from 1 to 65535 in a cluster")]
    [InlineData("Silo:Port", "70000", "Port must be between 0 and 65535")]
    public async Task Start_SiloWithAWrongSetting_NamesKeyAndRule(string key, string value, string expected)
    {
        var builder = WebApplication.CreateBuilder(
            [$"--Data:Path={folder.FullName}", $"--Cluster:ConnectionString={Good}", "--Silo:Port=11111", $"--{key}={value}"]);
        builder.AddAggregationSilo(takesClients: true);
        await using var app = builder.Build();

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
