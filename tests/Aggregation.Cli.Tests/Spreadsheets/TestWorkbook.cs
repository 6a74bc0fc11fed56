using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Aggregation.Cli.Tests.Spreadsheets;

/// <summary>A workbook whose parts a test changes as another program, or somebody with ill will, could.</summary>
internal sealed class TestWorkbook
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _paths;

    public TestWorkbook(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            _parts.Add(entry.FullName, reader.ReadToEnd());
        }

        var targets = XDocument.Parse(_parts["xl/_rels/workbook.xml.rels"]).Root!.Elements()
            .ToDictionary(relation => relation.Attribute("Id")!.Value, relation => relation.Attribute("Target")!.Value.TrimStart('/'));
        _paths = XDocument.Parse(_parts["xl/workbook.xml"]).Descendants(Main + "sheet")
            .ToDictionary(sheet => sheet.Attribute("name")!.Value, sheet => Path(targets[sheet.Attribute(Relations + "id")!.Value]));
    }

    public TestWorkbook Number((string Sheet, string Place) at, string text) => Raw(at, $"><v>{text}</v>");

    public TestWorkbook Text((string Sheet, string Place) at, string text) => Raw(at, $"""t="inlineStr"><is><t xml:space="preserve">{text}</t></is>""");

    /// <summary>Text as spreadsheet programs store it: by its number in a table of its own, here in two runs and with its reading.</summary>
    public TestWorkbook Shared((string Sheet, string Place) at, string text)
    {
        _parts["xl/sharedStrings.xml"] =
            $"""<sst xmlns="{Main}"><si><t>other</t></si><si><r><t>{text[..^1]}</t></r><r><t>{text[^1]}</t></r><rPh sb="0" eb="1"><t>wu</t></rPh></si></sst>""";
        _parts["xl/_rels/workbook.xml.rels"] = _parts["xl/_rels/workbook.xml.rels"].Replace(
            "</Relationships>", $"""<Relationship Id="rStrings" Type="{Relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""", StringComparison.Ordinal);
        return Raw(at, """t="s"><v>1</v>""");
    }

    /// <summary>A cell, from what follows its reference to what precedes its end.</summary>
    public TestWorkbook Raw((string Sheet, string Place) at, string rest)
    {
        var path = _paths[at.Sheet];
        var text = _parts[path];
        var document = XDocument.Parse(text);
        document.Descendants(Main + "c").SingleOrDefault(cell => cell.Attribute("r")!.Value == at.Place)?.Remove();
        var row = at.Place.TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        var line = document.Descendants(Main + "row").SingleOrDefault(each => each.Attribute("r")!.Value == row);
        if (line is null)
        {
            line = new XElement(Main + "row", new XAttribute("r", row));
            document.Descendants(Main + "sheetData").Single().Add(line);
        }

        line.Add(new XComment("here"));
        var separator = rest.StartsWith('>') ? "" : " ";
        _parts[path] = document.ToString(SaveOptions.DisableFormatting)
            .Replace("<!--here-->", $"<{Prefix(document)}c r=\"{at.Place}\"{separator}{Named(rest, Prefix(document))}</{Prefix(document)}c>", StringComparison.Ordinal);
        return this;
    }

    public TestWorkbook Merge(string sheet, string area)
    {
        var document = XDocument.Parse(_parts[_paths[sheet]]);
        document.Descendants(Main + "mergeCells").Single().Add(new XElement(Main + "mergeCell", new XAttribute("ref", area)));
        _parts[_paths[sheet]] = document.ToString(SaveOptions.DisableFormatting);
        return this;
    }

    public TestWorkbook Rename(string sheet, string name)
    {
        _parts["xl/workbook.xml"] = _parts["xl/workbook.xml"].Replace($"\"{sheet}\"", $"\"{name}\"", StringComparison.Ordinal);
        return this;
    }

    public TestWorkbook Change(string path, Func<string, string> change) => Replace(path, change(_parts[path]));

    /// <summary>One sheet more, with one row or more of cells.</summary>
    public TestWorkbook Sheet(string name, string state, string cells)
    {
        _parts["xl/worksheets/more.xml"] = $"""<worksheet xmlns="{Main}"><sheetData><row>{cells}</row></sheetData></worksheet>""";
        Change("xl/_rels/workbook.xml.rels", text => text.Replace(
            "</Relationships>", $"""<Relationship Id="rMore" Type="{Relations}/worksheet" Target="worksheets/more.xml"/></Relationships>""", StringComparison.Ordinal));
        return Change("xl/workbook.xml", text => text.Replace(
            "</x:sheets>", $"""<x:sheet name="{name}" sheetId="99" state="{state}" xmlns:more="{Relations}" more:id="rMore"/></x:sheets>""", StringComparison.Ordinal));
    }

    /// <summary>A sheet that is named, but has no part.</summary>
    public TestWorkbook Remove(string sheet)
    {
        _parts.Remove(_paths[sheet]);
        return this;
    }

    /// <summary>The same parts under other names.</summary>
    public TestWorkbook MoveParts(Func<string, string> move)
    {
        foreach (var path in _parts.Keys.ToList())
        {
            _parts.Remove(path, out var text);
            _parts.Add(move(path), text!);
        }

        return this;
    }

    public TestWorkbook Replace(string path, string text)
    {
        _parts[path] = text;
        return this;
    }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in _parts)
            {
                using var part = archive.CreateEntry(path, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    private static string Path(string target) => target.StartsWith("xl/", StringComparison.Ordinal) ? target : $"xl/{target}";

    private static string Prefix(XDocument document) => document.Root!.GetPrefixOfNamespace(Main) is { Length: > 0 } prefix ? prefix + ":" : "";

    /// <summary>Elements take the prefix that the part uses.</summary>
    private static string Named(string rest, string prefix) => rest
        .Replace("</", "\u0001", StringComparison.Ordinal).Replace("<", $"<{prefix}", StringComparison.Ordinal).Replace("\u0001", $"</{prefix}", StringComparison.Ordinal);
}
