using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Receipts 回执, one a row; many are only counted.</summary>
internal static class ReceiptTable
{
    private const int MostShown = 20;
    private const int HashShown = 12;

    public static void Show(IAnsiConsole screen, IReadOnlyList<Receipt> receipts)
    {
        if (receipts.Count == 0)
        {
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("单位 unit", "报表 form", "报告期 period", "版次 revision", "at", "hash", "request id");
        foreach (var receipt in receipts.Take(MostShown))
        {
            table.AddRow(
                Markup.Escape(receipt.Unit), Markup.Escape(receipt.Form), Markup.Escape(receipt.Period), $"{receipt.Revision}",
                $"{receipt.At?.ToDateTimeOffset():u}", receipt.Hash[..Math.Min(HashShown, receipt.Hash.Length)], Markup.Escape(receipt.RequestId));
        }

        screen.Write(table);
        if (receipts.Count > MostShown)
        {
            screen.MarkupLineInterpolated($"… and {receipts.Count - MostShown} more.");
        }

        var standing = receipts.SelectMany(receipt => receipt.Findings).ToList();
        if (standing.Count > 0)
        {
            FindingTable.Show(screen, standing);
        }
    }

    /// <summary>Receipts that no longer stand, and what is to be done about each.</summary>
    public static void ShowLost(
        IAnsiConsole screen, IReadOnlyList<(VerifyReceiptRequest Receipt, VerifyReceiptResponse Answer)> lost)
    {
        if (lost.Count == 0)
        {
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("单位 unit", "报表 form", "报告期 period", "版次 revision", "request id", "说明 message");
        foreach (var (receipt, answer) in lost)
        {
            table.AddRow(
                Markup.Escape(receipt.Unit), Markup.Escape(receipt.Form), Markup.Escape(receipt.Period), $"{receipt.Revision}",
                Markup.Escape(receipt.RequestId), Advice(answer));
        }

        screen.Write(table);
    }

    private static string Advice(VerifyReceiptResponse answer) => answer.Standing == ReceiptStanding.Replaced
        ? $"版次已属另一次填报，请查看历史后以同一 requestId 重新报送 / another submission has this number; see the history ({answer.CurrentRevision} revisions), then send again with the same request id"
        : $"回执晚于所恢复的备份，请以同一 requestId 重新报送 / newer than the backup that was restored (last revision {answer.CurrentRevision}); send again with the same request id";
}
