namespace Aggregation.Domain.Forms.Loading;

/// <summary>One reason why a form definition is refused.</summary>
/// <param name="File">The file as named by whoever supplied it.</param>
/// <param name="Subject">The cell, check or other part concerned.</param>
/// <param name="Rule">What is wrong with it, naming the value.</param>
public sealed record FormFault(string File, string Subject, string Rule)
{
    public override string ToString() => $"{File}: {Subject}: {Rule}";
}
