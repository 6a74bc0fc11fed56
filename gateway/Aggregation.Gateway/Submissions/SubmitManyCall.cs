using System.Threading.Channels;
using Grpc.Core;

namespace Aggregation.Gateway.Submissions;

/// <summary>
/// One SubmitMany stream: reads while there are free slots, answers in the order of completion through one writer. A slot
/// is free again once its answer is written, so a client that does not read its answers is not read either.
/// </summary>
internal sealed class SubmitManyCall(
    IAsyncStreamReader<V1.SubmitRequest> requests,
    IServerStreamWriter<V1.SubmitManyResponse> responses,
    int maxInFlight,
    Func<V1.SubmitRequest, Task<V1.SubmitManyResponse>> answer) : IDisposable
{
    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

    private readonly SemaphoreSlim slots = new(maxInFlight);
    private readonly Channel<V1.SubmitManyResponse> answers =
        Channel.CreateUnbounded<V1.SubmitManyResponse>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Ends when the client has sent everything and every answer is written.</summary>
    public async Task Read(CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        while (await requests.MoveNext(cancellation))
        {
            _ = Serve(requests.Current);
            await slots.WaitAsync(cancellation);
        }

        for (var taken = 1; taken < maxInFlight; taken++)
        {
            await slots.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends by throwing only.</summary>
    public async Task Write(CancellationToken cancellation)
    {
        await foreach (var response in answers.Reader.ReadAllAsync(cancellation))
        {
            // One flush for what is ready together.
            responses.WriteOptions = answers.Reader.TryPeek(out _) ? MoreFollows : null;
            await responses.WriteAsync(response, cancellation);
            slots.Release();
        }
    }

    /// <summary>Once neither reads nor writes any more.</summary>
    public void Dispose() => slots.Dispose();

    private async Task Serve(V1.SubmitRequest request)
    {
        try
        {
            answers.Writer.TryWrite(await answer(request));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The call is over: its answer has nobody to go to. The writer, if it still runs, ends with the cause.
            answers.Writer.TryComplete(exception);
        }
    }
}
