namespace Aggregation.Deploy.Tests.Settings;

/// <summary>The one page of settings against the options that the product binds.</summary>
public sealed class SettingsPageTests
{
    /// <summary>Of .NET, of OpenTelemetry, of the command line, and what is read without options.</summary>
    private static readonly string[] Others =
    [
        "AGGREGATION_DATABASE", "AGGREGATION_KEY", "ASPNETCORE_HTTP_PORTS", "DOTNET_EnableDiagnostics", "DOTNET_GCHeapHardLimitPercent",
        "Data:Path", "Journal:Provider", "Logging:Format", "Logging:LogLevel:NAME", "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_RESOURCE_ATTRIBUTES", "Secrets:Path",
    ];

    /// <summary>Defaults that hang on something else, as the page words them.</summary>
    private static readonly Dictionary<string, string> Worded = new(StringComparer.Ordinal)
    {
        ["Journal:Path"] = "`<Data:Path>/journal.db`",
        ["Silo:Address"] = "the machine's own",
        ["Silo:Port"] = "0, a free one",
        ["Tokens:Metadata"] = "below the issuer",
    };

    [Fact]
    public void Configure_EverySettingOfTheProduct_IsThereOnceWithItsDefault()
    {
        var expected = ProductSettings.Read().Select(setting => $"{setting.Key} = {Worded.GetValueOrDefault(setting.Key, setting.Value)}").ToList();

        var documented = SettingsPage.Read().Where(setting => !Others.Contains(setting.Name, StringComparer.Ordinal))
            .Select(static setting => $"{setting.Name} = {setting.Default}").ToList();

        Assert.Empty(expected.Except(documented));
        Assert.Empty(documented.Except(expected));
        Assert.Equal(expected.Count, documented.Count);
    }

    [Fact]
    public void Configure_OtherSettings_AreThereOnce() =>
        Assert.Equal(Others, SettingsPage.Read().Select(static setting => setting.Name).Where(static name => Others.Contains(name, StringComparer.Ordinal)).Order(StringComparer.Ordinal));
}
