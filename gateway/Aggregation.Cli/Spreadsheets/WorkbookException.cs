namespace Aggregation.Cli.Spreadsheets;

/// <summary>A file is no workbook that can be read, or is over a bound; the message names which.</summary>
internal sealed class WorkbookException(string message, Exception? inner = null) : Exception(message, inner);
