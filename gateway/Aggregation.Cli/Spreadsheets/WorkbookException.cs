namespace Aggregation.Cli.Spreadsheets;

/// <summary>A file is no workbook that can be read, or is over a bound; the messages name which, in both languages.</summary>
internal sealed class WorkbookException(string messageZh, string messageEn, Exception? inner = null) : Exception(messageEn, inner)
{
    public string MessageZh { get; } = messageZh;

    /// <summary>Sheet and cell that were being read; empty where it is the whole file.</summary>
    public string Place { get; init; } = "";
}
