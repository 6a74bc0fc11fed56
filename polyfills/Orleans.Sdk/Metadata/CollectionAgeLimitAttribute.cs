using System.Globalization;

namespace Orleans;

/// <summary>How long an activation of this class stays idle before it is collected.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The least limit that the day, hour and minute properties can express.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private TimeSpan? _value;

    public CollectionAgeLimitAttribute()
    {
    }

    /// <param name="inactivityPeriod">The limit as <see cref="TimeSpan.Parse(string)"/> reads it.</param>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _value = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    /// <summary>Days, added to hours and minutes.</summary>
    public double Days { get; set; }

    /// <summary>Hours, added to days and minutes.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes, added to days and hours.</summary>
    public double Minutes { get; set; }

    /// <summary>Whether the activation is never collected.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The limit.</summary>
    public TimeSpan AgeLimit => _value ??= Calculate();

    private TimeSpan Calculate()
    {
        var span = AlwaysActive
            ? TimeSpan.FromDays(short.MaxValue)
            : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
        return span < MinAgeLimit ? MinAgeLimit : span;
    }
}
