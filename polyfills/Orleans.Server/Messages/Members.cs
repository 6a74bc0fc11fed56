using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime.Messages;

/// <summary>Finds the members of a type that take part in messages.</summary>
internal static class Members
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The members with an <see cref="IdAttribute"/>, and those of a record's primary constructor, bases first.</summary>
    public static List<Member> Of(Type type)
    {
        var members = new List<Member>();
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
            members.InsertRange(0, DeclaredOn(level));
        return members;
    }

    /// <summary>All fields, for tuples and pairs.</summary>
    public static List<Member> AllFields(Type type) => [.. type.GetFields(Declared).Select(static field => new Member(field))];

    /// <summary>Why a marked type cannot be sent after all; null if it can.</summary>
    public static string? Refusal(Type type)
    {
        // Upstream has a codec for what System.Exception itself holds, so exceptions may derive from it unmarked.
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType)
            && level != typeof(Exception); level = level.BaseType)
        {
            var isMarked = level.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)
                || level.IsDefined(typeof(SerializerTransparentAttribute), inherit: false);
            if (!isMarked && level.GetFields(Declared).Length > 0)
                return $"{type} derives from {level}, which has members but is not marked [GenerateSerializer].";
            if (DuplicateId(level) is { } id) return $"{level} has two members with [Id({id})]; ids are unique within a type.";
        }

        return null;
    }

    private static uint? DuplicateId(Type level)
    {
        var ids = level.GetFields(Declared).Cast<MemberInfo>().Concat(level.GetProperties(Declared))
            .Select(static member => member.GetCustomAttribute<IdAttribute>(inherit: false)?.Id)
            .OfType<uint>();
        var seen = new HashSet<uint>();
        foreach (var id in ids)
        {
            if (!seen.Add(id)) return id;
        }

        return null;
    }

    private static IEnumerable<Member> DeclaredOn(Type level)
    {
        var marker = level.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false);
        var primary = PrimaryParameters(level, marker);
        foreach (var field in level.GetFields(Declared))
        {
            if (field.IsDefined(typeof(IdAttribute), inherit: false)) yield return new Member(field);
            else if (Parameter(field) is { } name && primary.Contains(name)) yield return new Member(field);
        }

        foreach (var property in level.GetProperties(Declared).Where(property => property.GetIndexParameters().Length == 0))
        {
            var takesPart = property.IsDefined(typeof(IdAttribute), inherit: false)
                || primary.Contains(property.Name)
                || (marker?.GenerateFieldIds == GenerateFieldIds.PublicProperties && property is { CanRead: true, CanWrite: true });
            if (takesPart) yield return new Member(property);
        }
    }

    private static string? Parameter(FieldInfo field) =>
        field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal) ? field.Name[1..^2] : null;

    private static HashSet<string> PrimaryParameters(Type level, GenerateSerializerAttribute? marker)
    {
        var isRecord = level.GetMethod("PrintMembers", Declared) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        if (!isRecord && marker?.IncludePrimaryConstructorParameters != true) return [];
        return [.. level.GetConstructors(Declared).SelectMany(static constructor => constructor.GetParameters())
            .Select(static parameter => parameter.Name!)
            .Where(name => !isRecord || level.GetProperty(name, Declared) is not null)];
    }
}
