using Aggregation.Contracts.Tenants;

namespace Aggregation.Silo;

/// <summary>At the first start makes the platform's first key and leaves it in a file that only the host's user can read.</summary>
internal sealed partial class PlatformKeyFile(IGrainFactory grains, DataFolder folder, ILogger<PlatformKeyFile> logger)
    : IHostedService
{
    public const string FileName = "platform.key";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder.Path, FileName);
        var draft = path + ".new";

        // Opened before the key is made: a key that cannot be written down would be lost, because none is shown twice.
        File.Delete(draft);
        await using var file = new FileStream(draft, OptionsForOwnerOnly());
        var key = await grains.GetGrain<IPlatformGrain>(TenantKeys.Platform).CreateFirstKey();
        if (key is null)
        {
            await file.DisposeAsync();
            File.Delete(draft);
            if (!File.Exists(path))
            {
                FileIsGone(logger, path);
            }

            return;
        }

        await using (var text = new StreamWriter(file, leaveOpen: true))
        {
            await text.WriteLineAsync(key);
        }

#pragma warning disable CA1849 // FlushAsync does not reach the disk, and a key that is lost is not made again.
        file.Flush(flushToDisk: true);
#pragma warning restore CA1849
        await file.DisposeAsync();
        File.Move(draft, path, overwrite: true);
        Written(logger, path);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static FileStreamOptions OptionsForOwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    [LoggerMessage(1, LogLevel.Information, "The first platform key is in {Path}")]
    private static partial void Written(ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Warning, "The first platform key was made before, and {Path} is gone; it cannot be shown again")]
    private static partial void FileIsGone(ILogger logger, string path);
}
