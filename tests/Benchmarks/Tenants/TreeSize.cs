using System.Globalization;
using System.Text;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>A province of so many cities, each of so many counties, each of so many departments.</summary>
internal sealed record TreeSize(int Cities, int CountiesPerCity, int DepartmentsPerCounty)
{
    public const string Province = "990000";

    public int Leaves => Cities * CountiesPerCity * DepartmentsPerCounty;

    public int Ledgers => 1 + Cities + (Cities * CountiesPerCity) + Leaves;

    public string City(int city) => string.Create(CultureInfo.InvariantCulture, $"99{city + 1:00}00");

    /// <summary>Code of a department: those of one county are consecutive.</summary>
    public string Leaf(int leaf)
    {
        var county = leaf / DepartmentsPerCounty;
        return string.Create(CultureInfo.InvariantCulture, $"{County(county)}-D{(leaf % DepartmentsPerCounty) + 1:000}");
    }

    /// <summary>The tree as the import takes it.</summary>
    public string ToCsv()
    {
        var csv = new StringBuilder("code,name,kind,level,parent,from,to\n");
        Line(Province, "government", "province", "");
        for (var city = 0; city < Cities; city++)
        {
            Line(City(city), "government", "city", Province);
        }

        for (var county = 0; county < Cities * CountiesPerCity; county++)
        {
            Line(County(county), "government", "county", City(county / CountiesPerCity));
        }

        for (var leaf = 0; leaf < Leaves; leaf++)
        {
            Line(Leaf(leaf), "department", "", County(leaf / DepartmentsPerCounty));
        }

        return csv.ToString();

        void Line(string code, string kind, string level, string parent) => csv.Append(
            CultureInfo.InvariantCulture, $"{code},{code},{kind},{level},{parent},2000-01-01,\n");
    }

    private string County(int county) => string.Create(
        CultureInfo.InvariantCulture, $"99{(county / CountiesPerCity) + 1:00}{(county % CountiesPerCity) + 1:00}");
}
