using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>A 128-bit digest as four columns of 32 bits, lowest first.</summary>
internal static class DigestLimbs
{
    public static void Bind(Statement statement, int parameter, UInt128 digest)
    {
        for (var limb = 0; limb < 4; limb++)
        {
            statement.Bind(parameter + limb, (long)(uint)(digest >> (32 * limb)));
        }
    }

    public static UInt128 Read(Statement statement, int column) =>
        (UInt128)(uint)statement.Long(column)
        | ((UInt128)(uint)statement.Long(column + 1) << 32)
        | ((UInt128)(uint)statement.Long(column + 2) << 64)
        | ((UInt128)(uint)statement.Long(column + 3) << 96);
}
