namespace Aggregation.Domain.Forms.Loading;

/// <summary>
/// Writes a check that is given for each row of a section, or for each column of an indicator, as that many checks.
/// <c>{row}</c> and <c>{column}</c> stand for the code in the id and the rule, and for the name in the message.
/// </summary>
internal sealed class CheckExpansion(FormDefinition definition, CellLayout layout, FaultList faults)
{
    /// <summary>The check itself where it is given once; none where what it is given for is unknown.</summary>
    public IEnumerable<CheckDefinition> Expand(CheckDefinition check)
    {
        if (check.ForEach is not { } each)
            return [check];
        var (what, placeholder, of) = each.RowsOf is null
            ? ("columnsOf", "{column}", each.ColumnsOf!)
            : ("rowsOf", "{row}", each.RowsOf);
        var items = each.RowsOf is null ? ColumnsOf(of) : RowsOf(of);
        var subject = $"check {check.Id}";
        if (items.Count == 0 && of.Length > 0)
            faults.Add(subject, $"'{what}' is '{of}', which is unknown or has none");
        if (!check.Id.Contains(placeholder, StringComparison.Ordinal))
            faults.Add(subject, $"the id does not hold {placeholder}, so that all would have the same");
        return items.Select(item => check with
        {
            Id = check.Id.Replace(placeholder, item.Code, StringComparison.Ordinal),
            Rule = check.Rule!.Replace(placeholder, item.Code, StringComparison.Ordinal),
            Message = new LocalText(
                check.Message!.Zh.Replace(placeholder, item.Name.Zh, StringComparison.Ordinal),
                check.Message.En.Replace(placeholder, item.Name.En, StringComparison.Ordinal)),
            ForEach = null,
        });
    }

    private List<(string Code, LocalText Name)> RowsOf(string section) =>
        [.. definition.Indicators.Where(row => row.Section == section).Select(row => (row.Code, row.Name))];

    private List<(string Code, LocalText Name)> ColumnsOf(string code)
    {
        var indicator = definition.Indicators.FirstOrDefault(row => row.Code == code);
        return indicator is null ? [] :
        [
            .. layout.ColumnsOf(indicator)
                .Select(column => definition.Columns.FirstOrDefault(known => known.Code == column))
                .OfType<ColumnDefinition>()
                .Select(column => (column.Code, column.Name)),
        ];
    }
}
