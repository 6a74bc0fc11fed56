namespace Aggregation.Storage.Journal;

/// <summary>
/// What callers are told of a database that cannot answer: they may be anybody, so neither where it is nor what it said.
/// That is in the inner exception, for the log.
/// </summary>
internal static class Unavailability
{
    public static JournalUnavailableException OfReads(Exception fault) => new("The journal cannot be read now; ask again.", fault);

    public static JournalUnavailableException OfWrites(Exception fault) =>
        new("The journal cannot be written now; send the same request again.", fault);
}
