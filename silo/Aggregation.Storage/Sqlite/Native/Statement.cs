using System.Text;
using SQLitePCL;

namespace Aggregation.Storage.Sqlite.Native;

/// <summary>A prepared statement: bind every parameter, step, read columns, and reset before the next use.</summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle, string sql)
{
    public Statement Bind(int parameter, long value)
    {
        Database.Check(database, raw.sqlite3_bind_int64(handle, parameter, value), sql);
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        Span<byte> buffer = stackalloc byte[256];
        var code = value is null ? raw.sqlite3_bind_null(handle, parameter)
            : Encoding.UTF8.TryGetBytes(value, buffer, out var length) ? raw.sqlite3_bind_text(handle, parameter, buffer[..length])
            : raw.sqlite3_bind_text(handle, parameter, value);
        Database.Check(database, code, sql);
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Database.Check(database, raw.sqlite3_bind_blob(handle, parameter, value), sql);
        return this;
    }

    /// <summary>Whether there is a row to read.</summary>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw SqliteFault.Of(database, sql),
    };

    /// <summary>Runs the statement to its end and makes it ready for the next use, whether it fails or not.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends reading. A failure of the last step was told by that step.</summary>
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public byte[] Blob(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public bool BlobEquals(int column, ReadOnlySpan<byte> value) => raw.sqlite3_column_blob(handle, column).SequenceEqual(value);

    /// <summary>Called by the connection, which owns its statements.</summary>
    public void Close() => handle.Dispose();
}
