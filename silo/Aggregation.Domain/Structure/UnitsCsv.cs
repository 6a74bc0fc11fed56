using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Structure;

/// <summary>Reads lines of units from CSV text.</summary>
internal static class UnitsCsv
{
    private static readonly CsvColumns Columns = new(
        ["code", "name", "kind", "level", "parent", "from", "to"], Required: ["code", "name", "kind", "level", "parent"]);

    /// <summary>The file's lines; <paramref name="faults"/> gets what keeps the file from being read.</summary>
    public static List<UnitRow> Read(string csv, List<ImportFault> faults)
    {
        var table = CsvTable.Read(csv, Columns, AdministrativeStructure.MaxRows);
        var isEmpty = table.Rows.Count == 0 && (table.Faults.Count == 0 || string.IsNullOrWhiteSpace(csv.TrimStart('\uFEFF')));
        faults.AddRange(isEmpty ? [ImportFaults.EmptyFile()] : table.Faults.Select(ImportFaults.Table));
        return [.. table.Rows.Select(row => new UnitRow(
            row.Line, row.Values[0], row.Values[1], row.Values[2], row.Values[3], row.Values[4], row.Values[5], row.Values[6]))];
    }
}
