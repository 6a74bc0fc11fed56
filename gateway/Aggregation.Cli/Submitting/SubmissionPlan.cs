using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Submitting;

/// <summary>
/// What is to be sent of submissions that bring no request id, by where each report stands. What counts already is not filed again. Everything
/// else is the next act on its report and gets that act's request id, so that it is the same act when it is sent again, and another one
/// once the report was returned, withdrawn or filed differently.
/// </summary>
/// <param name="ToSend">In their order, each with its request id.</param>
/// <param name="Filed">Receipts of what counts already.</param>
internal sealed record SubmissionPlan(IReadOnlyList<SubmissionItem> ToSend, IReadOnlyList<Receipt> Filed)
{
    private const int AskedAtOnce = 16;

    /// <exception cref="RpcException">The server cannot say where a report stands now. Nothing was sent.</exception>
    public static async Task<SubmissionPlan> OfAsync(Api api, IReadOnlyList<SubmissionItem> items, CancellationToken cancellation)
    {
        var filed = new Receipt?[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, items.Count, options, async (place, _) => filed[place] = items[place].DerivedId
            ? await PrepareAsync(api, items[place].Request)
            : null);
        return new SubmissionPlan([.. items.Where((_, place) => filed[place] is null)], [.. filed.OfType<Receipt>()]);
    }

    /// <summary>Gives a submission the request id of the next act on its report, unless what it holds counts already.</summary>
    /// <returns>The receipt of what counts already; null: it is to be sent.</returns>
    /// <exception cref="RpcException">The server cannot say where the report stands now.</exception>
    public static async Task<Receipt?> PrepareAsync(Api api, SubmitRequest request)
    {
        request.RequestId = "";
        var asking = new GetStandingRequest { Unit = request.Unit, Form = request.Form, Period = request.Period, Content = request };
        var lastAct = 0L;
        try
        {
            var standing = await api.Reviews.GetStandingAsync(asking, api.Call());
            if (standing.Filed is { } receipt)
            {
                return receipt;
            }

            lastAct = standing.Version;
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied or StatusCode.InvalidArgument)
        {
            // Submit is refused by the same rule, with all that is to be said; but for what was filed by a unit that has left the tree since, which
            // has its receipt by the request id of a first act.
        }

        request.RequestId = RequestIds.Derive(request, lastAct);
        return null;
    }

    /// <summary>Whether what a receipt stands for counts now: it was neither replaced nor returned nor withdrawn.</summary>
    public static async Task<bool> CountsAsync(Api api, Receipt receipt)
    {
        var standing = await api.Reviews.GetStandingAsync(
            new GetStandingRequest { Unit = receipt.Unit, Form = receipt.Form, Period = receipt.Period }, api.Call());
        return standing.State is ReportState.Submitted or ReportState.Accepted && standing.Revision == receipt.Revision;
    }
}
