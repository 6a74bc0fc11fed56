using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Numerics;

namespace Orleans.Runtime.Messages;

/// <summary>The types which need no attribute and cannot change.</summary>
internal static class KnownTypes
{
    private static readonly FrozenSet<Type> Leaves = new[]
    {
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(char), typeof(string), typeof(Half),
        typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset),
        typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Uri), typeof(Version), typeof(IPAddress),
        typeof(IPEndPoint), typeof(CultureInfo), typeof(object), typeof(CancellationToken), typeof(Calls.Nothing),
    }.ToFrozenSet();

    public static bool IsLeaf(Type type) =>
        Leaves.Contains(type)
        || type.IsEnum
        || typeof(Type).IsAssignableFrom(type)
        || typeof(Exception).IsAssignableFrom(type)
        || typeof(IPAddress).IsAssignableFrom(type)
        || typeof(GrainReference).IsAssignableFrom(type);
}
