using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>The few looks that a template's cells have, by their number.</summary>
internal static class TemplateStyles
{
    public const uint Title = 1;
    public const uint Head = 2;
    public const uint Label = 3;
    public const uint Figure = 4;
    public const uint Money = 5;
    public const uint Total = 6;
    public const uint Input = 7;
    public const uint Blank = 8;

    private const uint TextFormat = 49;
    private const uint WholeFormat = 1;
    private const uint MoneyFormat = 164;

    private enum Paper : uint
    {
        None = 0,
        Grey = 2,
        Yellow = 3,
    }

    public static Stylesheet Create() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = MoneyFormat, FormatCode = "0.####" }),
        new Fonts(new Font(new FontSize { Val = 11 }), new Font(new Bold(), new FontSize { Val = 12 })),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            Solid("FFEDEDED"), Solid("FFFFFBE6")),
        new Borders(new Border(), Thin()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            Format(0, Paper.None, locked: true, HorizontalAlignmentValues.Center, font: 1),
            Format(0, Paper.Grey, locked: true, HorizontalAlignmentValues.Center),
            Format(0, Paper.Grey, locked: true, HorizontalAlignmentValues.Left),
            Format(WholeFormat, Paper.Yellow, locked: false, HorizontalAlignmentValues.Right),
            Format(MoneyFormat, Paper.Yellow, locked: false, HorizontalAlignmentValues.Right),
            Format(WholeFormat, Paper.None, locked: false, HorizontalAlignmentValues.Right),
            Format(TextFormat, Paper.Yellow, locked: false, HorizontalAlignmentValues.Left),
            Format(0, Paper.None, locked: true, HorizontalAlignmentValues.Left)));

    private static CellFormat Format(uint number, Paper paper, bool locked, HorizontalAlignmentValues side, uint font = 0) => new(
        new Alignment { Horizontal = side, Vertical = VerticalAlignmentValues.Center, WrapText = true }, new Protection { Locked = locked })
    {
        NumberFormatId = number,
        FontId = font,
        FillId = (uint)paper,
        BorderId = 1,
        ApplyNumberFormat = true,
        ApplyFont = true,
        ApplyFill = true,
        ApplyBorder = true,
        ApplyAlignment = true,
        ApplyProtection = true,
    };

    private static Fill Solid(string colour) => new(
        new PatternFill(new ForegroundColor { Rgb = new HexBinaryValue(colour) }) { PatternType = PatternValues.Solid });

    private static Border Thin() => new(
        new LeftBorder { Style = BorderStyleValues.Thin }, new RightBorder { Style = BorderStyleValues.Thin },
        new TopBorder { Style = BorderStyleValues.Thin }, new BottomBorder { Style = BorderStyleValues.Thin }, new DiagonalBorder());
}
