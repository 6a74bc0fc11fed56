using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Snapshots;

namespace Aggregation.Grains.Tests.Snapshots;

public sealed class SnapshotSerializerTests
{
    private static readonly LedgerSnapshot Snapshot = new()
    {
        FormHash = "f00d",
        Children =
        [
            new Contribution
            {
                Unit = "360300",
                Tree = "",
                Version = new LedgerVersion(3, 4),
                StructureVersion = 5,
                Submitted = new LayerContribution([1, 2, 0], ulong.MaxValue, 7),
                Accepted = LayerContribution.Empty,
                Coverage = new Coverage(0, 4, 3, 2, 1),
            },
        ],
    };

    private readonly SnapshotSerializer _serializer = new();

    [Fact]
    public void Deserialize_Serialized_IsTheSame()
    {
        var read = Read(_serializer.Serialize(Snapshot).ToArray());

        Assert.False(read.IsDamaged);
        Assert.Equal("f00d", read.FormHash);
        var child = Assert.Single(read.Children);
        var expected = Snapshot.Children[0];
        Assert.Equal([1, 2, 0], child.Submitted.Sums.AsEnumerable());
        Assert.Empty(child.Accepted.Sums);
        Assert.Equal(expected with { Submitted = child.Submitted, Accepted = child.Accepted }, child);
        Assert.Equal((ulong.MaxValue, 7UL), (child.Submitted.DigestHigh, child.Submitted.DigestLow));
    }

    [Fact]
    public void Deserialize_AnyBitFlipped_IsDamaged()
    {
        var bytes = _serializer.Serialize(Snapshot).ToArray();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.True(Read(changed).IsDamaged);
        }
    }

    [Fact]
    public void Deserialize_CutOffAnywhere_IsDamaged()
    {
        var bytes = _serializer.Serialize(Snapshot).ToArray();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.True(Read(bytes[..length]).IsDamaged));
    }

    [Fact]
    public void Deserialize_OtherFormatVersion_IsDamaged()
    {
        var bytes = _serializer.Serialize(Snapshot).ToArray();
        bytes[0]++;

        Assert.True(Read(bytes).IsDamaged);
    }

    [Fact]
    public void Serialize_OtherState_IsRefused()
    {
        Assert.Throws<NotSupportedException>(() => _serializer.Serialize("text"));
        Assert.Throws<NotSupportedException>(
            () => _serializer.Deserialize<string>(_serializer.Serialize(Snapshot)));
    }

    private LedgerSnapshot Read(byte[] bytes) => _serializer.Deserialize<LedgerSnapshot>(BinaryData.FromBytes(bytes));
}
