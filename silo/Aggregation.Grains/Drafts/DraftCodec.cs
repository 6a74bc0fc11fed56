using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Grains.Entries;
using Google.Protobuf.Collections;

namespace Aggregation.Grains.Drafts;

/// <summary>A draft as it is journaled and as it is shown.</summary>
internal static class DraftCodec
{
    private const string DateFormat = "yyyy-MM-dd";

    public static DraftSavedEntry Write(SubmitCommand content) => new()
    {
        Cells = { content.Cells.Select(Write) },
        Nil = content.Nil,
        Explanations = { content.Explanations.Select(given => new DraftExplanation { CheckId = given.CheckId, Text = given.Text }) },
        Narrative = { content.Narrative.Select(Write) },
        FiledOn = content.FiledOn?.ToString(DateFormat, CultureInfo.InvariantCulture) ?? "",
    };

    public static SubmitCommand Read(DraftSavedEntry entry) => new()
    {
        RequestId = "",
        Cells = Read(entry.Cells),
        Nil = entry.Nil,
        Explanations = [.. entry.Explanations.Select(given => new Explanation(given.CheckId, given.Text))],
        Narrative = Read(entry.Narrative),
        FiledOn = entry.FiledOn.Length == 0
            ? null
            : DateOnly.ParseExact(entry.FiledOn, DateFormat, CultureInfo.InvariantCulture),
    };

    private static DraftCell Write(CellFigure figure) =>
        new() { Cell = figure.Cell, Units = figure.Amount.Units, Nanos = figure.Amount.Nanos };

    private static ImmutableArray<CellFigure> Read(RepeatedField<DraftCell> cells) =>
        [.. cells.Select(cell => new CellFigure(cell.Cell, new Amount(cell.Units, cell.Nanos)))];
}
