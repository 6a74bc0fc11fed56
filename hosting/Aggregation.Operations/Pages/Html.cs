using System.Globalization;
using Microsoft.AspNetCore.Html;

namespace Aggregation.Operations.Pages;

/// <summary>Markup. Whatever is put into it is encoded, unless it is markup itself.</summary>
internal static class Html
{
    public static IHtmlContent None { get; } = new HtmlString("");

    public static IHtmlContent Of(FormattableString markup) => new HtmlFormattableString(markup.Format, markup.GetArguments());

    public static IHtmlContent Each<T>(IEnumerable<T> items, Func<T, IHtmlContent> markup)
    {
        var all = new HtmlContentBuilder();
        foreach (var item in items)
        {
            all.AppendHtml(markup(item));
        }

        return all;
    }

    /// <summary>A coordinate or share, in per cent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.###", CultureInfo.InvariantCulture) + "%";

    /// <summary>The last minutes as a line, the highest of them at the top.</summary>
    public static IHtmlContent Sparkline(IReadOnlyList<double> values)
    {
        const int width = 150;
        const int height = 28;
        var most = Math.Max(values.DefaultIfEmpty().Max(), double.Epsilon);
        var points = string.Join(' ', values.Select((value, i) => string.Create(
            CultureInfo.InvariantCulture, $"{width - values.Count + 1 + i},{height - 1 - (value / most * (height - 3)):0.#}")));
        return Of($"""<svg class="spark" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true"><polyline points="{points}"/></svg>""");
    }
}
