using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tests.Structure;

/// <summary>Files of units for the tests.</summary>
internal static class Csv
{
    public const string Header = "code,name,kind,level,parent,from,to";

    public static readonly DateOnly Day = new(2017, 12, 31);

    /// <summary>A province with a department, a city with two departments and one institution, and two counties.</summary>
    public static string Province => File(
        "360000,江西省,政府,省,,,",
        "360000-edu,省教育厅,部门,,360000,,",
        "360300,萍乡市,政府,市,360000,,",
        "360300-edu,市教育局,部门,,360300,,",
        "360300-edu.1,市教育考试院,直属单位,,360300-edu,,",
        "360300-fin,市财政局,部门,,360300,,",
        "360302,安源区,政府,县,360300,,",
        "360302-edu,区教育局,部门,,360302,,",
        "360313,湘东区,government,county,360300,,");

    public static string File(params string[] lines) => string.Join('\n', [Header, .. lines]);

    public static AdministrativeStructure Import(string csv, string tree = AdministrativeStructure.Territory) =>
        AdministrativeStructure.Empty.MustImport(tree, csv);

    public static AdministrativeStructure MustImport(this AdministrativeStructure structure, string tree, string csv)
    {
        var result = structure.Import(tree, csv);
        Assert.Empty(result.Faults);
        return result.Structure!;
    }

    public static TreeView Territory(this AdministrativeStructure structure) =>
        structure.At(AdministrativeStructure.Territory, Day);
}
