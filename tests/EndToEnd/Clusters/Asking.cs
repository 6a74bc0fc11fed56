using System.Diagnostics;
using Grpc.Core;

namespace Aggregation.EndToEnd.Clusters;

/// <summary>Asks as a client does: again, where nobody can answer now, as while a silo that has died is not noticed yet.</summary>
internal static class Asking
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <param name="isWanted">Null takes any answer.</param>
    /// <returns>The answer that is wanted; after <see cref="Patience.Step"/> the one that there is.</returns>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool>? isWanted = null)
    {
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Between))
        {
            var isLate = Stopwatch.GetElapsedTime(began) > Patience.Step;
            try
            {
                var answer = await ask();
                if (isLate || isWanted is null || isWanted(answer))
                {
                    return answer;
                }
            }
            catch (Exception failure) when (!isLate && failure is HttpRequestException or RpcException { StatusCode: StatusCode.Unavailable })
            {
                // Not listening yet, or not answering now.
            }
        }
    }
}
