using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Figures;

namespace Aggregation.Grains.Reports;

/// <summary>
/// What a request asks for, as a hash: tells the same request sent again from another that took its id. Covers every field
/// that the sender wrote, in the order written; the request id itself and the sender's key are left out.
/// </summary>
internal static class RequestHash
{
    public static byte[] Of(LedgerKey key, SubmitCommand command)
    {
        using var buffer = new MemoryStream(64 + (command.Cells.Length * 16));
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("submit");
            Write(writer, key, command.ExpectedRevision);
            writer.Write(command.Nil);
            Write(writer, command.Cells.AsSpan());
            Write(writer, command.Narrative.AsSpan());
            writer.Write(command.Explanations.Length);
            foreach (var explanation in command.Explanations)
            {
                writer.Write(explanation.CheckId);
                writer.Write(explanation.Text);
            }

            writer.Write(command.FiledOn?.DayNumber ?? -1);
        }

        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static byte[] Of(LedgerKey key, WithdrawCommand command)
    {
        using var buffer = new MemoryStream(128);
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("withdraw");
            Write(writer, key, command.ExpectedRevision);
            writer.Write(command.Reason);
        }

        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static byte[] Of(LedgerKey key, PublishCommand command)
    {
        using var buffer = new MemoryStream(128);
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("publish");
            Write(writer, key, null);
            writer.Write(command.Query.Tree);
            writer.Write((int)command.Query.Scope);
            writer.Write((int)command.Query.Layer);
            writer.Write(command.ExpectedDigest);
            if (command.IsCompletion)
            {
                writer.Write("completion");
                writer.Write(command.Text);
            }
        }

        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static byte[] Of(LedgerKey key, DecideCompletionCommand command)
    {
        using var buffer = new MemoryStream(128);
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("decide-completion");
            Write(writer, key, null);
            writer.Write(command.Number);
            writer.Write(command.Hash);
            writer.Write(command.Accept);
            writer.Write(command.Text);
        }

        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static byte[] Of(LedgerKey key, ReviewCommand command)
    {
        using var buffer = new MemoryStream(128);
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("review");
            Write(writer, key, null);
            writer.Write((int)command.Act);
            writer.Write(command.Revision);
            writer.Write(command.Hash);
            writer.Write(command.Text);
            writer.Write(command.Cells.Length);
            foreach (var remark in command.Cells)
            {
                writer.Write(remark.Cell);
                writer.Write(remark.Text);
            }
        }

        return SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void Write(BinaryWriter writer, LedgerKey key, long? expectedRevision)
    {
        writer.Write(key.Form);
        writer.Write(key.Period);
        writer.Write(expectedRevision ?? -1);
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<CellFigure> figures)
    {
        writer.Write(figures.Length);
        foreach (ref readonly var figure in figures)
        {
            writer.Write(figure.Cell);
            writer.Write7BitEncodedInt64(figure.Amount.Units);
            writer.Write7BitEncodedInt(figure.Amount.Nanos);
        }
    }
}
