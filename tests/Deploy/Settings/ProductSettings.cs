using System.Globalization;
using System.Reflection;
using Aggregation.Gateway;
using Aggregation.Grains;
using Aggregation.Operations;
using Aggregation.ServiceDefaults;
using Aggregation.Silo;
using Aggregation.Storage.Sqlite;

namespace Aggregation.Deploy.Tests.Settings;

/// <summary>Every setting that the product's options bind, with its default as the documentation writes it.</summary>
internal static class ProductSettings
{
    private static readonly Assembly[] Products =
    [
        typeof(GatewayRegistration).Assembly, typeof(SiloRegistration).Assembly, typeof(LedgerOptions).Assembly,
        typeof(SqliteJournalOptions).Assembly, typeof(ServiceDefaultsExtensions).Assembly, typeof(OpsOptions).Assembly,
    ];

    public static IReadOnlyDictionary<string, string> Read()
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var options in Products.SelectMany(static assembly => assembly.GetExportedTypes()))
        {
            if (options.GetField("SectionName")?.GetRawConstantValue() is string section)
            {
                Add(settings, section, Activator.CreateInstance(options)!);
            }
        }

        return settings;
    }

    private static void Add(SortedDictionary<string, string> settings, string section, object options)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{section}:{property.Name}";
            if (!property.CanWrite && property.PropertyType.IsValueType)
            {
                // Made of others.
                continue;
            }

            // Where there is no value, none is set.
            var value = property.GetValue(options) ?? "";
            if (property.PropertyType is { IsGenericType: true } map && map.GetGenericTypeDefinition() == typeof(Dictionary<,>))
            {
                Add(settings, $"{name}:NAME", Activator.CreateInstance(map.GetGenericArguments()[1])!);
            }
            else if (value is IList<string>)
            {
                settings[$"{name}:N"] = "none";
            }
            else if (value is string or ValueType)
            {
                settings[name] = Text(property.Name, value);
            }
            else
            {
                Add(settings, name, value);
            }
        }
    }

    private static string Text(string name, object value) => value switch
    {
        "" => "none",
        string text => $"`{text}`",
        bool => $"`{value.ToString()!.ToLowerInvariant()}`",
        Enum => $"`{value}`",
        TimeSpan time => Text(time),
        int bytes when name.EndsWith("Bytes", StringComparison.Ordinal) => bytes % (1 << 20) == 0 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB",
        IFormattable number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{name} is a {value.GetType()}."),
    };

    private static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours} h"),
    };
}
