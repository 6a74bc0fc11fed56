namespace Aggregation.Domain.Structure;

/// <summary>One broken rule of an imported file or a list of changes.</summary>
/// <param name="Line">Line of the file, the header being 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">Column's name, such as <c>parent</c>; empty when the line as a whole is meant.</param>
/// <param name="Value">What the file says there.</param>
/// <param name="Rule">One of <see cref="ImportRules"/> or <see cref="Changes.ChangeRules"/>.</param>
/// <param name="MessageZh">For the reader, in Chinese.</param>
/// <param name="MessageEn">For the reader, in English.</param>
public sealed record ImportFault(int Line, string Column, string Value, string Rule, string MessageZh, string MessageEn);
