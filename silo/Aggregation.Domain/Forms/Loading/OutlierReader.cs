using Aggregation.Domain.Forms.Outliers;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>Reads the section <c>outliers</c> of a definition, and checks it against the form's cells.</summary>
internal static class OutlierReader
{
    private const string Subject = "outliers";
    private const int StandardThreshold = 350;
    private const int StandardLeastPeriods = 6;
    private const int StandardLeastPeers = 10;
    private const int StandardMostPeers = 300;

    public static OutlierDefinition? Read(JsonPart form)
    {
        if (!form.Has("outliers"))
            return null;
        var part = form.Object("outliers");
        part.Subject = Subject;
        var definition = new OutlierDefinition(
            part.Texts("cells"),
            part.OptionalHundredths("threshold", 100, 10_000) ?? StandardThreshold,
            part.OptionalInteger("number", 0, 1_000_000_000) ?? 0,
            part.Flag("ties"),
            part.Has("history") ? ReadHistory(part.Object("history")) : null,
            part.Has("peers") ? ReadPeers(part.Object("peers")) : null);
        part.End();
        return definition;
    }

    /// <summary>The rules; cells that the form does not have are faults and left out.</summary>
    public static OutlierRules? Compile(OutlierDefinition? definition, IReadOnlyDictionary<string, Cell> byCode, FaultList faults)
    {
        if (definition is null)
            return null;
        if (definition.History is null && definition.Peers is null)
            faults.Add(Subject, "neither 'history' nor 'peers' is given, so nothing is compared");
        if (definition.Cells.Count == 0)
            faults.Add(Subject, "'cells' names no cell");
        var cells = new List<Cell>();
        foreach (var code in definition.Cells)
        {
            if (!byCode.TryGetValue(code, out var cell))
                faults.Add(Subject, $"cell '{code}' is unknown");
            else if (cells.Contains(cell))
                faults.Add(Subject, $"cell '{code}' stands more than once");
            else
                cells.Add(cell);
        }

        return new OutlierRules(
            [.. cells.OrderBy(cell => cell.Index)], definition.Threshold, definition.Number, definition.Ties,
            definition.History is { } history ? new HistorySample(history.Periods, history.Least) : null,
            definition.Peers is { } peers ? new PeerSample(peers.Most, peers.Least) : null);
    }

    private static OutlierHistoryDefinition ReadHistory(JsonPart part)
    {
        var periods = (int)part.Integer("periods", OutlierRules.LeastReports, OutlierRules.MostPeriods);
        var least = (int?)part.OptionalInteger("least", OutlierRules.LeastReports, periods);
        part.End();
        return new OutlierHistoryDefinition(periods, least ?? Math.Min(StandardLeastPeriods, periods));
    }

    private static OutlierPeersDefinition ReadPeers(JsonPart part)
    {
        var most = (int)(part.OptionalInteger("most", OutlierRules.LeastReports, OutlierRules.MostPeers) ?? StandardMostPeers);
        var least = (int?)part.OptionalInteger("least", OutlierRules.LeastReports, most);
        part.End();
        return new OutlierPeersDefinition(most, least ?? Math.Min(StandardLeastPeers, most));
    }
}
