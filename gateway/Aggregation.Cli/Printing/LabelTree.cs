using Aggregation.V1;

namespace Aggregation.Cli.Printing;

/// <summary>The names of rows, or of columns, with the headings over them: one path for each, outermost heading first.</summary>
internal sealed class LabelTree(IReadOnlyList<IReadOnlyList<Label>> paths)
{
    /// <summary>How many names stand over each other at most; 0 where there is none.</summary>
    public int Depth { get; } = paths.Count == 0 ? 0 : paths.Max(path => path.Count);

    /// <summary>The headings over a row or column, and its own name last.</summary>
    public static IReadOnlyList<Label> Path(Form form, Language language, FormHeading leaf)
    {
        var path = new List<Label> { new($"leaf {leaf.Code}", language.Label(leaf)) };
        var under = leaf.Under;
        while (under.Length > 0 && form.Headings.FirstOrDefault(heading => heading.Code == under) is { } heading && path.Count <= form.Headings.Count)
        {
            path.Insert(0, new Label(heading.Code, language.Label(heading)));
            under = heading.Under;
        }

        return path;
    }

    /// <summary>
    /// Each name once: where it starts among the rows or columns, how many of them it stands over, at which depth, and over
    /// how many depths it reaches.
    /// </summary>
    public IEnumerable<(int Start, int Length, int Level, int Levels, string Text)> Spans()
    {
        for (var level = 0; level < Depth; level++)
        {
            for (var start = 0; start < paths.Count;)
            {
                var end = start + 1;
                while (end < paths.Count && IsSame(paths[start], paths[end], level))
                {
                    end++;
                }

                var path = paths[start];
                if (level < path.Count && !path[level].Continues)
                {
                    var more = path.Skip(level + 1).TakeWhile(label => label.Continues).Count();
                    var isLeaf = level + more == path.Count - 1;
                    yield return (start, end - start, level, isLeaf ? Depth - level : 1 + more, path[level].Text);
                }

                start = end;
            }
        }
    }

    private static bool IsSame(IReadOnlyList<Label> one, IReadOnlyList<Label> other, int level) =>
        level < one.Count && level < other.Count && one.Take(level + 1).SequenceEqual(other.Take(level + 1));
}

/// <summary>One name on a path.</summary>
/// <param name="Continues">No name of its own: the one before it reaches over this depth too.</param>
internal sealed record Label(string Key, string Text, bool Continues = false);
