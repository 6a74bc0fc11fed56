using Aggregation.Contracts;
using Aggregation.Contracts.Persons;
using Aggregation.Grains.Tenants;

namespace Aggregation.Grains.Persons;

/// <summary>What may be kept of a person.</summary>
internal static class PersonRules
{
    private const int LongestName = 100;

    /// <summary>Longest path of a mailbox, RFC 5321 section 4.5.3.1.3, less its angle brackets.</summary>
    private const int LongestEmail = 254;

    private const int LongestPhone = 40;

    /// <exception cref="RefusedException">A field cannot stand; field, value and rule are named.</exception>
    public static void Require(PersonDetails details)
    {
        KeyRules.RequireUser(details.User);
        RequireLine("name", details.Name, LongestName);
        RequireLine("email", details.Email, LongestEmail);
        RequireLine("phone", details.Phone, LongestPhone);
        var at = details.Email.IndexOf('@', StringComparison.Ordinal);
        if (details.Email.Length > 0 && (at < 1 || at == details.Email.Length - 1))
        {
            throw Refuse.Invalid("email", details.Email, "somebody@somewhere", "应为电子邮箱地址", "is an e-mail address");
        }
    }

    private static void RequireLine(string field, string text, int longest)
    {
        if (text.Length > longest || text.Any(char.IsControl))
        {
            throw Refuse.Invalid(
                field, text.Length > longest ? text[..longest] : text, $"0–{longest} characters, none a control character",
                $"应有 0 至 {longest} 个字符，不含控制字符", $"has 0 to {longest} characters and no control character");
        }
    }
}
