using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>One submission of a file.</summary>
/// <param name="Source">File, and the place in it where it holds several.</param>
/// <param name="Request">What is sent.</param>
/// <param name="DerivedId">The request id was derived from the content.</param>
internal sealed record SubmissionItem(string Source, SubmitRequest Request, bool DerivedId);
