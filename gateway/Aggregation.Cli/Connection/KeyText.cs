namespace Aggregation.Cli.Connection;

/// <summary>Reads and writes keys; they never appear on the screen unless a command's purpose is to show one.</summary>
internal static class KeyText
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Whether the file has a key; one that was killed before it wrote to the file left it empty, and uses its key no more.</summary>
    public static bool IsIn(FileInfo file) => file is { Exists: true, Length: > 0 };

    /// <exception cref="CommandFailedException">There is no such file, or it is empty.</exception>
    public static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellation)
    {
        if (!file.Exists)
        {
            throw new CommandFailedException($"There is no key file {file.FullName}.");
        }

        var text = (await File.ReadAllTextAsync(file.FullName, cancellation)).Trim();
        return text.Length > 0 ? text : throw new CommandFailedException($"The key file {file.FullName} is empty.");
    }

    /// <summary>Writes the key so that only the owner can read it, from the first byte on.</summary>
    public static async Task WriteAsync(FileInfo file, string key, CancellationToken cancellation)
    {
        file.Directory?.Create();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
            if (file.Exists)
            {
                file.UnixFileMode = OwnerOnly;
            }
        }

        await using var writer = new StreamWriter(file.FullName, options);
        await writer.WriteLineAsync(key.AsMemory(), cancellation);
    }
}
