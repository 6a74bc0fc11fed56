using System.Security.Cryptography;
using System.Text;
using Aggregation.Domain.Chains;
using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Tests;

/// <summary>Well-formed entries for the tests.</summary>
internal static class Entries
{
    public static readonly DateTimeOffset At = new(2017, 12, 31, 8, 0, 0, TimeSpan.Zero);

    public static string Stream(string unit, string form = "2014", string period = "2017") => $"ledger/{form}/{period}/{unit}";

    public static LedgerName Name(string tenant, string unit, string form = "2014", string period = "2017") =>
        new(tenant, form, period, unit);

    /// <summary>The next entry of a ledger's stream, after nothing or after <paramref name="previous"/>.</summary>
    public static NewEntry Ledger(
        string tenant,
        string unit,
        StoredEntry? previous = null,
        string? request = null,
        string content = "content",
        string form = "2014",
        string period = "2017")
    {
        var entry = Sealed(new NewEntry
        {
            Tenant = tenant,
            Stream = Stream(unit, form, period),
            Version = (previous?.Version ?? 0) + 1,
            Kind = "submitted",
            At = At,
            Actor = "0123456789ab",
            Unit = unit,
            RequestId = request,
            RequestHash = request is null ? default : SHA256.HashData(Encoding.UTF8.GetBytes(content)),
            Payload = Encoding.UTF8.GetBytes(content),
            PreviousHash = previous?.Hash ?? default,
        });
        return entry with
        {
            Latest = new LatestRow
            {
                Form = form,
                Period = period,
                Unit = unit,
                Version = entry.Version,
                Hash = entry.Hash,
                State = Encoding.UTF8.GetBytes($"state of {content}"),
                SubmittedDigest = Digest(content, 's'),
                AcceptedDigest = Digest(content, 'a'),
            },
        };
    }

    public static NewEntry Sealed(NewEntry entry) => entry with { Hash = EntryHash.Of(entry) };

    public static UInt128 Digest(string content, char layer)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(layer + content));
        return new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
    }

    /// <summary>The chain recomputed without the product's code.</summary>
    public static byte[] HashOf(StoredEntry entry)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        Text(entry.Tenant);
        Text(entry.Stream);
        writer.Write(entry.Version);
        Text(entry.Kind);
        writer.Write(entry.At.ToUnixTimeMilliseconds());
        Text(entry.Actor);
        Text(entry.Unit);
        Text(entry.RequestId ?? "");
        Bytes(entry.RequestHash.ToArray());
        Bytes(entry.Payload.ToArray());
        Bytes(entry.PreviousHash.ToArray());
        if (entry.Origin != 0)
        {
            writer.Write(entry.Origin);
        }

        return SHA256.HashData(bytes.ToArray());

        void Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

        void Bytes(byte[] value)
        {
            writer.Write((long)value.Length);
            writer.Write(value);
        }
    }

    /// <summary>Versions 1, 2, 3, … each chained to the one before, each hash right.</summary>
    public static void AssertChained(IReadOnlyList<StoredEntry> stream)
    {
        var previous = Array.Empty<byte>();
        for (var i = 0; i < stream.Count; i++)
        {
            Assert.Equal(i + 1, stream[i].Version);
            Assert.Equal(previous, stream[i].PreviousHash.ToArray());
            previous = HashOf(stream[i]);
            Assert.Equal(previous, stream[i].Hash.ToArray());
        }
    }
}
