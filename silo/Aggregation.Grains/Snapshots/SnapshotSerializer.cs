using System.Collections.Immutable;
using System.Security.Cryptography;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Entries;
using Google.Protobuf;
using Orleans.Storage;

namespace Aggregation.Grains.Snapshots;

/// <summary>
/// Our own format for snapshots at rest: a version byte, the SHA-256 of the body, the body. Bytes of another version, or
/// changed by a fault, read as a damaged snapshot, which is dropped.
/// </summary>
public sealed class SnapshotSerializer : IGrainStorageSerializer
{
    private const byte FormatVersion = 1;
    private const int HeaderLength = 1 + SHA256.HashSizeInBytes;

    /// <exception cref="NotSupportedException">The state is not a <see cref="LedgerSnapshot"/>.</exception>
    public BinaryData Serialize<T>(T? input)
    {
        var body = input is LedgerSnapshot snapshot ? Write(snapshot) : throw Foreign(typeof(T));
        var bytes = new byte[HeaderLength + body.CalculateSize()];
        bytes[0] = FormatVersion;
        body.WriteTo(bytes.AsSpan(HeaderLength));
        SHA256.HashData(bytes.AsSpan(HeaderLength), bytes.AsSpan(1));
        return BinaryData.FromBytes(bytes);
    }

    /// <inheritdoc cref="Serialize"/>
    public T Deserialize<T>(BinaryData input) =>
        Read(input.ToMemory().Span) is T snapshot ? snapshot : throw Foreign(typeof(T));

    private static LedgerSnapshot Read(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (bytes.Length < HeaderLength || bytes[0] != FormatVersion)
        {
            return new LedgerSnapshot { IsDamaged = true };
        }

        SHA256.HashData(bytes[HeaderLength..], hash);
        return hash.SequenceEqual(bytes[1..HeaderLength])
            ? Read(SnapshotBody.Parser.ParseFrom(bytes[HeaderLength..]))
            : new LedgerSnapshot { IsDamaged = true };
    }

    private static LedgerSnapshot Read(SnapshotBody body) => new()
    {
        FormHash = body.FormHash,
        Children =
        [
            .. body.Children.Select(child => new Contribution
            {
                Unit = child.Unit,
                Tree = "",
                Version = new LedgerVersion(child.Epoch, child.Version),
                StructureVersion = child.StructureVersion,
                Submitted = Read(child.Submitted),
                Accepted = Read(child.Accepted),
                Coverage = new Coverage(0, child.SubmittedUnits, child.AcceptedUnits, child.ReturnedUnits, child.NilUnits),
            }),
        ],
    };

    private static LayerContribution Read(SnapshotLayer layer) =>
        new(ImmutableArray.Create(layer.Sums.Span), layer.DigestHigh, layer.DigestLow);

    private static SnapshotBody Write(LedgerSnapshot snapshot)
    {
        var body = new SnapshotBody { FormHash = snapshot.FormHash };
        foreach (var child in snapshot.Children)
        {
            body.Children.Add(new SnapshotChild
            {
                Unit = child.Unit,
                Epoch = child.Version.Epoch,
                Version = child.Version.Version,
                StructureVersion = child.StructureVersion,
                Submitted = Write(child.Submitted),
                Accepted = Write(child.Accepted),
                SubmittedUnits = child.Coverage.Submitted,
                AcceptedUnits = child.Coverage.Accepted,
                ReturnedUnits = child.Coverage.Returned,
                NilUnits = child.Coverage.Nil,
            });
        }

        return body;
    }

    private static SnapshotLayer Write(LayerContribution layer) => new()
    {
        Sums = ByteString.CopyFrom(layer.Sums.AsSpan()),
        DigestHigh = layer.DigestHigh,
        DigestLow = layer.DigestLow,
    };

    private static NotSupportedException Foreign(Type type) =>
        new($"The snapshot storage holds {nameof(LedgerSnapshot)} only, not {type}.");
}
