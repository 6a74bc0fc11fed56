using System.Diagnostics;
using Aggregation.TestKit.Browsers;

namespace Aggregation.Cli.Tests.Reports;

/// <summary>Chromium without a window.</summary>
internal static class Browser
{
    /// <summary>Opens a page as wide as A4 and returns what the browser prints; the profile and all it writes go to the folder.</summary>
    public static async Task<string> RunAsync(DirectoryInfo folder, string page, string argument)
    {
        var start = new ProcessStartInfo(Chromium.Path!)
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
