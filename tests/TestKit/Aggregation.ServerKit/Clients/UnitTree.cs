using System.Globalization;
using System.Text;

namespace Aggregation.ServerKit.Clients;

/// <summary>A made-up unit.</summary>
/// <param name="Level">Empty for a department.</param>
public sealed record TestUnit(string Code, string Level, string Parent)
{
    public bool IsGovernment => Level.Length > 0;
}

/// <summary>A province of cities, each with counties and departments of its own, and what each scope holds.</summary>
public sealed class UnitTree
{
    public const string Root = "610000";

    private readonly ILookup<string, TestUnit> _children;

    public UnitTree(int cities, int countiesPerCity, int departmentsPerCity, int departmentsPerCounty = 0)
        : this(Units(cities, countiesPerCity, departmentsPerCity, departmentsPerCounty))
    {
    }

    private UnitTree(IEnumerable<TestUnit> units)
    {
        All = [.. units];
        _children = All.ToLookup(unit => unit.Parent, StringComparer.Ordinal);
    }

    public IReadOnlyList<TestUnit> All { get; }

    /// <summary>A province, a city in it, a county in that, and departments of the county.</summary>
    public static UnitTree Chain(string province, string city, string county, params IEnumerable<string> departments) => new(
    [
        new TestUnit(province, "province", ""),
        new TestUnit(city, "city", province),
        new TestUnit(county, "county", city),
        .. departments.Select(department => new TestUnit(department, "", county)),
    ]);

    /// <summary>The unit and everything below it.</summary>
    public IEnumerable<string> Region(string unit) => _children[unit].SelectMany(child => Region(child.Code)).Prepend(unit);

    /// <summary>The unit and its departments.</summary>
    public IEnumerable<string> Level(string unit) =>
        _children[unit].Where(child => !child.IsGovernment).SelectMany(child => Region(child.Code)).Prepend(unit);

    public string ToCsv()
    {
        var csv = new StringBuilder("code,name,kind,level,parent\n");
        foreach (var unit in All)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{unit.Code},Unit {unit.Code},{(unit.IsGovernment ? "government" : "department")},{unit.Level},{unit.Parent}\n");
        }

        return csv.ToString();
    }

    private static IEnumerable<TestUnit> Units(int cities, int countiesPerCity, int departmentsPerCity, int departmentsPerCounty)
    {
        yield return new TestUnit(Root, "province", "");
        yield return new TestUnit($"{Root}-D01", "", Root);
        yield return new TestUnit($"{Root}-D02", "", Root);
        for (var city = 1; city <= cities; city++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"61{city:00}00");
            yield return new TestUnit(code, "city", Root);
            for (var county = 1; county <= countiesPerCity; county++)
            {
                var inCity = string.Create(CultureInfo.InvariantCulture, $"61{city:00}{county:00}");
                yield return new TestUnit(inCity, "county", code);
                foreach (var department in Departments(inCity, departmentsPerCounty))
                {
                    yield return department;
                }
            }

            foreach (var department in Departments(code, departmentsPerCity))
            {
                yield return department;
            }
        }
    }

    private static IEnumerable<TestUnit> Departments(string government, int count) =>
        from department in Enumerable.Range(1, count)
        select new TestUnit(string.Create(CultureInfo.InvariantCulture, $"{government}-D{department:00}"), "", government);
}
