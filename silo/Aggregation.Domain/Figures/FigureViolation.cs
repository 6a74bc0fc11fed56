namespace Aggregation.Domain.Figures;

/// <summary>Why a figure as sent is no value of its cell; always a reason to refuse.</summary>
/// <param name="Cell">The code as sent.</param>
/// <param name="Value">The value as sent, in plain decimal digits.</param>
/// <param name="RuleZh">What the cell takes, in Chinese.</param>
/// <param name="RuleEn">The same in English.</param>
public sealed record FigureViolation(string Cell, string Value, string RuleZh, string RuleEn);
