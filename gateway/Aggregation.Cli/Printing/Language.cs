using Aggregation.V1;

namespace Aggregation.Cli.Printing;

/// <summary>The language that forms and reports are printed in.</summary>
internal sealed record Language(string Tag)
{
    public static Language Chinese { get; } = new("zh-CN");

    public static Language English { get; } = new("en");

    public static Language Of(string? word) => word == "en" ? English : Chinese;

    public string Pick(string chinese, string english) => this == Chinese ? chinese : english;

    public string Name(FormHeading heading) => Pick(heading.NameZh, heading.NameEn);

    /// <summary>The name with the number that is printed before it.</summary>
    public string Label(FormHeading heading) => heading.Mark + (this == Chinese || heading.Mark.Length == 0 ? "" : " ") + Name(heading);
}
