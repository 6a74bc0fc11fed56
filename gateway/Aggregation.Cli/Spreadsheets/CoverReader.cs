using System.Globalization;
using Aggregation.V1;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Reads the template's cover: which report it is.</summary>
/// <param name="cover">The sheet.</param>
/// <param name="sheets">Takes what is not as it should be.</param>
/// <param name="request">Takes what is read.</param>
internal sealed class CoverReader(Sheet cover, SheetFaults sheets, SubmitRequest request)
{
    /// <summary>Nobody files on an earlier day: a year that was typed where a day belongs is one of 1905.</summary>
    private const int FirstYear = 1950;

    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>Where each field of the submission stands, by the name that refusals have for it.</summary>
    public IReadOnlyDictionary<string, string> Places => _places;

    /// <summary>Reads the form's id, by which the rest is read; empty where there is none, which is a fault.</summary>
    public string ReadForm() => request.Form = Required(FormSheets.FormRow, "form");

    /// <summary>Reads the other fields of the submission.</summary>
    public void Read()
    {
        request.Unit = Required(FormSheets.UnitRow, "unit");
        request.Period = Period(Named("period", FormSheets.PeriodRow));
        request.FiledOn = FiledOn(Named("filed_on", FormSheets.FiledOnRow));
        var nil = Named("nil_return", FormSheets.NilRow);
        switch (sheets.TextOf(cover, nil)?.ToUpperInvariant())
        {
            case "YES" or "TRUE" or "是" or "1":
                request.NilReturn = true;
                break;
            case not (null or "" or "NO" or "FALSE" or "否" or "0"):
                sheets.Fault(cover, nil, cover.TextAt(nil), "yes, no", "应填 yes 或 no", "Must be yes or no.");
                break;
        }
    }

    /// <summary>A month that was typed becomes its first day in many programs; a year is a number.</summary>
    private string Period(SheetPlace place)
    {
        if (DayAt(place, numbersFrom: 10_000) is not { } day)
        {
            return Required(FormSheets.PeriodRow, "period");
        }

        if (day.Day == 1)
        {
            return day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        }

        sheets.Fault(cover, place, cover.TextAt(place), "2017, 2017Q3, 2017-11", "应为报告期而不是日期", "Must be a period, not a day.");
        return "";
    }

    /// <summary>Reports are filed on a day; a time of day that a program keeps with it says nothing.</summary>
    private string FiledOn(SheetPlace place)
    {
        if (sheets.TextOf(cover, place) is not { Length: > 0 } text)
        {
            return "";
        }

        if ((DayAt(place, numbersFrom: 0) ?? WrittenDay.Read(text)) is { Year: >= FirstYear } day)
        {
            return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        sheets.Fault(cover, place, text, "YYYY-MM-DD", "应为日期", "Must be a day.");
        return "";
    }

    /// <summary>The day that a cell holds as a date, or as a number without a format that shows one.</summary>
    /// <param name="numbersFrom">The least number that is taken for one.</param>
    private DateTime? DayAt(SheetPlace place, double numbersFrom) => cover.Cells.GetValueOrDefault(place) switch
    {
        { Kind: SheetCellKind.Date } cell => WrittenDay.Read(cell.Text),
        { Kind: SheetCellKind.Number } cell when cover.Dates.Read(cell.Text, numbersFrom) is { } day => day,
        _ => null,
    };

    private string Required(int row, string field)
    {
        var place = Named(field, row);
        var text = sheets.TextOf(cover, place);
        if (text is "")
        {
            sheets.Fault(cover, place, "", "required", "必填", "This cell is required.");
        }

        return text ?? "";
    }

    /// <summary>The cell of the cover that a field is read from, which is named where the server refuses the field.</summary>
    private SheetPlace Named(string field, int row)
    {
        var place = new SheetPlace(row, 1);
        _places[field] = sheets.PlaceOf(cover, place);
        return place;
    }
}
