namespace Aggregation.Domain.Forms.Checks;

/// <summary>A check that an office defines for a form, beside the form's own.</summary>
/// <param name="Id">As a code; an explanation is given for it.</param>
/// <param name="Rule">In the language of the form's own checks.</param>
/// <param name="MessageZh">What is wrong when the rule does not hold; <c>{left}</c> and <c>{right}</c> stand for the sides.</param>
/// <param name="MessageEn">The same in English.</param>
public sealed record OfficeCheck(string Id, Severity Severity, string Rule, string MessageZh, string MessageEn);

/// <summary>Why an office's check cannot be.</summary>
/// <param name="Field">The part concerned: <c>check_id</c>, <c>rule</c>, <c>message_zh</c> or <c>message_en</c>.</param>
/// <param name="Rule">What it should obey; of a faulty expression, where it goes wrong and why.</param>
public sealed record OfficeCheckFault(string Field, string Value, string Rule, string MessageZh, string MessageEn);
