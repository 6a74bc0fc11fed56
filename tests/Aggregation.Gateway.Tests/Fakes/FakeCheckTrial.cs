using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Answers with what it was asked.</summary>
internal sealed class FakeCheckTrial(LedgerKey key) : ICheckTrialGrain
{
    public Task<CheckTrial> Try(Caller caller, TryCheckQuery query, CancellationToken cancellation) => Task.FromResult(new CheckTrial
    {
        Expected = 5,
        Submitted = 4,
        Found = query.Limit,
        Units =
        [
            new TriedUnit(key.Unit, caller.Tenant, 3, new CheckFinding
            {
                CheckId = query.CheckId ?? query.Definition!.CheckId,
                Severity = query.Definition?.Severity ?? Severity.Soft,
                Cell = "1.1",
                Value = $"{key.Form} {key.Period} {query.Definition?.Form}",
                Rule = query.Definition?.Rule ?? "",
                MessageZh = "多",
                MessageEn = "many",
            }),
        ],
    });
}
