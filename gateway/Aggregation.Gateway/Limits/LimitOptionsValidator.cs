using System.Globalization;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Limits;

/// <summary>Names each limit that is out of range, its value and the rule.</summary>
internal sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var faults = new List<string>();
        Range(faults, nameof(options.RefusalDelay), options.RefusalDelay, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Check(faults, nameof(options.Tenant), options.Tenant);
        Check(faults, nameof(options.Key), options.Key);
        foreach (var (tenant, set) in options.Tenants)
        {
            Check(faults, $"{nameof(options.Tenants)}:{tenant}", set);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Check(List<string> faults, string of, LimitSet set)
    {
        Range(faults, $"{of}:{nameof(set.RequestsPerSecond)}", set.RequestsPerSecond, 0.001, 1_000_000);
        Range(faults, $"{of}:{nameof(set.InFlight)}", set.InFlight, 1, 1_000_000);
        Range(faults, $"{of}:{nameof(set.CellsPerSecond)}", set.CellsPerSecond, 0.001, 1_000_000_000);
        Range(faults, $"{of}:{nameof(set.Watches)}", set.Watches, 0, 1_000_000);
    }

    private static void Range<T>(List<string> faults, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"{LimitOptions.SectionName}:{option} is {value}; it must be from {least} to {most}."));
        }
    }
}
