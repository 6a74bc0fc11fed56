using System.Globalization;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Outliers;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>
/// A form that declares outliers has it: a figure that lies far from those of the unit's earlier periods, or from those of
/// the units beside it, is to be looked at. Always soft: it can be true.
/// </summary>
internal sealed class OutlierCheck : Check
{
    private readonly OutlierRules _rules;
    private readonly bool _isOfPeers;
    private readonly int _least;

    private OutlierCheck(string id, OutlierRules rules, bool isOfPeers, int least, string against)
        : base(id, Severity.Soft, RuleOf(rules, against), [.. rules.Cells.Select(cell => cell.Code)])
    {
        _rules = rules;
        _isOfPeers = isOfPeers;
        _least = least;
    }

    public static OutlierCheck OfHistory(OutlierRules rules, HistorySample history) => new(
        "outlier-history", rules, isOfPeers: false, history.Least, string.Create(CultureInfo.InvariantCulture,
            $"the unit's own {history.Periods} periods before, of which at least {history.Least} give the cell"));

    public static OutlierCheck OfPeers(OutlierRules rules, PeerSample peers) => new(
        "outlier-peers", rules, isOfPeers: true, peers.Least, string.Create(CultureInfo.InvariantCulture,
            $"the units of its kind and level under the same one, of which at least {peers.Least} give the cell"));

    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if ((_isOfPeers ? input.Peers : input.History) is not { } sample)
            return;
        for (var place = 0; place < _rules.Cells.Length; place++)
        {
            var cell = _rules.Cells[place];
            var spread = sample[place];
            if (spread.Count < _least || !input.Cells.Has(cell.Index) || (spread.IsTied && !_rules.Ties))
                continue;
            var value = input.Cells[cell.Index];
            if (spread.IsFar(value, _rules.Threshold) && spread.IsBeyond(value, _rules.Number * FixedPoint.Power(cell.Scale)))
                Find(cell, value, spread, ref findings);
        }
    }

    private void Find(Cell cell, long value, Spread spread, ref List<Finding>? findings)
    {
        var text = FixedPoint.Format(value, cell.Scale);
        var median = spread.Median(cell.Scale);
        var (farZh, farEn) = spread.IsTied
            ? ("，而其中过半数均为此数", ", which more than half of them say")
            : ($"，稳健 z 值为 {spread.ZScore(value)}", $", a robust z-score of {spread.ZScore(value)}");
        var (whoZh, whoEn) = _isOfPeers
            ? (Text($"同级同类 {spread.Count} 个单位"), Text($"{spread.Count} units beside it"))
            : (Text($"本单位以往 {spread.Count} 期"), Text($"its {spread.Count} earlier periods"));
        findings ??= [];
        findings.Add(new Finding($"{Id}:{cell.Code}", Severity, [cell.Code], $"{text} : {median}", Rule,
            $"{cell.NameZh}为 {text}，{whoZh}的中位数为 {median}{farZh}，请核实",
            $"{cell.NameEn}: {text}, the median of {whoEn} is {median}{farEn}, please verify"));
    }

    private static string RuleOf(OutlierRules rules, string against) => Text(
        $"|x - median| / (1.4826 MAD) <= {FixedPoint.Format(rules.Threshold, 2)}, or within {rules.Number} in number, against {against}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
