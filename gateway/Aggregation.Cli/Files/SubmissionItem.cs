using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>One submission of a file.</summary>
/// <param name="Source">File, and the place in it where it holds several.</param>
/// <param name="Request">What is sent.</param>
/// <param name="DerivedId">The file gives no request id: it is derived once it is known where the report stands.</param>
internal sealed record SubmissionItem(string Source, SubmitRequest Request, bool DerivedId)
{
    /// <summary>Where each of the form's cells stands in a spreadsheet; null for other files.</summary>
    public IReadOnlyDictionary<string, string>? Places { get; init; }

    /// <summary>Where its other fields stand in a spreadsheet, by the names that refusals have for them; null for other files.</summary>
    public IReadOnlyDictionary<string, string>? FieldPlaces { get; init; }
}
