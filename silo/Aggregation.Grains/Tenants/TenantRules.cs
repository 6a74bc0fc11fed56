using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Tenants;

/// <summary>What an administrator's request must obey.</summary>
internal static class TenantRules
{
    public static void RequireText(string field, string text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
        {
            throw Refuse.Invalid(field, text, $"1–{longest} characters",
                $"应有 1 至 {longest} 个字符", $"has 1 to {longest} characters");
        }
    }

    /// <exception cref="RefusedException">Reports would be accepted before anybody can have signed them.</exception>
    public static void RequireSettings(TenantSettings settings)
    {
        if (settings is { AutoAccept: true, RequireSignature: true })
        {
            throw Refuse.Invalid("settings.require_signature", "true", "auto_accept is false",
                "自动审核与须负责人签署不可并存", "leaves no time for a signature while reports are accepted as they are filed");
        }

        if (settings is { AutoAccept: true, FourEyes: true })
        {
            throw Refuse.Invalid("settings.four_eyes", "true", "auto_accept is false",
                "自动审核与四眼原则不可并存", "has nobody look while reports are accepted as they are filed");
        }
    }

    /// <summary>What settings come to that leave open whether four eyes are needed: they are where review begins, and else as before.</summary>
    /// <param name="asked">The new settings.</param>
    /// <param name="before">Those of now; of a new tenant, those of none.</param>
    public static TenantSettings Decided(TenantSettings asked, TenantSettings before) => asked with
    {
        FourEyes = !asked.AutoAccept && (asked.FourEyes ?? (before.AutoAccept || before.FourEyes is true)),
    };

    public static void RequireSubtree(string field, Subtree? subtree, AdministrativeStructure structure, DateOnly day)
    {
        if (subtree is null)
        {
            return;
        }

        // The whole territory may be granted before there is any unit in it; the tree is there from the start.
        var isTree = subtree.Tree == Names.Territory || structure.HasTree(subtree.Tree);
        if (!isTree)
        {
            throw Refuse.Invalid($"{field}.tree", subtree.Tree, "an existing tree", "机构树不存在", "there is no such tree");
        }

        if (subtree.Unit != Subtree.Everything
            && !(structure.HasTree(subtree.Tree) && structure.At(subtree.Tree, day).TryFind(subtree.Unit, out _)))
        {
            throw Refuse.Invalid($"{field}.unit", subtree.Unit, "a unit in force today, or *",
                "该机构树中没有此单位", "the tree has no such unit today");
        }
    }

    /// <param name="list">What the lines are of: <c>csv</c> or <c>changes</c>.</param>
    public static ImmutableArray<Violation> Violations(ImmutableArray<ImportFault> faults, string list = "csv") =>
    [
        .. faults.Select(fault => new Violation
        {
            Field = string.Create(CultureInfo.InvariantCulture, $"{list}[{fault.Line}].{fault.Column}"),
            Value = fault.Value,
            Rule = fault.Rule,
            MessageZh = fault.MessageZh,
            MessageEn = fault.MessageEn,
        }),
    ];
}
