using Aggregation.Contracts;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Limits;

/// <summary>What tenants and keys may take: <see cref="LimitOptions"/>, counted.</summary>
internal sealed class CallQuotas(IOptions<LimitOptions> options, IOptions<GatewayOptions> gateway, TimeProvider time) : IDisposable
{
    private readonly Quota requests = Quota.Rate(options.Value, "requests a second", static set => set.RequestsPerSecond);
    private readonly Quota cells = Quota.Rate(
        options.Value, "cells a second", static set => set.CellsPerSecond, leastTokens: 2 * gateway.Value.MaxCells);
    private readonly Quota inFlight = Quota.Number(
        options.Value, "calls in flight", static set => set.InFlight, TimeSpan.FromMilliseconds(100));
    private readonly Quota watches = Quota.Number(
        options.Value, "watches", static set => set.Watches, TimeSpan.FromSeconds(5));

    /// <summary>A call begins; disposed when it ends.</summary>
    /// <exception cref="QuotaExceededException">Too many are, or were lately.</exception>
    public Quota.Taken Begin(Caller caller, bool isWatch)
    {
        var place = (isWatch ? watches : inFlight).Take(caller);
        try
        {
            requests.Take(caller).Dispose();
            return place;
        }
        catch (QuotaExceededException)
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>A request brings cells. More than a submission may have are for the service to refuse.</summary>
    /// <exception cref="QuotaExceededException">Too many came lately.</exception>
    public void TakeCells(Caller caller, V1.SubmitRequest request)
    {
        var count = request.Cells.Count + request.Narrative.Count;
        if (count <= 2 * gateway.Value.MaxCells)
        {
            cells.Take(caller, count).Dispose();
        }
    }

    /// <summary>One submission of a batch: slowed down rather than refused, because the stream is held back by it.</summary>
    public async Task WaitAsync(Caller caller, V1.SubmitRequest request, CancellationToken cancellation)
    {
        await WaitAsync(() => requests.Take(caller).Dispose(), cancellation);
        await WaitAsync(() => TakeCells(caller, request), cancellation);
    }

    /// <summary>Holds a refusal back.</summary>
    public Task DelayAsync(CancellationToken cancellation) => options.Value.RefusalDelay > TimeSpan.Zero
        ? Task.Delay(options.Value.RefusalDelay, time, cancellation)
        : Task.CompletedTask;

    public void Dispose()
    {
        requests.Dispose();
        cells.Dispose();
        inFlight.Dispose();
        watches.Dispose();
    }

    private async Task WaitAsync(Action take, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                take();
                return;
            }
            catch (QuotaExceededException exceeded)
            {
                await Task.Delay(exceeded.RetryAfter, time, cancellation);
            }
        }
    }
}
