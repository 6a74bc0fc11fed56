using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Aggregation.Contracts;

namespace Aggregation.Gateway.Authentication;

/// <summary>The parts of <c>Bearer agk_tenant_keyid_secret</c>. The secret itself is not kept.</summary>
/// <param name="Tenant">Whose key it says it is.</param>
/// <param name="KeyId">12 lower-case hexadecimal digits.</param>
/// <param name="SecretHash">SHA-256 of the secret's text, lower-case hexadecimal.</param>
internal sealed record BearerKey(string Tenant, string KeyId, string SecretHash)
{
    public const string Scheme = "Bearer ";

    private const string Prefix = "agk_";
    private const int KeyIdLength = 12;
    private const int SecretLength = 64;

    /// <summary>Longest text that can be a key; a longer one is not looked at.</summary>
    public const int MaxLength = 7 + 4 + Names.MaxLength + 1 + KeyIdLength + 1 + SecretLength;

    public static bool TryParse(string authorization, [NotNullWhen(true)] out BearerKey? key)
    {
        key = null;
        if (authorization.Length > MaxLength || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var text = authorization.AsSpan(Scheme.Length);
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[Prefix.Length..];
        var tail = KeyIdLength + SecretLength + 2;
        if (text.Length <= tail || text[^tail] != '_' || text[^(SecretLength + 1)] != '_')
        {
            return false;
        }

        var tenant = text[..^tail].ToString();
        var keyId = text.Slice(text.Length - tail + 1, KeyIdLength);
        var secret = text[^SecretLength..];
        if (!Names.IsTenant(tenant) || !IsHexadecimal(keyId) || !IsHexadecimal(secret))
        {
            return false;
        }

        Span<byte> secretText = stackalloc byte[SecretLength];
        Encoding.ASCII.GetBytes(secret, secretText);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secretText, hash);
        key = new BearerKey(tenant, keyId.ToString(), Convert.ToHexStringLower(hash));
        return true;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
