using Aggregation.Contracts;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains;

/// <summary>
/// Answers for every grain when the journal fails a call: that it cannot be asked now, or that what it holds is damaged. A grain
/// itself handles only a failure after which it must not go on with what it has in memory.
/// </summary>
internal sealed class JournalFailures : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.Invoke();
        return call.IsCompletedSuccessfully ? call : AnswerAsync(call);
    }

    private static async Task AnswerAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
        catch (JournalDamagedException exception)
        {
            throw new RefusedException(RefusalKind.FailedPrecondition, exception.Message);
        }
    }
}
