namespace Aggregation.Contracts;

/// <summary>The alphabets of names that become part of keys. Neither contains '/', which separates a key's parts.</summary>
public static class Names
{
    /// <summary>The tenant that holds the platform's own streams; no customer can have it.</summary>
    public const string PlatformTenant = "platform";

    /// <summary>The tree by territory 块, which every tenant has.</summary>
    public const string Territory = "territory";

    private const string UserPrefix = "user:";

    /// <summary>Longest name, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>What stands for a user with a token where others have a key's identifier.</summary>
    public static string ActorOf(string user) => UserPrefix + user;

    /// <summary>The user of an identifier that <see cref="ActorOf"/> made; empty for another.</summary>
    public static string UserOf(string actor) =>
        actor.StartsWith(UserPrefix, StringComparison.Ordinal) ? actor[UserPrefix.Length..] : "";

    /// <summary>Lower-case letters, digits and hyphens; starts with a letter.</summary>
    public static bool IsTenant(string? name) =>
        name is { Length: > 0 and <= MaxLength } && name[0] is >= 'a' and <= 'z' && AllOf(name, lowerOnly: true);

    /// <summary>Letters, digits, hyphens and dots; starts with a letter or digit. Unit codes, forms, periods, trees.</summary>
    public static bool IsCode(string? name) =>
        name is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(name[0]) && AllOf(name, lowerOnly: false);

    private static bool AllOf(string name, bool lowerOnly)
    {
        foreach (var c in name)
        {
            var allowed = c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' || (!lowerOnly && c is >= 'A' and <= 'Z' or '.');
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }
}
