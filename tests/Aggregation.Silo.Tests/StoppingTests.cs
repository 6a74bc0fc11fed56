using Aggregation.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aggregation.Silo.Tests;

/// <summary>How long a host may take to stop.</summary>
public sealed class StoppingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aggregation-stopping-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("00:00:00", "00:00:10", "00:00:40")]
    [InlineData("00:05:00", "00:10:00", "00:15:30")]
    public async Task Limit_LeavesTimeForTheDelayAndTheDrainThatWereSet(string delay, string drain, string expected)
    {
        var builder = WebApplication.CreateBuilder(
            [$"--Data:Path={folder.FullName}", $"--Stopping:Delay={delay}", $"--Ledger:DrainTimeout={drain}"]);
        builder.AddServiceDefaults();
        builder.AddAggregationSilo(takesClients: false);
        await using var app = builder.Build();

        Assert.Equal(expected, app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ToString("c"));
    }
}
