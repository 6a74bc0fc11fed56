using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aggregation.ServiceDefaults;

/// <summary>One line of log per event on the console: plain for people, JSON for collectors.</summary>
internal static class ConsoleLogging
{
    private const string FormatKey = "Logging:Format";

    public static void AddConsoleLogging(this IHostApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        switch (builder.Configuration[FormatKey] ?? "simple")
        {
            case "simple":
                builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
                break;
            case "json":
                builder.Logging.AddJsonConsole(static console => console.IncludeScopes = true);
                break;
            case var other:
                throw new InvalidOperationException($"{FormatKey} is '{other}'; it must be simple or json.");
        }

        // A refused call is business as usual; its status is counted, not logged.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server.ServerCallHandler", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Orleans tells all its options at start, and its placement every activation.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
    }
}
