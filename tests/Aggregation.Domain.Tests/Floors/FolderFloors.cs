using System.Text.RegularExpressions;

namespace Aggregation.Domain.Tests.Floors;

/// <summary>
/// The folders of one project, from the ground up. A folder may refer to those on floors below its own, not to one beside or above it.
/// What stands in no folder is the ground that all of them stand on, but for the roof, which only the host sees.
/// </summary>
/// <param name="space">The project's root namespace.</param>
/// <param name="floors">Names of folders, the lowest floor first.</param>
/// <param name="roof">Types in no folder that put everything together.</param>
internal sealed partial class FolderFloors(string space, string[][] floors, string[] roof)
{
    /// <summary>Every reference of the sources that does not go down, as "file: reference".</summary>
    /// <param name="sources">Text of each file by its path in the project, with '/'.</param>
    public IReadOnlyList<string> Breaches(IReadOnlyDictionary<string, string> sources)
    {
        var types = sources.ToLookup(source => FolderOf(source.Key), source => source.Value)
            .ToDictionary(folder => folder.Key, folder => folder.SelectMany(TypesIn).ToHashSet());
        return
        [
            .. from source in sources
               where !roof.Contains(Path.GetFileNameWithoutExtension(source.Key))
               let own = FolderOf(source.Key)
               from reference in References(source.Value, types)
               where reference != own && !IsBelow(reference, own)
               orderby source.Key, reference
               select $"{source.Key}: {reference}",
        ];
    }

    /// <summary>Folders of the sources that are on no floor.</summary>
    public IEnumerable<string> Unplaced(IEnumerable<string> paths) =>
        paths.Select(FolderOf).Distinct().Where(folder => folder.Length > 0 && FloorOf(folder) < 0);

    private static string FolderOf(string path) => path.Contains('/') ? path[..path.IndexOf('/')] : "";

    private static IEnumerable<string> TypesIn(string text) => Declaration().Matches(text).Select(match => match.Groups[1].Value);

    private bool IsBelow(string reference, string folder) => FloorOf(reference) is >= 0 and var floor && floor < FloorOf(folder);

    private int FloorOf(string folder) => Array.FindIndex(floors, floor => floor.Contains(folder));

    /// <summary>
    /// By a using of any form, or by a name that begins with the folder's: within the namespace it needs no using. Such a name must go on with a
    /// type of that folder, for properties have the names of folders, too.
    /// </summary>
    private HashSet<string> References(string text, Dictionary<string, HashSet<string>> types)
    {
        var root = space[(space.LastIndexOf('.') + 1)..];
        var named = Regex.Matches(text, $@"(?<![\w.])(?:(?:{Regex.Escape(space)}|{root})\.)?(\w+)\.(\w+)")
            .Where(match => types.TryGetValue(match.Groups[1].Value, out var declared) && declared.Contains(match.Groups[2].Value))
            .Select(match => match.Groups[1].Value);
        var used = Regex.Matches(text, $@"^\s*(?:global )?using (?:static |\w+ = )?{Regex.Escape(space)}\.(\w+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)
            .Where(name => !roof.Contains(name));
        var above = roof.Where(type => Regex.IsMatch(text, $@"\b{type}\b"));
        return [.. named, .. used, .. above];
    }

    [GeneratedRegex(@"^(?:public|internal)[\w ]* (?:class|struct|record|interface|enum|delegate \w+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
