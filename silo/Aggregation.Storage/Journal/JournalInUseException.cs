namespace Aggregation.Storage.Journal;

/// <summary>Another host uses the database.</summary>
public sealed class JournalInUseException(string message, Exception? inner = null) : Exception(message, inner);
