using Aggregation.ServerKit.Clients;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Load;

/// <summary>One thing a client asks for, for as long as it does not know the outcome.</summary>
/// <param name="Cells">Null for a withdrawal; empty for a nil return.</param>
/// <param name="ExpectedRevision">Null: whatever is current.</param>
internal sealed record SentRequest(LedgerName Ledger, string Id, IReadOnlyDictionary<string, long>? Cells, long? ExpectedRevision)
{
    public RequestKey Key => new(Ledger.Tenant, Ledger.Unit, Id);

    public bool IsWithdrawal => Cells is null;

    public SubmitRequest ToSubmit()
    {
        var request = Figures.ToRequest(Ledger.Unit, Id, Cells!);
        request.Period = Ledger.Period;
        if (ExpectedRevision is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        return request;
    }

    public async Task<Receipt> SendAsync(Api api, TestTenant tenant)
    {
        var options = Api.With(tenant.SubmitKey);
        if (!IsWithdrawal)
        {
            return await api.Submissions.SubmitAsync(ToSubmit(), options);
        }

        var withdrawal = new WithdrawRequest
        {
            Unit = Ledger.Unit,
            Form = Figures.Form,
            Period = Ledger.Period,
            RequestId = Id,
            Reason = "counted twice",
        };
        return await api.Submissions.WithdrawAsync(withdrawal, options);
    }

    /// <summary>Whether a status says for sure that the request was not and will not be applied.</summary>
    public bool IsRefusedBy(StatusCode status) =>
        (IsWithdrawal && status == StatusCode.FailedPrecondition) || (ExpectedRevision is not null && status == StatusCode.Aborted);
}
