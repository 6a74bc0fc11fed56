using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Files;

/// <summary>Reads receipts as <c>submit --json</c> prints them: bare, or within the answers to many submissions.</summary>
internal static class ReceiptFiles
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <exception cref="CommandFailedException">A file is missing, or a line is no receipt; every such line is named.</exception>
    public static async Task<IReadOnlyList<VerifyReceiptRequest>> ReadAsync(
        IEnumerable<FileInfo> files, TextFiles texts, CancellationToken cancellation)
    {
        var receipts = new List<VerifyReceiptRequest>();
        var faults = new FaultList();
        foreach (var file in files)
        {
            using var lines = new StringReader(await texts.ReadAsync(file, faults, cancellation) ?? "");
            for (var number = 1; await lines.ReadLineAsync(cancellation) is { } line; number++)
            {
                if (line.Length == 0)
                {
                    continue;
                }

                if (Read(line) is { Hash.Length: > 0 } receipt)
                {
                    receipts.Add(receipt);
                }
                else
                {
                    faults.Add($"{file.Name}[{number}]", line, "receipt", "不是回执", "This line is not a receipt.");
                }
            }
        }

        faults.ThrowIfAny("The files do not hold receipts only; nothing was asked.");
        return receipts;
    }

    private static VerifyReceiptRequest? Read(string line)
    {
        try
        {
            var answer = Parser.Parse<SubmitManyResponse>(line);
            var receipt = answer.OutcomeCase == SubmitManyResponse.OutcomeOneofCase.Receipt
                ? answer.Receipt
                : Parser.Parse<Receipt>(line);
            return new VerifyReceiptRequest
            {
                Unit = receipt.Unit,
                Form = receipt.Form,
                Period = receipt.Period,
                Revision = receipt.Revision,
                Hash = receipt.Hash,
                RequestId = receipt.RequestId,
            };
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidJsonException)
        {
            return null;
        }
    }
}
