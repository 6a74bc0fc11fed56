using System.Text.RegularExpressions;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Deploy.Tests.Settings;

/// <summary>A row of <c>docs/operations/configure.md</c>.</summary>
internal sealed record DocumentedSetting(string Name, string Default);

/// <summary>What the documentation says that can be set.</summary>
internal static partial class SettingsPage
{
    public static IReadOnlyList<DocumentedSetting> Read() =>
    [
        .. File.ReadLines(Path.Combine(Checkout.Root, "docs", "operations", "configure.md"))
            .Select(line => Row().Match(line)).Where(static row => row.Success)
            .Select(static row => new DocumentedSetting(row.Groups["name"].Value, row.Groups["default"].Value)),
    ];

    [GeneratedRegex(@"^\| `(?<name>[A-Za-z_:]+)` \|[^|]*\| (?<default>[^|]*?) \|")]
    private static partial Regex Row();
}
