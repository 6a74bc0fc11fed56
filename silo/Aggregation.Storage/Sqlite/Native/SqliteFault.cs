using SQLitePCL;

namespace Aggregation.Storage.Sqlite.Native;

/// <summary>SQLite refused or failed.</summary>
/// <param name="code">SQLite's extended result code.</param>
/// <param name="message">SQLite's words, and what was tried.</param>
public sealed class SqliteFault(int code, string message) : Exception(message)
{
    public int Code { get; } = code;

    internal static SqliteFault Of(sqlite3 handle, string attempt)
    {
        var code = raw.sqlite3_extended_errcode(handle);
        return new SqliteFault(code, $"{attempt}: {raw.sqlite3_errmsg(handle).utf8_to_string()} (SQLite code {code}).");
    }
}
