namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>A type, or one of its members, that one assembly asks another for.</summary>
/// <param name="Member">Null for the type itself.</param>
/// <param name="Signature">As <see cref="SignatureText"/> writes it.</param>
internal sealed record MemberOf(string Assembly, string Type, string? Member, string? Signature)
{
    public override string ToString() => Member is null ? Type : $"{Type}.{Member} {Signature}";
}
