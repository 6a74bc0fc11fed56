using System.Collections.Immutable;
using Aggregation.Contracts.Drafts;
using Aggregation.Domain.Figures;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Drafts on their way out, as the request that would submit them.</summary>
internal static class DraftMapping
{
    public static V1.Draft Draft(DraftView view) => new()
    {
        Content = new V1.SubmitRequest
        {
            Unit = view.Ledger.Unit,
            Form = view.Ledger.Form,
            Period = view.Ledger.Period,
            Cells = { Cells(view.Content.Cells) },
            NilReturn = view.Content.Nil,
            Explanations =
            {
                view.Content.Explanations.Select(given => new V1.Explanation { CheckId = given.CheckId, Text = given.Text }),
            },
            Narrative = { Cells(view.Content.Narrative) },
            FiledOn = LedgerMapping.Text(view.Content.FiledOn),
        },
        Version = view.Version,
        At = Timestamp.FromDateTimeOffset(view.At),
        Actor = view.Actor,
    };

    private static IEnumerable<V1.Cell> Cells(ImmutableArray<CellFigure> figures) =>
        figures.Select(figure => new V1.Cell { Code = figure.Cell, Amount = LedgerMapping.Amount(figure.Amount) });
}
