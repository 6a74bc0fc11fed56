using System.Globalization;

namespace Orleans;

/// <summary>Marks a type as one that may be part of a message or of stored state.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether primary constructor parameters are members too; always so for records.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }

    /// <summary>Which members take part without an <see cref="IdAttribute"/>.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; } = GenerateFieldIds.None;
}

/// <summary>How members without an <see cref="IdAttribute"/> are treated.</summary>
public enum GenerateFieldIds
{
    /// <summary>They are left out.</summary>
    None,

    /// <summary>Public properties take part.</summary>
    PublicProperties,
}

/// <summary>Gives a member its number, unique within its type and never reused.</summary>
/// <param name="id">The number.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct
    | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The number.</summary>
    public uint Id { get; } = id;
}

/// <summary>Gives a type or method a name that survives renames; a type's is unique over all types.</summary>
/// <param name="alias">The name.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Struct | AttributeTargets.Enum
    | AttributeTargets.Method, AllowMultiple = true)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias;
}

/// <summary>Promises that values do not change once sent, so that they are passed without a copy.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Field | AttributeTargets.Property
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class ImmutableAttribute : Attribute;

/// <summary>An abstract type without members of its own, invisible to the serializer.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SerializerTransparentAttribute : Attribute;

/// <summary>Sets the response timeout of one method.</summary>
/// <param name="timeout">The timeout as <see cref="TimeSpan.Parse(string)"/> reads it, for example <c>00:01:30</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute(string timeout) : Attribute
{
    /// <summary>The timeout.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);
}
