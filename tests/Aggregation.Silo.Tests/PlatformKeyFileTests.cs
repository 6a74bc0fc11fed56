using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts.Tenants;
using Aggregation.TestKit.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Aggregation.Silo.Tests;

/// <summary>
/// The platform's first key, whenever the host is killed: each test leaves journal and folder as a kill at one of the steps does, and
/// starts a host on them.
/// </summary>
public sealed class PlatformKeyFileTests : IDisposable
{
    private static readonly string Draft = $"agk_platform_{new string('a', 12)}_{new string('b', 64)}";
    private readonly string folder = Directory.CreateTempSubdirectory("aggregation-").FullName;

    private string KeyPath => Path.Combine(folder, PlatformKeyFile.FileName);

    private string DraftPath => Path.Combine(folder, PlatformKeyFile.DraftName);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Start_Twice_LeavesOneGoodKeyThatOnlyItsOwnerReads()
    {
        var first = await StartAsync();
        Assert.Equal((first, true), (await StartAsync(), await IsGoodAsync(first)));
        Assert.False(File.Exists(DraftPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(KeyPath).UnixFileMode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(90)]
    public async Task Start_KilledWhileTheDraftWasWritten_MakesAnother(int written)
    {
        await File.WriteAllTextAsync(DraftPath, Draft[..Math.Min(written, Draft.Length)]);

        var key = await StartAsync();

        Assert.NotEqual(Draft, key);
        Assert.True(await IsGoodAsync(key));
        Assert.False(File.Exists(DraftPath));
    }

    [Fact]
    public async Task Start_KilledBeforeTheKeyWasRecorded_RecordsTheDraft()
    {
        await File.WriteAllTextAsync(DraftPath, Draft + '\n');

        Assert.Equal((Draft, true), (await StartAsync(), await IsGoodAsync(Draft)));
        Assert.False(File.Exists(DraftPath));
    }

    [Fact]
    public async Task Start_KilledBetweenRecordAndFile_LeavesTheRecordedKeyInItsFile()
    {
        var key = await StartAsync();
        File.Move(KeyPath, DraftPath);

        Assert.Equal((key, true), (await StartAsync(), await IsGoodAsync(key)));
        Assert.False(File.Exists(DraftPath));
    }

    [Fact]
    public async Task Start_DraftOfAKeyThatWasNotTheFirst_IsRemovedAndOpensNothing()
    {
        var key = await StartAsync();
        await File.WriteAllTextAsync(DraftPath, Draft + '\n');

        Assert.Equal((key, false), (await StartAsync(), await IsGoodAsync(Draft)));
        Assert.False(File.Exists(DraftPath));
        File.Delete(KeyPath);
        await Assert.ThrowsAsync<FileNotFoundException>(StartAsync);
    }

    /// <summary>Starts a host and stops it; what is in the file then.</summary>
    private async Task<string> StartAsync()
    {
        await using (await HostAsync())
        {
            return (await File.ReadAllTextAsync(KeyPath)).TrimEnd();
        }
    }

    private async Task<bool> IsGoodAsync(string key)
    {
        await using var host = await HostAsync();
        var parts = key.Split('_');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts[3])));
        var platform = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IPlatformGrain>(TenantKeys.Platform);
        return await platform.Authenticate(parts[2], hash) is { IsPlatform: true };
    }

    private async Task<WebApplication> HostAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Data:Path"] = folder;
        builder.Logging.ClearProviders();
        // A silo of other tests runs meanwhile: this one is of another cluster, and on ports of its own.
        builder.Configuration["Silo:GatewayPort"] = FreePorts.One().ToString(CultureInfo.InvariantCulture);
        builder.AddAggregationSilo(takesClients: true);
        builder.Services.PostConfigure<ClusterOptions>(options => options.ClusterId = Path.GetFileName(folder));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
