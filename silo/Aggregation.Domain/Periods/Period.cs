using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Aggregation.Domain.Periods;

/// <summary>
/// A reporting period 报告期: a year (<c>2017</c>), a quarter (<c>2017Q3</c>) or a month (<c>2017-11</c>), each with
/// exactly one spelling. Ordered by first day; of two that begin together the longer comes first. The default value is
/// no period: ask <see cref="IsDefined"/> where one may arrive.
/// </summary>
public readonly record struct Period : IComparable<Period>
{
    /// <summary>The first year that a period may be in.</summary>
    public const int FirstYear = 1900;

    private const string Rule =
        "a period is a year 2017, a quarter 2017Q3 (Q1 to Q4) or a month 2017-11 (01 to 12), from 1900 to 9999";

    private Period(int year, PeriodKind kind, int ordinal)
    {
        Year = year;
        Kind = kind;
        Ordinal = ordinal;
    }

    /// <summary>The calendar year, 1900 to 9999.</summary>
    public int Year { get; }

    public PeriodKind Kind { get; }

    /// <summary>1 for a year, 1 to 4 for a quarter, 1 to 12 for a month.</summary>
    public int Ordinal { get; }

    /// <summary>False only for the default value.</summary>
    public bool IsDefined => Ordinal != 0;

    public DateOnly FirstDay => new(Year, FirstMonth, 1);

    /// <summary>The last day that belongs to the period; the structure in force on it is the period's tree.</summary>
    public DateOnly LastDay => new(Year, LastMonth, DateTime.DaysInMonth(Year, LastMonth));

    /// <summary>The period of the same kind and ordinal one year earlier.</summary>
    public Period SamePeriodLastYear => new(Year - 1, Kind, Ordinal);

    /// <summary>The period of the same kind that ends the day before this one begins.</summary>
    public Period Previous => Ordinal > 1 ? new(Year, Kind, Ordinal - 1) : new(Year - 1, Kind, 12 / Months);

    /// <summary>本年累计: the periods of this kind from the first of the year through this one, in order; a year is its only one.</summary>
    public ImmutableArray<Period> YearToDate
    {
        get
        {
            var periods = ImmutableArray.CreateBuilder<Period>(Ordinal);
            for (var ordinal = 1; ordinal <= Ordinal; ordinal++)
                periods.Add(new Period(Year, Kind, ordinal));
            return periods.MoveToImmutable();
        }
    }

    private int Months => Kind switch { PeriodKind.Year => 12, PeriodKind.Quarter => 3, _ => 1 };

    private int FirstMonth => ((Ordinal - 1) * Months) + 1;

    private int LastMonth => Ordinal * Months;

    /// <exception cref="ArgumentOutOfRangeException">The year is not from 1900 to 9999.</exception>
    public static Period OfYear(int year) => Of(year, PeriodKind.Year, 1, 1);

    /// <exception cref="ArgumentOutOfRangeException">Year not from 1900 to 9999, or quarter not from 1 to 4.</exception>
    public static Period OfQuarter(int year, int quarter) => Of(year, PeriodKind.Quarter, quarter, 4);

    /// <exception cref="ArgumentOutOfRangeException">Year not from 1900 to 9999, or month not from 1 to 12.</exception>
    public static Period OfMonth(int year, int month) => Of(year, PeriodKind.Month, month, 12);

    /// <summary>Reads the one canonical spelling; no white space, no other digits than ASCII ones.</summary>
    /// <exception cref="FormatException">The text is no period; the message names it and the rule.</exception>
    public static Period Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var period)
            ? period
            : throw new FormatException($"Period '{text}' is not valid: {Rule}.");
    }

    /// <summary>As <see cref="Parse"/>, with false instead of an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Period period)
    {
        period = default;
        if (text is null || text.Length < 4 || !TryDigits(text.AsSpan(0, 4), out var year) || year < FirstYear)
            return false;
        var rest = text.AsSpan(4);
        if (rest.IsEmpty)
            period = new Period(year, PeriodKind.Year, 1);
        else if (rest.Length == 2 && rest[0] == 'Q' && rest[1] is >= '1' and <= '4')
            period = new Period(year, PeriodKind.Quarter, rest[1] - '0');
        else if (rest.Length == 3 && rest[0] == '-' && TryDigits(rest[1..], out var month) && month is >= 1 and <= 12)
            period = new Period(year, PeriodKind.Month, month);
        return period.IsDefined;
    }

    public int CompareTo(Period other)
    {
        var byStart = (Year, IsDefined ? FirstMonth : 0).CompareTo((other.Year, other.IsDefined ? other.FirstMonth : 0));
        return byStart != 0 ? byStart : Kind.CompareTo(other.Kind);
    }

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    /// <summary>The canonical spelling, which <see cref="Parse"/> reads; empty for the default value.</summary>
    public override string ToString() => (IsDefined, Kind) switch
    {
        (false, _) => "",
        (_, PeriodKind.Year) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}"),
        (_, PeriodKind.Quarter) => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}Q{Ordinal}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{Ordinal:D2}"),
    };

    private static Period Of(int year, PeriodKind kind, int ordinal, int last)
    {
        if (year is < FirstYear or > 9999)
            throw new ArgumentOutOfRangeException(nameof(year), year, Rule);
        if (ordinal < 1 || ordinal > last)
            throw new ArgumentOutOfRangeException(nameof(ordinal), ordinal, Rule);
        return new Period(year, kind, ordinal);
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        foreach (var character in text)
        {
            if (!char.IsAsciiDigit(character))
                return false;
            value = (value * 10) + (character - '0');
        }

        return true;
    }
}
