namespace Aggregation.Storage.Sqlite;

/// <summary>Another host uses the database.</summary>
public sealed class JournalInUseException(string message, Exception inner) : Exception(message, inner);
