using Aggregation.Contracts.Tenants;

namespace Aggregation.Silo;

/// <summary>
/// At the first start makes the platform's first key and leaves it in a file that only the host's user can read. The text is on disk
/// before the key is recorded, so that whenever the host is killed, the next start finds it there and goes on: a key that is recorded
/// is never shown again.
/// </summary>
internal sealed partial class PlatformKeyFile(IGrainFactory grains, DataFolder folder, ILogger<PlatformKeyFile> logger)
    : IHostedService
{
    public const string FileName = "platform.key";

    /// <summary>Holds the text while it is not certain that the key is the first.</summary>
    public const string DraftName = FileName + ".new";

    /// <summary>Stands after the text: a draft without it was not written to its end.</summary>
    private const char End = '\n';

    private string KeyPath => Path.Combine(folder.Path, FileName);

    private string DraftPath => Path.Combine(folder.Path, DraftName);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var platform = grains.GetGrain<IPlatformGrain>(TenantKeys.Platform);
        var text = await ReadDraftAsync(cancellationToken);
        if (text is null && await platform.DraftFirstKey() is { } drafted)
        {
            WriteDraft(drafted);
            text = drafted;
        }

        if (text is not null && await platform.RecordFirstKey(text))
        {
            File.Move(DraftPath, KeyPath, overwrite: true);
            Written(logger, KeyPath);
            return;
        }

        // Of a key that was never recorded, because another came first, or is not good any more.
        File.Delete(DraftPath);
        if (!File.Exists(KeyPath))
        {
            FileIsGone(logger, KeyPath);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <returns>Null where there is none, or half of one, whose key was not recorded.</returns>
    private async Task<string?> ReadDraftAsync(CancellationToken cancellation)
    {
        if (!File.Exists(DraftPath))
        {
            return null;
        }

        var text = await File.ReadAllTextAsync(DraftPath, cancellation);
        return text.EndsWith(End) ? text[..^1] : null;
    }

    private void WriteDraft(string text)
    {
        // What is there is half a draft.
        File.Delete(DraftPath);
        using var file = new FileStream(DraftPath, OptionsForOwnerOnly());
        using (var writer = new StreamWriter(file, leaveOpen: true))
        {
            writer.Write(text);
            writer.Write(End);
        }

        file.Flush(flushToDisk: true);
    }

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
