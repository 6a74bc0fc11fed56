using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;

namespace Aggregation.Grains.Tenants;

/// <summary>What a check that an office defines must obey.</summary>
internal static class CheckRules
{
    /// <summary>Most checks that may be applied to one form: each costs every submission a little.</summary>
    public const int MostApplied = 200;

    /// <summary>The check, compiled.</summary>
    /// <param name="field">What the definition is in the request.</param>
    /// <exception cref="RefusedException">It cannot be; every fault is named.</exception>
    public static Check Compile(string field, Form form, CheckDefinition definition) =>
        OfficeCheckCompiler.Compile(form, OfficeCheckBook.ToDomain(definition), out var faults) ?? throw Refuse.Invalid(
            faults.Length == 1 ? $"{field}.{faults[0].Field} '{faults[0].Value}': {faults[0].MessageEn}" : $"{faults.Length} faults in the check.",
            [.. faults.Select(fault => new Violation
            {
                Field = $"{field}.{fault.Field}",
                Value = fault.Value,
                Rule = fault.Rule,
                MessageZh = fault.MessageZh,
                MessageEn = fault.MessageEn,
            })]);

    /// <exception cref="RefusedException">There are as many as may be.</exception>
    public static void RequireRoom(OfficeCheckBook checks, string form)
    {
        if (checks.All.Count(check => check.Definition.Form == form && check.RetiredAt is null) >= MostApplied)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition, $"Form {form} has {MostApplied} checks of this office, the most there may be; retire one first.");
        }
    }
}
