using System.Diagnostics;

namespace Aggregation.Cli.Tests.Reports;

/// <summary>A test that needs Chromium; skipped, with the reason, where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Path is null ? "There is no chromium on the PATH." : null;
}

/// <summary>Chromium without a window.</summary>
internal static class Browser
{
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => (string[])[System.IO.Path.Combine(folder, "chromium"), System.IO.Path.Combine(folder, "chromium-browser")])
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page as wide as A4 and returns what the browser prints; the profile and all it writes go to the folder.</summary>
    public static async Task<string> RunAsync(DirectoryInfo folder, string page, string argument)
    {
        var start = new ProcessStartInfo(Path!)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--no-pdf-header-footer", "--window-size=794,1123", $"--user-data-dir={folder.FullName}/profile", argument, new Uri(page).AbsoluteUri,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var browser = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var error = browser.StandardError.ReadToEndAsync(limit.Token);
            var output = await browser.StandardOutput.ReadToEndAsync(limit.Token);
            await browser.WaitForExitAsync(limit.Token);
            Assert.True(browser.ExitCode == 0, await error);
            return output;
        }
        finally
        {
            if (!browser.HasExited)
            {
                browser.Kill(entireProcessTree: true);
            }
        }
    }
}
