using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Grains.Tests.Hosting;

/// <summary>The journal's file as a fault of the disk, or a hand, would change it; a silo may be at work on it.</summary>
public static class JournalBits
{
    public static void Execute(string folder, string sql)
    {
        using var database = Open(folder);
        database.Execute(sql);
    }

    public static long Number(string folder, string sql)
    {
        using var database = Open(folder);
        return database.Number(sql);
    }

    public static byte[] Blob(string folder, string table, string column, string where)
    {
        using var database = Open(folder);
        return Read(database, table, column, where);
    }

    /// <summary>Changes one bit of a blob.</summary>
    /// <param name="bit">The bit, from the first byte's lowest; taken round the blob's length.</param>
    public static void Flip(string folder, string table, string column, string where, int bit)
    {
        using var database = Open(folder);
        var bytes = Read(database, table, column, where);
        bit %= bytes.Length * 8;
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        database.Prepare($"UPDATE {table} SET {column} = ?1 WHERE {where}").Bind(1, bytes.AsSpan()).Run();
    }

    private static Database Open(string folder) =>
        Database.Open(Path.Combine(folder, "journal.db"), readOnly: false, TimeSpan.FromSeconds(10));

    private static byte[] Read(Database database, string table, string column, string where)
    {
        var row = database.Prepare($"SELECT {column} FROM {table} WHERE {where}");
        Assert.True(row.Step());
        var bytes = row.Blob(0);
        row.Reset();
        return bytes;
    }
}
