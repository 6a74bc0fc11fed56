using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Limits;

/// <summary>Names each option that is out of range, its value and the rule.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var faults = new List<string>();
        Range(faults, nameof(options.MaxMessageBytes), options.MaxMessageBytes, 1 << 10, 64 << 20);
        Range(faults, nameof(options.MaxCells), options.MaxCells, 1, 100_000);
        Range(faults, nameof(options.MaxBatchInFlight), options.MaxBatchInFlight, 1, 10_000);
        Range(faults, nameof(options.MaxInFlightPerConnection), options.MaxInFlightPerConnection, 1, 100_000);
        Range(faults, nameof(options.MaxCsvBytes), options.MaxCsvBytes, 1 << 10, 64 << 20);
        Range(faults, nameof(options.MaxErrorDetailBytes), options.MaxErrorDetailBytes, 1 << 10, 32 << 10);
        Range(faults, nameof(options.CredentialCacheSize), options.CredentialCacheSize, 16, 1_000_000);
        Range(faults, nameof(options.WatchInterval), options.WatchInterval, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Range(faults, nameof(options.WatchRenewal), options.WatchRenewal, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Range(faults, nameof(options.ObligationInterval), options.ObligationInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Range(faults, nameof(options.CredentialCacheTime), options.CredentialCacheTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Range<T>(List<string> faults, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add($"{GatewayOptions.SectionName}:{option} is {value}; it must be from {least} to {most}.");
        }
    }
}
