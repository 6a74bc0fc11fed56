using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Streams;
using Grpc.Core;

namespace Aggregation.Gateway.Transfer;

/// <summary>
/// Sends a tenant in chunks. It keeps nothing between two calls: where an interrupted export goes on, the client says.
/// </summary>
internal sealed class TenantExport(IGrainFactory grains, Authenticator authenticator)
{
    /// <summary>Entries gather in a chunk until it is this large, in bytes.</summary>
    private const int ChunkSize = 128 << 10;

    public Task Run(
        V1.ExportTenantRequest request, IServerStreamWriter<V1.TransferChunk> chunks, ServerCallContext context) =>
        Together.Run(
            context.CancellationToken,
            cancellation => Send(context.Caller(), request.After, chunks, cancellation),
            cancellation => authenticator.Guard(context.Authorization(), context.Credential(), cancellation));

    private async Task Send(
        Caller caller, V1.ExportCursor? after, IServerStreamWriter<V1.TransferChunk> chunks, CancellationToken cancellation)
    {
        var grain = grains.GetGrain<ITransferGrain>(TenantKeys.TransferOf(caller.Tenant));
        V1.TransferChunk last;
        ExportPoint point;
        long count;
        if (after is null)
        {
            var view = await grain.OpenExport(caller, cancellation);
            last = V1.TransferChunk.Behind(null, new V1.TransferBody { Header = TransferMapping.Header(caller.Tenant, view) });
            await chunks.WriteAsync(last, cancellation);
            point = new ExportPoint { Through = view.Through };
            count = 0;
        }
        else
        {
            last = new V1.TransferChunk { Number = after.Number, Checksum = after.Checksum };
            point = TransferMapping.Point(after);
            count = after.Entries;
        }

        var gathered = new V1.TransferEntries();
        var size = 0;
        while (await grain.ReadExport(caller, point, cancellation) is { Length: > 0 } page)
        {
            foreach (var entry in page)
            {
                var next = TransferMapping.Entry(entry);
                var length = next.CalculateSize();
                if (size > 0 && size + length > ChunkSize)
                {
                    last = await Send(new V1.TransferBody { Entries = gathered });
                    gathered = new V1.TransferEntries();
                    size = 0;
                }

                gathered.Entries.Add(next);
                size += length;
                count++;
            }

            point = new ExportPoint { Through = point.Through, Stream = page[^1].Stream, Version = page[^1].Version };
        }

        if (size > 0)
        {
            last = await Send(new V1.TransferBody { Entries = gathered });
        }

        await Send(new V1.TransferBody { Trailer = new V1.TransferTrailer { Entries = count } });

        async Task<V1.TransferChunk> Send(V1.TransferBody body)
        {
            var chunk = V1.TransferChunk.Behind(last, body);
            await chunks.WriteAsync(chunk, cancellation);
            return chunk;
        }
    }
}
