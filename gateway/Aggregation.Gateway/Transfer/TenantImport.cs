using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Streams;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Gateway.Transfer;

/// <summary>Takes a tenant in, chunk by chunk, each answered once its entries are on disk.</summary>
internal sealed class TenantImport(IGrainFactory grains, Authenticator authenticator)
{
    public Task Run(
        IAsyncStreamReader<V1.TransferChunk> chunks, IServerStreamWriter<V1.ImportTenantResponse> answers, ServerCallContext context) =>
        Together.Run(
            context.CancellationToken,
            cancellation => Take(context.Caller(), chunks, answers, cancellation),
            cancellation => authenticator.Guard(context.Authorization(), context.Credential(), cancellation));

    private async Task Take(
        Caller caller, IAsyncStreamReader<V1.TransferChunk> chunks, IServerStreamWriter<V1.ImportTenantResponse> answers,
        CancellationToken cancellation)
    {
        if (!await chunks.MoveNext(cancellation))
        {
            return;
        }

        var last = chunks.Current;
        var header = Read(last, previous: null).Header
            ?? throw Faults.Refuse(Faults.Unknown("chunks[0]", "", "header"));
        if (!Names.IsTenant(header.Tenant))
        {
            throw Faults.Refuse(Faults.Tenant("header.tenant", header.Tenant));
        }

        var command = TransferMapping.Command(last, header);
        var tenant = grains.GetGrain<ITenantGrain>(TenantKeys.Of(header.Tenant));
        var transfer = grains.GetGrain<ITransferGrain>(TenantKeys.TransferOf(header.Tenant));
        var answer = new V1.ImportTenantResponse { Finished = (await tenant.BeginImport(caller, command)).Finished };
        await answers.WriteAsync(answer, cancellation);
        while (!answer.Finished && await chunks.MoveNext(cancellation))
        {
            var body = Read(chunks.Current, last);
            last = chunks.Current;
            answer = answer.Clone();
            answer.Number = last.Number;
            switch (body.ContentCase)
            {
                case V1.TransferBody.ContentOneofCase.Entries:
                    answer.Written += await transfer.Import(
                        caller, command.Export, [.. body.Entries.Entries.Select(TransferMapping.Entry)]);
                    answer.Entries += body.Entries.Entries.Count;
                    break;
                case V1.TransferBody.ContentOneofCase.Trailer:
                    await tenant.FinishImport(caller, command.Export, body.Trailer.Entries);
                    answer.Finished = true;
                    break;
                default:
                    throw Faults.Refuse(Faults.Unknown($"chunks[{last.Number}]", $"{body.ContentCase}", "entries or trailer"));
            }

            await answers.WriteAsync(answer, cancellation);
        }
    }

    private static V1.TransferBody Read(V1.TransferChunk chunk, V1.TransferChunk? previous)
    {
        if (!chunk.IsBehind(previous))
        {
            throw Faults.Refuse(Faults.Chunk(previous is null ? 0 : previous.Number + 1, chunk));
        }

        try
        {
            return V1.TransferBody.Parser.ParseFrom(chunk.Body);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Faults.Refuse(Faults.Unknown($"chunks[{chunk.Number}].body", "", "TransferBody"));
        }
    }
}
