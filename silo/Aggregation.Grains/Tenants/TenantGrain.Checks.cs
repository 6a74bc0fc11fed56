using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <content>Checks that the office defines beside those of the forms.</content>
internal sealed partial class TenantGrain
{
    public async Task<OfficeCheckView> DefineCheck(Caller caller, CheckDefinition definition)
    {
        var state = await AdministerAsync(caller);
        if (!forms.TryGet(definition.Form, out var form))
        {
            throw Refuse.NotFound("form", definition.Form);
        }

        CheckRules.Compile("check", form, definition);
        if (state.Checks.Find(definition.Form, definition.CheckId) is { } known)
        {
            // An answer may have been lost: the same check again is the same decision.
            return known.RetiredAt is null && known.Definition == definition
                ? known.ToView(form)
                : throw new RefusedException(
                    RefusalKind.AlreadyExists,
                    $"Check '{definition.CheckId}' of form {definition.Form} was defined before; explanations on file refer to it, so it takes another id.");
        }

        CheckRules.RequireRoom(state.Checks, form.Id);
        var after = await DecideAsync(state, EntryKinds.CheckDefined, new CheckDefinedEntry
        {
            Form = definition.Form,
            CheckId = definition.CheckId,
            Hard = definition.Severity == Severity.Hard,
            Rule = definition.Rule,
            MessageZh = definition.MessageZh,
            MessageEn = definition.MessageEn,
        }, caller);
        return after.Checks.Find(definition.Form, definition.CheckId)!.ToView(form);
    }

    public async Task<OfficeCheckView> RetireCheck(Caller caller, string form, string checkId)
    {
        var state = await AdministerAsync(caller);
        if (state.Checks.Find(form, checkId) is not { } known)
        {
            throw Refuse.NotFound($"check of the office for form {form}", checkId);
        }

        if (known.RetiredAt is null)
        {
            var entry = new CheckRetiredEntry { Form = form, CheckId = checkId };
            state = await DecideAsync(state, EntryKinds.CheckRetired, entry, caller);
        }

        return View(state.Checks.Find(form, checkId)!);
    }

    public async Task<ImmutableArray<OfficeCheckView>> ListChecks(Caller caller, string? form)
    {
        Access.RequireTenant(caller, Tenant);
        return [.. (await catalog.GetAsync(Tenant)).Checks.All.Where(check => form is null || check.Definition.Form == form).Select(View)];
    }

    private OfficeCheckView View(OfficeCheckRecord check) =>
        check.ToView(forms.TryGet(check.Definition.Form, out var form) ? form : null);
}
