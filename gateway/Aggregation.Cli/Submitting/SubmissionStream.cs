using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Submitting;

/// <summary>Files many submissions through one bidirectional call, at the pace at which the server reads them.</summary>
internal sealed class SubmissionStream(Api api)
{
    /// <param name="items">In any order, for any units.</param>
    /// <param name="answered">Told each answer as it arrives.</param>
    /// <param name="cancellation">Ends the call; what was answered until then is filed.</param>
    /// <exception cref="RpcException">The call as a whole failed. Sending everything again is safe: request ids make sure of it.</exception>
    public async Task<SubmissionOutcome> SendAsync(
        IReadOnlyList<SubmissionItem> items, Action<SubmitManyResponse> answered, CancellationToken cancellation)
    {
        var plan = await SubmissionPlan.OfAsync(api, items, cancellation);
        foreach (var receipt in plan.Filed)
        {
            answered(new SubmitManyResponse
            {
                RequestId = receipt.RequestId, Unit = receipt.Unit, Form = receipt.Form, Period = receipt.Period, Receipt = receipt,
            });
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var call = api.Submissions.SubmitMany(api.LongCall(stop.Token));
        // Writing and reading go on at once: a server that answers while nobody reads would stop reading itself.
        var writing = WriteAsync(call.RequestStream, plan.ToSend, stop.Token);
        List<Receipt> receipts = [.. plan.Filed];
        var errors = new List<SubmitManyResponse>();
        try
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
            {
                if (answer.OutcomeCase == SubmitManyResponse.OutcomeOneofCase.Receipt)
                {
                    receipts.Add(answer.Receipt);
                }
                else
                {
                    errors.Add(answer);
                }

                answered(answer);
            }

            await writing;
        }
        finally
        {
            await stop.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new SubmissionOutcome(receipts, plan.Filed, errors);
    }

    private static async Task WriteAsync(IClientStreamWriter<SubmitRequest> requests, IReadOnlyList<SubmissionItem> items, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            await requests.WriteAsync(item.Request, cancellation);
        }

        await requests.CompleteAsync();
    }
}
