using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Proxies;

/// <summary>Emits the class whose objects are the calls of one method: a field per argument.</summary>
internal static class CallEmitter
{
    private const string EntryField = "Entry";

    private const MethodAttributes Override =
        MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig;

    public static string Field(int index) => $"Argument{index}";

    public static Type Emit(ModuleBuilder module, MethodEntry entry, string name)
    {
        var method = entry.Method;
        var parent = ResultType(method.ReturnType) is { } result ? typeof(GrainCall<>).MakeGenericType(result) : typeof(VoidCall);
        var type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, parent);
        var entryField = type.DefineField(EntryField, typeof(MethodEntry), FieldAttributes.Public | FieldAttributes.Static);
        var fields = method.GetParameters()
            .Select((parameter, i) => type.DefineField(Field(i), parameter.ParameterType, FieldAttributes.Public))
            .ToArray();
        DefineConstructor(type, parent);
        DefineEntry(type, parent, entryField);
        DefineBegin(type, parent, method, fields);
        DefineArguments(type, fields);
        DefineToken(type, fields);
        var created = type.CreateType();
        created.GetField(EntryField)!.SetValue(null, entry);
        return created;
    }

    private static Type? ResultType(Type returnType) => returnType.IsGenericType ? returnType.GetGenericArguments()[0] : null;

    private static void DefineConstructor(TypeBuilder type, Type parent)
    {
        var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, []).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, parent.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [])!);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineEntry(TypeBuilder type, Type parent, FieldBuilder entry)
    {
        var il = Define(type, parent.GetProperty(nameof(GrainCall.Method))!.GetMethod!);
        il.Emit(OpCodes.Ldsfld, entry);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineBegin(TypeBuilder type, Type parent, MethodInfo method, FieldBuilder[] fields)
    {
        var il = Define(type, parent.GetMethod(nameof(GrainCall<int>.Begin))!);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType!);
        foreach (var field in fields)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
        }

        il.Emit(OpCodes.Callvirt, method);
        if (method.ReturnType == typeof(void))
        {
            il.Emit(OpCodes.Call, typeof(Task).GetProperty(nameof(Task.CompletedTask))!.GetMethod!);
        }
        else if (method.ReturnType.IsValueType)
        {
            var local = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Stloc, local);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Call, method.ReturnType.GetMethod(nameof(ValueTask.AsTask))!);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void DefineArguments(TypeBuilder type, FieldBuilder[] fields)
    {
        var count = Define(type, typeof(GrainCall).GetMethod(nameof(GrainCall.GetArgumentCount))!);
        count.Emit(OpCodes.Ldc_I4, fields.Length);
        count.Emit(OpCodes.Ret);
        DefineAccess(type, typeof(GrainCall).GetMethod(nameof(GrainCall.GetArgument))!, fields, static (il, field) =>
        {
            il.Emit(OpCodes.Ldfld, field);
            if (field.FieldType.IsValueType) il.Emit(OpCodes.Box, field.FieldType);
        });
        DefineAccess(type, typeof(GrainCall).GetMethod(nameof(GrainCall.SetArgument))!, fields, static (il, field) =>
        {
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Unbox_Any, field.FieldType);
            il.Emit(OpCodes.Stfld, field);
        });
    }

    private static void DefineAccess(
        TypeBuilder type,
        MethodInfo method,
        FieldBuilder[] fields,
        Action<ILGenerator, FieldBuilder> access)
    {
        var il = Define(type, method);
        var labels = fields.Select(_ => il.DefineLabel()).ToArray();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Switch, labels);
        il.Emit(OpCodes.Ldstr, "index");
        il.Emit(OpCodes.Newobj, typeof(ArgumentOutOfRangeException).GetConstructor([typeof(string)])!);
        il.Emit(OpCodes.Throw);
        for (var i = 0; i < fields.Length; i++)
        {
            il.MarkLabel(labels[i]);
            il.Emit(OpCodes.Ldarg_0);
            access(il, fields[i]);
            il.Emit(OpCodes.Ret);
        }
    }

    private static void DefineToken(TypeBuilder type, FieldBuilder[] fields)
    {
        if (Array.Find(fields, static field => field.FieldType == typeof(CancellationToken)) is not { } token) return;
        var get = Define(type, typeof(GrainCall).GetMethod(nameof(GrainCall.GetCancellationToken))!);
        get.Emit(OpCodes.Ldarg_0);
        get.Emit(OpCodes.Ldfld, token);
        get.Emit(OpCodes.Ret);
        var set = Define(type, typeof(GrainCall).GetMethod(nameof(GrainCall.SetCancellationToken))!);
        set.Emit(OpCodes.Ldarg_0);
        set.Emit(OpCodes.Ldarg_1);
        set.Emit(OpCodes.Stfld, token);
        set.Emit(OpCodes.Ret);
    }

    private static ILGenerator Define(TypeBuilder type, MethodInfo overridden)
    {
        var method = type.DefineMethod(
            overridden.Name,
            Override | (overridden.IsSpecialName ? MethodAttributes.SpecialName : 0),
            overridden.ReturnType,
            [.. overridden.GetParameters().Select(static parameter => parameter.ParameterType)]);
        type.DefineMethodOverride(method, overridden);
        return method.GetILGenerator();
    }
}
