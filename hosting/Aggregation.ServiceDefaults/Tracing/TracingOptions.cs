using System.ComponentModel.DataAnnotations;

namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>Which requests are traced, where anybody takes traces.</summary>
public sealed class TracingOptions
{
    public const string SectionName = "Traces";

    /// <summary>
    /// The share of requests that are traced, 0–1, chosen by trace id; default 1. A request whose caller traces it, or says that it
    /// does not, follows its caller. Whatever a request causes follows the request.
    /// </summary>
    [Range(0d, 1d)]
    public double Ratio { get; set; } = 1;

    /// <summary>
    /// Most requests that are traced in a second, 0–100,000, whatever their callers say; null: as many as come. Default null, and where
    /// only <c>/ops</c> takes traces, what it takes.
    /// </summary>
    [Range(0, 100_000)]
    public int? MostPerSecond { get; set; }

    /// <summary>What an exception stands for that is an answer and no fault of the server: a word for <c>aggregation.refusal</c>; null for a fault.</summary>
    internal List<Func<Exception, string?>> Answers { get; } = [];

    /// <summary>Adds a way to tell an answer from a fault.</summary>
    public void AddAnswer(Func<Exception, string?> answer) => Answers.Add(answer);
}
