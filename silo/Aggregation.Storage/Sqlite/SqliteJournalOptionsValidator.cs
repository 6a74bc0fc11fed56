using System.Globalization;
using Microsoft.Extensions.Options;

namespace Aggregation.Storage.Sqlite;

/// <summary>Names each option out of range, its value and the rule.</summary>
internal sealed class SqliteJournalOptionsValidator : IValidateOptions<SqliteJournalOptions>
{
    public ValidateOptionsResult Validate(string? name, SqliteJournalOptions options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Path))
        {
            faults.Add($"Journal:Path is '{options.Path}'; it must name a file.");
        }

        Range(nameof(options.MaxBatch), options.MaxBatch, 1, 10_000);
        Range(nameof(options.QueueCapacity), options.QueueCapacity, 1, 1_000_000);
        Range(nameof(options.ReadConnections), options.ReadConnections, 1, 64);
        Range(nameof(options.CacheMebibytes), options.CacheMebibytes, 1, 4096);
        Range(nameof(options.CheckpointPages), options.CheckpointPages, 100, 1_000_000);
        if (options.BusyTimeout < TimeSpan.Zero || options.BusyTimeout > TimeSpan.FromMinutes(1))
        {
            faults.Add($"Journal:BusyTimeout is {options.BusyTimeout}; it must be 00:00:00–00:01:00.");
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
}
