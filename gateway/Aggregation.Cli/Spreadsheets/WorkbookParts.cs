using System.IO.Compression;
using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// The parts of a workbook, unpacked within bounds: whatever sizes the file claims, no more than
/// <see cref="MostBytes"/> are ever unpacked, and no part refers to anything outside.
/// </summary>
internal sealed class WorkbookParts : IDisposable
{
    /// <summary>The largest file that is read.</summary>
    public const int LargestFile = 4 * 1024 * 1024;

    /// <summary>The most that all parts read may unpack to.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    private const int MostParts = 256;

    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private readonly ZipArchive _archive;
    private int _left = MostBytes;

    /// <exception cref="WorkbookException">The file is too large, or no workbook.</exception>
    public WorkbookParts(byte[] file)
    {
        if (file.Length > LargestFile)
        {
            throw new WorkbookException($"the file has {file.Length} bytes, more than {LargestFile}");
        }

        try
        {
            _archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (_archive.Entries.Count > MostParts)
            {
                throw new WorkbookException($"it has {_archive.Entries.Count} parts, more than {MostParts}");
            }
        }
        catch (InvalidDataException fault)
        {
            throw new WorkbookException("it is no .xlsx workbook; older formats and encrypted files are not read", fault);
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>Reads one part with <paramref name="read"/>; nothing where there is no such part.</summary>
    /// <returns>Whether there is such a part.</returns>
    /// <exception cref="WorkbookException">The part is faulty or too large.</exception>
    public bool Read(string path, Action<XmlReader> read)
    {
        if (_archive.GetEntry(path) is not { } entry)
        {
            return false;
        }

        try
        {
            using var content = Unpack(entry);
            using var reader = XmlReader.Create(content, Safe);
            read(reader);
            return true;
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException)
        {
            throw new WorkbookException($"its part {path} is faulty: {fault.Message}", fault);
        }
    }

    private MemoryStream Unpack(ZipArchiveEntry entry)
    {
        var content = new MemoryStream();
        using var packed = entry.Open();
        var buffer = new byte[81_920];
        while (true)
        {
            var count = packed.Read(buffer);
            if (count == 0)
            {
                content.Position = 0;
                return content;
            }

            _left -= count;
            if (_left < 0)
            {
                throw new WorkbookException($"it unpacks to more than {MostBytes} bytes");
            }

            content.Write(buffer, 0, count);
        }
    }
}
