namespace Aggregation.Domain.Structure;

/// <summary>
/// The rule for unit codes: a division code of six digits (GB/T 2260), one with a hyphen and a local suffix, or any
/// code of the same alphabet. The contracts' names follow the same rule; this is its one statement in the domain.
/// </summary>
public static class UnitCode
{
    /// <summary>Longest code, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>1–64 ASCII letters, digits, hyphens and dots, a letter or digit first and last.</summary>
    public static bool IsValid(string code)
    {
        if (code.Length is 0 or > MaxLength || !char.IsAsciiLetterOrDigit(code[0]) || !char.IsAsciiLetterOrDigit(code[^1]))
        {
            return false;
        }

        foreach (var c in code)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
