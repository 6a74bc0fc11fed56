using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>
/// Writes what it gets as base64. Each flush ends a padded segment, since the client must be able to decode what was flushed
/// without waiting for more.
/// </summary>
internal sealed class Base64EncodingPipeWriter(PipeWriter inner) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> pending = new();

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => pending.WrittenCount;

    public override void Advance(int bytes) => pending.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => pending.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => pending.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Encode();
        return inner.FlushAsync(cancellationToken);
    }

    public override void Complete(Exception? exception = null)
    {
        Encode();
        inner.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        Encode();
        return inner.CompleteAsync(exception);
    }

    private void Encode()
    {
        if (pending.WrittenCount == 0)
            return;

        var span = inner.GetSpan(Base64.GetMaxEncodedToUtf8Length(pending.WrittenCount));
        Base64.EncodeToUtf8(pending.WrittenSpan, span, out _, out var written);
        inner.Advance(written);
        pending.ResetWrittenCount();
    }
}
