using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime.Messages;

/// <summary>Types marked for serialization, and tuples: copied member by member, or only looked into if immutable.</summary>
internal sealed class ObjectRule(Type type, List<Member> members, bool isImmutable) : TypeRule
{
    private readonly Member[] _members = [.. members];
    private readonly Member[] _open = [.. members.Where(static member => !TypeRules.IsStaticallyShared(member.Type))];
    private readonly ConstructorInfo? _constructor = type.GetConstructor(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
        []);

    public override object Copy(object value, CopyContext context)
    {
        if (isImmutable)
        {
            Check(value);
            return value;
        }

        if (!type.IsValueType && context.TryGet(value, out var known)) return known;
        var copy = _constructor is null ? RuntimeHelpers.GetUninitializedObject(type) : _constructor.Invoke([]);
        if (!type.IsValueType) context.Add(value, copy);
        foreach (var member in _members)
        {
            var part = member.Get(value);
            if (part is not null && Array.IndexOf(_open, member) >= 0)
                part = TypeRules.For(part.GetType()).Copy(part, context);
            member.Set(copy, part);
        }

        return copy;
    }

    public override void Check(object value)
    {
        foreach (var member in _open)
        {
            if (member.Get(value) is { } part) TypeRules.For(part.GetType()).Check(part);
        }
    }
}
