namespace Aggregation.Contracts.Ledgers;

/// <summary>What a client knows of a receipt, to be compared with the journal.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.VerifyReceiptQuery")]
public sealed record VerifyReceiptQuery
{
    [Id(0)] public required long Revision { get; init; }

    /// <summary>The receipt's hash, 64 lower-case hexadecimal digits.</summary>
    [Id(1)] public required string Hash { get; init; }

    /// <summary>The request that the receipt answered; empty when the client does not know it any more.</summary>
    [Id(2)] public string RequestId { get; init; } = "";
}

/// <summary>How the journal stands to a receipt. Any but the first follows from a journal restored from a backup.</summary>
[GenerateSerializer, Alias("aggregation.ReceiptState")]
public enum ReceiptState
{
    /// <summary>The journal holds exactly this revision.</summary>
    Held,

    /// <summary>The journal ends before this revision: it was lost with what a restored backup did not have.</summary>
    Missing,

    /// <summary>The journal has other content under this number: the revision was lost and the number given again.</summary>
    Replaced,

    /// <summary>The revision was lost, and its request was sent again since: another receipt stands for it.</summary>
    SentAgain,
}

/// <summary>The journal's answer about a receipt.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ReceiptVerification")]
public sealed record ReceiptVerification
{
    [Id(0)] public required ReceiptState State { get; init; }

    /// <summary>What the journal holds instead or as well; null where it holds nothing of that number or request.</summary>
    [Id(1)] public Receipt? Receipt { get; init; }

    /// <summary>The ledger's last revision; 0 for none.</summary>
    [Id(2)] public required long CurrentRevision { get; init; }
}
