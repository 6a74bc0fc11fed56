using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Submissions;
using Aggregation.Gateway.Texts;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Reviews;

/// <summary>The same act on many reports, so many at a time: each is answered on its own.</summary>
internal sealed class ManyReviews(IGrainFactory grains, IOptions<GatewayOptions> options, BatchItems items)
{
    /// <summary>Most items of one AcceptMany.</summary>
    public const int MostItems = 1000;

    public async Task<V1.AcceptManyResponse> Accept(V1.AcceptManyRequest request, ServerCallContext context)
    {
        if (request.Items.Count > MostItems)
        {
            throw Faults.TooMuch("items", request.Items.Count, MostItems);
        }

        var caller = context.Caller();
        var outcomes = await Each(request.Items, context, item => items.Answer(item.Unit, context, async () =>
        {
            RequestTexts.Require(item);
            var ledger = LedgerMapping.Ledger(caller, item.Unit, request.Form, request.Period);
            return await Review(caller, ledger, ReviewMapping.Command(request, item), context);
        }));
        var accepted = outcomes.Count(outcome => outcome.Receipt is not null);
        return new V1.AcceptManyResponse { Outcomes = { outcomes }, Accepted = accepted, Skipped = outcomes.Length - accepted };
    }

    public async Task<V1.LockBelowResponse> Lock(V1.LockBelowRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var office = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var units = await grains.GetGrain<ILedgerGrain>(office.ToString())
            .ListBelow(caller, LedgerMapping.Tree("tree", request.Tree));
        var command = new ReviewCommand { RequestId = request.RequestId, Act = ReviewAct.Lock, Text = request.Text };
        var outcomes = await Each(units, context, unit => items.Answer(
            unit, context, () => Review(caller, office.At(unit), command, context)));
        return new V1.LockBelowResponse
        {
            Locked = outcomes.Count(outcome => outcome.Receipt is not null),
            Skipped = { outcomes.Where(outcome => outcome.Error is not null) },
        };
    }

    private async Task<V1.Receipt> Review(Caller caller, LedgerKey ledger, ReviewCommand command, ServerCallContext context) =>
        SubmissionMapping.Receipt(
            await grains.GetGrain<ILedgerGrain>(ledger.ToString()).Review(caller, command, context.CancellationToken));

    private async Task<V1.ReviewOutcome[]> Each<T>(
        IReadOnlyList<T> all, ServerCallContext context, Func<T, Task<V1.ReviewOutcome>> answer)
    {
        var outcomes = new V1.ReviewOutcome[all.Count];
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Value.MaxBatchInFlight, CancellationToken = context.CancellationToken,
        };
        await Parallel.ForAsync(0, all.Count, parallel, async (i, _) => outcomes[i] = await answer(all[i]));
        return outcomes;
    }
}
