using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>Names each option out of range, its value and the rule; of the connection string only what is no secret.</summary>
internal sealed class PostgresJournalOptionsValidator : IValidateOptions<PostgresJournalOptions>
{
    private const string ConnectionStringRule =
        "it must be keyword=value pairs as Npgsql reads them, separated by semicolons, with Host, Database and Username";

    public ValidateOptionsResult Validate(string? name, PostgresJournalOptions options)
    {
        var faults = new List<string>();
        if (ConnectionStringFault(options.ConnectionString) is { } fault)
        {
            faults.Add($"Journal:ConnectionString {fault}; {ConnectionStringRule}.");
        }

        Range(nameof(options.MaxBatch), options.MaxBatch, 1, 10_000);
        Range(nameof(options.QueueCapacity), options.QueueCapacity, 1, 1_000_000);
        Range(nameof(options.ReadConnections), options.ReadConnections, 1, 64);
        if (options.StatementTimeout < TimeSpan.FromSeconds(0.1) || options.StatementTimeout > TimeSpan.FromMinutes(10))
        {
            faults.Add($"Journal:StatementTimeout is {options.StatementTimeout}; it must be 00:00:00.1–00:10:00.");
        }

        if (options.StartTimeout < TimeSpan.Zero || options.StartTimeout > TimeSpan.FromMinutes(10))
        {
            faults.Add($"Journal:StartTimeout is {options.StartTimeout}; it must be 00:00:00–00:10:00.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Range(string option, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"Journal:{option} is {value}; it must be {least}–{most}."));
            }
        }
    }

    private static string? ConnectionStringFault(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"is '{text}'";
        }

        NpgsqlConnectionStringBuilder parsed;
        try
        {
            parsed = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The reader's own words repeat pieces of the text, a password among them.
            return "has a keyword or a value that is not understood (it is not shown, as it may hold a password)";
        }

        return string.IsNullOrWhiteSpace(parsed.Host) || string.IsNullOrWhiteSpace(parsed.Database) || string.IsNullOrWhiteSpace(parsed.Username)
            ? $"has Host '{parsed.Host}', Database '{parsed.Database}' and Username '{parsed.Username}'"
            : null;
    }
}
