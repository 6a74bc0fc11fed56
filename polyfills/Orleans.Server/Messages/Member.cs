using System.Reflection;
using System.Reflection.Emit;

namespace Orleans.Runtime.Messages;

/// <summary>One field or property of a message type, with compiled access that ignores visibility and init-only.</summary>
internal sealed class Member
{
    private readonly MemberInfo _info;
    private Func<object, object?>? _get;
    private Action<object, object?>? _set;

    public Member(FieldInfo field) => (_info, Type) = (field, field.FieldType);

    public Member(PropertyInfo property)
    {
        var backing = property.DeclaringType!.GetField(
            $"<{property.Name}>k__BackingField",
            BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
        _info = backing ?? (MemberInfo)property;
        Type = property.PropertyType;
    }

    public Type Type { get; }

    public object? Get(object target) => (_get ??= CompileGet())(target);

    public void Set(object target, object? value) => (_set ??= CompileSet())(target, value);

    private Func<object, object?> CompileGet()
    {
        var method = new DynamicMethod("Get", typeof(object), [typeof(object)], typeof(Member).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        LoadTarget(il);
        if (_info is FieldInfo field) il.Emit(OpCodes.Ldfld, field);
        else il.Emit(OpCodes.Call, ((PropertyInfo)_info).GetMethod!);
        if (Type.IsValueType) il.Emit(OpCodes.Box, Type);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<object, object?>>();
    }

    private Action<object, object?> CompileSet()
    {
        var method = new DynamicMethod("Set", null, [typeof(object), typeof(object)], typeof(Member).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        LoadTarget(il);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Unbox_Any, Type);
        if (_info is FieldInfo field) il.Emit(OpCodes.Stfld, field);
        else il.Emit(OpCodes.Call, ((PropertyInfo)_info).SetMethod!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Action<object, object?>>();
    }

    private void LoadTarget(ILGenerator il)
    {
        var owner = _info.DeclaringType!;
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(owner.IsValueType ? OpCodes.Unbox : OpCodes.Castclass, owner);
    }
}
