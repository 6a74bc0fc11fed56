using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>
/// A year's holidays and make-up workdays from a file: CSV with the columns day,kind, or JSON, an array of objects with these
/// fields. What they mean, the server judges.
/// </summary>
internal static class CalendarFile
{
    /// <exception cref="CommandFailedException">The file is missing or cannot be read as a calendar; every fault is named.</exception>
    public static Task<List<CalendarDay>> ReadAsync(FileInfo file, TextFiles texts, CancellationToken cancellation) =>
        new RecordReader<CalendarDay>(file, "day", "kind").ReadAsync("a calendar", texts, cancellation);
}
