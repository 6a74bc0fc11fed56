using Aggregation.Storage.Journal;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>What the database's failures mean.</summary>
internal static class PostgresFaults
{
    /// <summary>For who runs the program: names the database and the fault.</summary>
    public static JournalUnavailableException Unavailable(string what, Exception fault) => new($"{what} {fault.Message}", fault);

    /// <summary>
    /// Whether the database objects to what was sent (bad text, a number or a key beyond its limits) and would again;
    /// anything else is the database's state, and may pass.
    /// </summary>
    public static bool IsAboutTheContent(Exception fault) =>
        fault is PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] };
}
