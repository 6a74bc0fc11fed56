using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Aggregation.ServiceDefaults.Clustering;

/// <summary>Names each option that is wrong, its value and the rule; of the connection string only what is no secret.</summary>
internal sealed partial class ClusteringOptionsValidator : IValidateOptions<ClusteringOptions>
{
    private static readonly string[] Required = ["Host", "Database", "Username"];

    public ValidateOptionsResult Validate(string? name, ClusteringOptions options)
    {
        var faults = new List<string>();
        if (options.IsOn && ConnectionStringFault(options.ConnectionString) is { } fault)
        {
            faults.Add($"{ClusteringOptions.SectionName}:{nameof(options.ConnectionString)} {fault}; it must be keyword=value pairs as Npgsql reads them, separated by semicolons, with Host, Database and Username.");
        }

        if (!IdPattern.IsMatch(options.Id))
        {
            faults.Add($"{ClusteringOptions.SectionName}:{nameof(options.Id)} is '{options.Id}'; it must be 1 to 64 lower-case letters, digits and hyphens.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex IdPattern { get; }

    private static string? ConnectionStringFault(string text)
    {
        var parsed = new DbConnectionStringBuilder();
        try
        {
            parsed.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            // The reader's own words repeat pieces of the text, a password among them.
            return "is not understood (it is not shown, as it may hold a password)";
        }

        var missing = Required.Where(key => !parsed.TryGetValue(key, out var value) || string.IsNullOrWhiteSpace((string)value));
        return missing.FirstOrDefault() is { } keyword ? $"lacks {keyword}" : null;
    }
}
