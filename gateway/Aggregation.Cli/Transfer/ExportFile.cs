using System.Text;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Transfer;

/// <summary>A file of an export: a line that says so, then chunks, each after its length.</summary>
internal static class ExportFile
{
    /// <summary>Largest chunk that is believed, in bytes; a length beyond it is a damaged file.</summary>
    private const int LargestChunk = 128 << 20;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("aggregation-export-1\n");

    /// <summary>Opens a file to write to, readable by its owner only: it holds all that the tenant has.</summary>
    public static FileStream OpenPart(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    public static void WriteMagic(Stream file) => file.Write(Magic);

    public static void Write(Stream file, TransferChunk chunk) => chunk.WriteDelimitedTo(file);

    /// <summary>Returns when what was written is on disk.</summary>
    public static void Sync(FileStream file) => file.Flush(flushToDisk: true);

    /// <summary>Whether the file begins as an export does; leaves the stream behind that.</summary>
    public static bool ReadMagic(Stream file)
    {
        var bytes = new byte[Magic.Length];
        return file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && bytes.AsSpan().SequenceEqual(Magic);
    }

    /// <summary>The next chunk; null at the end, and where what follows is no whole chunk.</summary>
    public static TransferChunk? Read(Stream file, out bool damaged)
    {
        damaged = false;
        if (file.Position == file.Length)
        {
            return null;
        }

        try
        {
            var length = ReadLength(file);
            if (length is < 0 or > LargestChunk || length > file.Length - file.Position)
            {
                damaged = true;
                return null;
            }

            var bytes = new byte[length];
            file.ReadExactly(bytes);
            return TransferChunk.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            damaged = true;
            return null;
        }
    }

    /// <summary>A varint of at most five bytes; -1 where there is none.</summary>
    private static long ReadLength(Stream file)
    {
        long length = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = file.ReadByte();
            if (next < 0)
            {
                return -1;
            }

            length |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return length;
            }
        }

        return -1;
    }
}
