using Aggregation.EndToEnd.Clients;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Crashes;

/// <summary>One thing a client asks for, for as long as it does not know the outcome.</summary>
/// <param name="Cells">Null for a withdrawal; empty for a nil return.</param>
internal sealed record LoadRequest(string Unit, string Id, IReadOnlyDictionary<string, long>? Cells)
{
    public bool IsWithdrawal => Cells is null;

    public async Task<Receipt> SendAsync(Api api, string key)
    {
        if (Cells is not null)
        {
            return await api.Submissions.SubmitAsync(Figures.ToRequest(Unit, Id, Cells), Api.With(key));
        }

        var withdrawal = new WithdrawRequest
        {
            Unit = Unit,
            Form = Figures.Form,
            Period = Figures.Period,
            RequestId = Id,
            Reason = "counted twice",
        };
        return await api.Submissions.WithdrawAsync(withdrawal, Api.With(key));
    }

    /// <summary>Whether a status says for sure that the request was not and will not be applied.</summary>
    public bool IsRefusedBy(StatusCode status) => IsWithdrawal && status == StatusCode.FailedPrecondition;
}
