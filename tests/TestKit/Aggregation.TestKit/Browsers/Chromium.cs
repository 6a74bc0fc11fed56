namespace Aggregation.TestKit.Browsers;

/// <summary>The browser of this machine.</summary>
public static class Chromium
{
    /// <summary>Null where there is none on the PATH.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(static folder => (string[])[System.IO.Path.Combine(folder, "chromium"), System.IO.Path.Combine(folder, "chromium-browser")])
        .FirstOrDefault(File.Exists);
}
