using SQLitePCL;

namespace Aggregation.Storage.Sqlite.Native;

/// <summary>One connection to a database file; used by one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly sqlite3 handle;
    private readonly List<Statement> statements = [];

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle) => this.handle = handle;

    public long LastRowId => raw.sqlite3_last_insert_rowid(handle);

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <exception cref="SqliteFault">The file cannot be opened.</exception>
    public static Database Open(string path, bool readOnly, TimeSpan busyTimeout)
    {
        const int noMutex = raw.SQLITE_OPEN_NOMUTEX;
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(path, out var handle, flags | noMutex, null);
        if (code != raw.SQLITE_OK)
        {
            var fault = SqliteFault.Of(handle, $"Opening '{path}'");
            handle.Dispose();
            throw fault;
        }

        var database = new Database(handle);
        try
        {
            Check(handle, raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds), "PRAGMA busy_timeout");
            database.Execute("PRAGMA foreign_keys = ON");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public Statement Prepare(string sql)
    {
        Check(handle, raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement), sql);
        var prepared = new Statement(handle, statement, sql);
        statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs one or more statements that give no rows.</summary>
    public void Execute(string sql) => Check(handle, raw.sqlite3_exec(handle, sql), sql);

    /// <summary>The first column of the first row, as a number.</summary>
    public long Number(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Long(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements)
        {
            statement.Close();
        }

        handle.Dispose();
    }

    internal static void Check(sqlite3 handle, int code, string attempt)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.Of(handle, attempt);
        }
    }
}
