using System.Globalization;
using Aggregation.ServerKit.Clients;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Deploy.Tests.Runs;

/// <summary>
/// Some of everything that clients do, at a moderate pace, until it is disposed of: submissions alone and in batches, taken and refused, and somebody
/// who watches. A server that says that it cannot answer now is asked again; anything else that it should not say ends the load.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int RefusedEvery = 5;
    private const int BatchEvery = 4;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);
    private static readonly IReadOnlyList<string> Units = [.. Site.Tree.All.Where(unit => !unit.IsGovernment).Select(unit => unit.Code).Take(40)];

    private readonly CancellationTokenSource _end = new();
    private readonly Api _api;
    private readonly TestTenant _tenant;
    private readonly Task _running;

    public SteadyLoad(Site site)
    {
        _api = new Api(site.Address);
        _tenant = site.Tenant;
        _running = Task.WhenAll(Task.Run(SubmitAllAsync), Task.Run(WatchAsync));
    }

    /// <exception cref="RpcException">The server answered what it must not.</exception>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.WaitAsync(Patience.Step);
        _api.Dispose();
        _end.Dispose();
    }

    private async Task SubmitAllAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        try
        {
            for (var number = 0; await pace.WaitForNextTickAsync(_end.Token); number++)
            {
                await Task.WhenAll(SubmitAsync(number), number % BatchEvery == 0 ? SubmitManyAsync(number) : Task.CompletedTask);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The load is over.
        }
    }

    private async Task SubmitAsync(int number)
    {
        try
        {
            await _api.Submissions.SubmitAsync(Request(number, "one", number % RefusedEvery == 0 ? "no-such-cell" : "3.2"), Api.With(_tenant.SubmitKey, _end.Token));
        }
        catch (RpcException fault) when (IsToBeExpected(fault) || fault.StatusCode == StatusCode.InvalidArgument)
        {
            // Refused, or to be sent again: the next one is.
        }
    }

    private async Task SubmitManyAsync(int number)
    {
        try
        {
            using var stream = _api.Submissions.SubmitMany(Api.With(_tenant.SubmitKey, _end.Token));
            await stream.RequestStream.WriteAsync(Request(number + 1, "many", "3.3"));
            await stream.RequestStream.CompleteAsync();
            while (await stream.ResponseStream.MoveNext(_end.Token))
            {
            }
        }
        catch (RpcException fault) when (IsToBeExpected(fault))
        {
            // To be sent again: the next one is.
        }
    }

    private async Task WatchAsync()
    {
        var watch = new WatchRequest { Total = new TotalSelector { Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period } };
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var stream = _api.Rollups.Watch(watch, Api.With(_tenant.ReadKey, _end.Token));
                while (await stream.ResponseStream.MoveNext(_end.Token))
                {
                }
            }
            catch (RpcException fault) when (IsToBeExpected(fault))
            {
                // Watched again.
            }
        }
    }

    private static bool IsToBeExpected(RpcException fault) =>
        fault.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.DeadlineExceeded;

    private static SubmitRequest Request(int number, string kind, string cell) => Figures.ToRequest(
        Units[number % Units.Count],
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{Guid.NewGuid():N}"),
        new Dictionary<string, long> { [cell] = number });
}
