using System.Globalization;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks.Postgres;

/// <summary>
/// The fastest plausible schema for totals kept by a trigger: a column per cell, ancestors beside the unit, one row per
/// total made beforehand with room for updates in place, updated from the county up so that the row that all share is locked last.
/// </summary>
internal static class TriggerSchema
{
    /// <summary>Periods whose totals exist.</summary>
    public const int Periods = 30;

    public static readonly int Cells = Form2014.Figures(0, 0).Count;

    private static readonly string[] Columns =
        [.. Enumerable.Range(1, Cells).Select(static number => string.Create(CultureInfo.InvariantCulture, $"c{number:00}"))];

    /// <summary>Parameters: unit, period, then the cells.</summary>
    public static string Insert { get; } =
        $"INSERT INTO submission (unit, period, {List(static column => column)}) VALUES ({string.Join(", ", Enumerable.Range(1, Cells + 2).Select(Parameter))})";

    /// <summary>Parameter: period.</summary>
    public static string GroupBy { get; } =
        $"SELECT unit.province, {List(static column => $"SUM({column})")} FROM submission JOIN unit ON unit.id = submission.unit WHERE period = $1 GROUP BY unit.province";

    /// <summary>Parameters: unit, period.</summary>
    public static string Total { get; } = $"SELECT {List(static column => column)} FROM total WHERE unit = $1 AND period = $2";

    /// <summary>Departments are numbered from 0; counties, cities and the province have negative numbers.</summary>
    public static string Create(TreeSize tree)
    {
        var counties = tree.Cities * tree.CountiesPerCity;
        return string.Create(CultureInfo.InvariantCulture, $$"""
            CREATE TABLE unit (id int PRIMARY KEY, county int NOT NULL, city int NOT NULL, province int NOT NULL);
            INSERT INTO unit SELECT id, {{-1 - counties}} + id / {{tree.DepartmentsPerCounty}},
                {{-1 - counties - tree.Cities}} + id / {{tree.DepartmentsPerCounty * tree.CountiesPerCity}}, {{-2 - counties - tree.Cities}}
              FROM generate_series(0, {{tree.Leaves - 1}}) id;
            CREATE TABLE submission (period int NOT NULL, unit int NOT NULL, {{List(static column => column + " bigint NOT NULL")}},
              PRIMARY KEY (period, unit));
            CREATE TABLE total (unit int NOT NULL, period int NOT NULL, {{List(static column => column + " bigint NOT NULL DEFAULT 0")}},
              PRIMARY KEY (unit, period)) WITH (fillfactor = 20);
            INSERT INTO total (unit, period) SELECT unit, period FROM generate_series({{-2 - counties - tree.Cities}}, -2) unit,
              generate_series(0, {{Periods - 1}}) period;
            CREATE FUNCTION add_up() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE
              above unit%ROWTYPE;
            BEGIN
              SELECT * INTO above FROM unit WHERE id = NEW.unit;
              {{Update("county")}}
              {{Update("city")}}
              {{Update("province")}}
              RETURN NULL;
            END $body$;
            CREATE TRIGGER add_up AFTER INSERT ON submission FOR EACH ROW EXECUTE FUNCTION add_up();
            """);
    }

    /// <summary>The province's number.</summary>
    public static int Province(TreeSize tree) => -2 - (tree.Cities * tree.CountiesPerCity) - tree.Cities;

    private static string Update(string level) =>
        $"UPDATE total SET {List(static column => $"{column} = {column} + NEW.{column}")} WHERE unit = above.{level} AND period = NEW.period;";

    private static string List(Func<string, string> format) => string.Join(", ", Columns.Select(format));

    private static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"${number}");
}
