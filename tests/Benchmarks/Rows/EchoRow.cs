using Aggregation.Benchmarks.Echo;
using Aggregation.Benchmarks.Load;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Benchmarks.Rows;

/// <summary>Bare unary calls against the same stack: what submitting cannot exceed on this machine.</summary>
internal sealed class EchoRow(Connections connections)
{
    private const int TinySize = 16;

    private readonly Echo.Echo.EchoClient[] _clients = connections.Clients(static channel => new Echo.Echo.EchoClient(channel));

    /// <summary>Calls a second with 16 bytes each way: the yardstick, as it flatters the product least.</summary>
    public Task<double> TinyAsync(int calls, CancellationToken cancellation) => RunAsync(calls, TinySize, cancellation);

    /// <summary>Calls a second with a request as large as a submission and an answer as large as a receipt.</summary>
    public Task<double> SubmissionSizedAsync(int calls, int size, CancellationToken cancellation) => RunAsync(calls, size, cancellation);

    /// <summary>Submissions a second that are read and answered, and no more done.</summary>
    public async Task<double> AnswerAsync(IReadOnlyList<SubmitRequest> requests, CancellationToken cancellation)
    {
        var taken = await ClosedLoop.RunAsync(
            requests.Count,
            async (lane, index) => await _clients[lane % _clients.Length].AnswerAsync(requests[index], cancellationToken: cancellation),
            cancellation);
        return requests.Count / taken.TotalSeconds;
    }

    private async Task<double> RunAsync(int calls, int size, CancellationToken cancellation)
    {
        var request = new EchoRequest { Payload = ByteString.CopyFrom(new byte[size]) };
        var taken = await ClosedLoop.RunAsync(
            calls,
            async (lane, _) => await _clients[lane % _clients.Length].CallAsync(request, cancellationToken: cancellation),
            cancellation);
        return calls / taken.TotalSeconds;
    }
}
