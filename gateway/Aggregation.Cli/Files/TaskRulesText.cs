using System.Globalization;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Files;

/// <summary>
/// A task's rules as they are typed: units as words separated by commas, and <c>units=day</c> for a last day. What they mean, the
/// server judges.
/// </summary>
internal static class TaskRulesText
{
    private const string Under = "under:";
    private const string Unit = "unit:";
    private const string AfterPeriod = "period+";
    private const string AfterOpening = "opening+";

    private static readonly HashSet<string> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        "government", "department", "institution", "政府", "部门", "直属单位",
    };

    /// <summary>Kinds, levels, <c>under:CODE</c>, <c>unit:CODE</c>; <c>*</c> is every unit.</summary>
    /// <exception cref="CommandFailedException">Two subtrees, or an empty word.</exception>
    public static UnitFilter Filter(string text)
    {
        var filter = new UnitFilter();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (word.StartsWith(Under, StringComparison.OrdinalIgnoreCase) && filter.Under.Length == 0)
            {
                filter.Under = word[Under.Length..];
            }
            else if (word.StartsWith(Unit, StringComparison.OrdinalIgnoreCase))
            {
                filter.Units.Add(word[Unit.Length..]);
            }
            else if (Kinds.Contains(word))
            {
                filter.Kinds.Add(word);
            }
            else if (word.Length == 0 || word.Contains(':', StringComparison.Ordinal))
            {
                throw new CommandFailedException($"'{text}' names no units: '{word}' is no kind, no level, no under:CODE (once) and no unit:CODE.");
            }
            else if (word != "*")
            {
                filter.Levels.Add(word);
            }
        }

        return filter;
    }

    /// <summary><c>units=day</c> or only <c>day</c>: YYYY-MM-DD, <c>period+N</c> or <c>opening+N</c> working days.</summary>
    /// <exception cref="CommandFailedException">Not written so.</exception>
    public static DeadlineRule Deadline(string text)
    {
        var at = text.LastIndexOf('=');
        var rule = new DeadlineRule { Units = at < 0 ? new UnitFilter() : Filter(text[..at]) };
        var day = text[(at + 1)..].Trim();
        if (day.StartsWith(AfterPeriod, StringComparison.OrdinalIgnoreCase))
        {
            rule.AfterPeriod = Days(text, day[AfterPeriod.Length..]);
        }
        else if (day.StartsWith(AfterOpening, StringComparison.OrdinalIgnoreCase))
        {
            rule.AfterOpening = Days(text, day[AfterOpening.Length..]);
        }
        else
        {
            rule.Date = day;
        }

        return rule;
    }

    /// <exception cref="CommandFailedException">The file is missing, or no rules.</exception>
    public static async Task<TaskRules> ReadFileAsync(FileInfo file, TextFiles texts, CancellationToken cancellation)
    {
        var text = await texts.ReadAsync(file, cancellation);
        try
        {
            return JsonParser.Default.Parse<TaskRules>(text);
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new CommandFailedException($"{file.Name} cannot be read as the rules of a task; nothing was sent. {fault.Message}");
        }
    }

    private static int Days(string text, string days) =>
        int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new CommandFailedException($"'{text}' gives no last day: '{days}' is no number of working days.");
}
