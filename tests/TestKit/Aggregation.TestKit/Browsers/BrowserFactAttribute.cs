using Xunit;

namespace Aggregation.TestKit.Browsers;

/// <summary>A test that needs Chromium; skipped, with the reason, where there is none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? "There is no chromium on the PATH." : null;
}
