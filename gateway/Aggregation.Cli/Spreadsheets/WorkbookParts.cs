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

    /// <summary>By their names, whose capitals do not matter in this format; some writers separate folders as Windows does.</summary>
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    private int _left = MostBytes;

    /// <exception cref="WorkbookException">The file is too large, or no workbook.</exception>
    public WorkbookParts(byte[] file)
    {
        if (file.Length > LargestFile)
        {
            throw new WorkbookException($"文件有 {file.Length} 字节，多于 {LargestFile}", $"the file has {file.Length} bytes, more than {LargestFile}");
        }

        try
        {
            _archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
            if (_archive.Entries.Count > MostParts)
            {
                throw new WorkbookException($"部件有 {_archive.Entries.Count} 个，多于 {MostParts}", $"it has {_archive.Entries.Count} parts, more than {MostParts}");
            }

            foreach (var entry in _archive.Entries)
            {
                _entries[entry.FullName.Replace('\\', '/')] = entry;
            }
        }
        catch (InvalidDataException fault)
        {
            throw new WorkbookException("不是 .xlsx 工作簿；不读旧格式和加密文件", "it is no .xlsx workbook; older formats and encrypted files are not read", fault);
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>The path of a part that another one names, from the folder of that one: "../xl/a.xml", "./a.xml", "/xl/a.xml".</summary>
    public static string PathOf(string folder, string target)
    {
        var path = new List<string>();
        var named = Uri.UnescapeDataString(target).Replace('\\', '/');
        foreach (var step in (named.StartsWith('/') ? named : folder + named).Split('/'))
        {
            if (step == ".." && path.Count > 0)
            {
                path.RemoveAt(path.Count - 1);
            }
            else if (step is not ("" or "." or ".."))
            {
                path.Add(step);
            }
        }

        return string.Join('/', path);
    }

    /// <summary>Reads one part with <paramref name="read"/>; nothing where there is no such part.</summary>
    /// <returns>Whether there is such a part.</returns>
    /// <exception cref="WorkbookException">The part is faulty or too large.</exception>
    public bool Read(string path, Action<XmlReader> read)
    {
        if (!_entries.TryGetValue(path, out var entry))
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
            throw new WorkbookException($"部件 {path} 有错：{fault.Message}", $"its part {path} is faulty: {fault.Message}", fault);
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
                throw new WorkbookException($"解压后多于 {MostBytes} 字节", $"it unpacks to more than {MostBytes} bytes");
            }

            content.Write(buffer, 0, count);
        }
    }
}
