using Aggregation.V1;

namespace Aggregation.Cli.Printing;

/// <summary>The tables of a chapter as one: several sections stand over each other, each under its name. One alone needs none.</summary>
internal static class ChapterGrid
{
    public static TableGrid Of(Form form, IReadOnlyList<string> sections, Language language) => sections.Count == 1
        ? new FormTable(form, sections[0], language).Grid()
        : TableGrid.Stack([.. sections.Select(section => new FormTable(form, section, language)).Select(table => (table.Title, table.Grid()))]);
}
