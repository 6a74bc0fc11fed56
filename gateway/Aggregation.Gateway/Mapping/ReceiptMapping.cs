using Aggregation.Contracts.Ledgers;

namespace Aggregation.Gateway.Mapping;

/// <summary>Questions about receipts between the wire and the contracts.</summary>
internal static class ReceiptMapping
{
    /// <summary>Hashes compare as text, in the spelling that receipts have.</summary>
    public static VerifyReceiptQuery Query(V1.VerifyReceiptRequest request) => new()
    {
        Revision = request.Revision,
        Hash = request.Hash.ToLowerInvariant(),
        RequestId = request.RequestId,
    };

    public static V1.VerifyReceiptResponse Verification(ReceiptVerification verification) => new()
    {
        Standing = verification.State switch
        {
            ReceiptState.Held => V1.ReceiptStanding.Held,
            ReceiptState.Missing => V1.ReceiptStanding.Missing,
            ReceiptState.Replaced => V1.ReceiptStanding.Replaced,
            ReceiptState.SentAgain => V1.ReceiptStanding.SentAgain,
            _ => throw new InvalidOperationException($"State {verification.State} has no value on the wire."),
        },
        Receipt = verification.Receipt is { } receipt ? SubmissionMapping.Receipt(receipt) : null,
        CurrentRevision = verification.CurrentRevision,
    };
}
