using Aggregation.Gateway.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Tests.Endpoints;

/// <summary>A gateway as a process of its own: what is wrong is named before anything runs.</summary>
public sealed class ClusteringOptionsTests
{
    [Theory]
    [InlineData("Cluster:ConnectionString", "Host=db;Username=u;Password=s3cr3t", "Cluster:ConnectionString lacks Database")]
    [InlineData("Cluster:ConnectionString", "s3cr3t", "Cluster:ConnectionString is not understood")]
    [InlineData("Cluster:Id", "South China", "Cluster:Id is 'South China'; it must be 1 to 64 lower-case letters, digits and hyphens.")]
    public async Task Start_GatewayWithAWrongSetting_NamesKeyAndRuleAndNoPassword(string key, string value, string expected)
    {
        var builder = WebApplication.CreateBuilder([$"--{key}={value}"]);
        builder.AddSilos();
        await using var app = builder.Build();

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync());

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", fault.Message, StringComparison.Ordinal);
    }
}
