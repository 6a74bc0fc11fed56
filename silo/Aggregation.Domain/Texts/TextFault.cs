namespace Aggregation.Domain.Texts;

/// <summary>Where a text is no text.</summary>
/// <param name="Line">From 1; lines end with a line feed.</param>
/// <param name="Character">Its number in the line, from 1.</param>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="MessageZh">What is there and what may be, in Chinese.</param>
/// <param name="MessageEn">The same in English.</param>
public sealed record TextFault(int Line, int Character, string Rule, string MessageZh, string MessageEn);
