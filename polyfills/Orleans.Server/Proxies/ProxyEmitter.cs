using System.Reflection;
using System.Reflection.Emit;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Proxies;

/// <summary>Emits, for an interface, a reference class with a call class per method.</summary>
internal static class ProxyEmitter
{
    private static readonly Lock Gate = new();

    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("Orleans.Proxies"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("Orleans.Proxies");

    private static readonly Type[] ProxyParameters = [typeof(SiloRuntime), typeof(GrainId), typeof(GrainInterfaceType)];

    private static int _count;

    public static Func<SiloRuntime, GrainId, GrainInterfaceType, GrainProxy> Emit(Type interfaceType)
    {
        InterfaceRules.Verify(interfaceType);
        lock (Gate)
        {
            var name = $"Proxy_{interfaceType.Name}_{++_count}";
            var proxy = Module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainProxy), [interfaceType]);
            DefineConstructor(proxy);
            foreach (var method in InterfaceRules.Methods(interfaceType)) DefineMethod(proxy, interfaceType, method, $"{name}_{++_count}");
            var type = proxy.CreateType();
            return Constructor(type);
        }
    }

    private static void DefineConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, ProxyParameters);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainProxy).GetConstructor(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, ProxyParameters)!);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder proxy, Type interfaceType, MethodInfo method, string callName)
    {
        var call = CallEmitter.Emit(Module, new MethodEntry(interfaceType, method), callName);
        var parameters = method.GetParameters();
        var implementation = proxy.DefineMethod(
            $"{method.DeclaringType!.Name}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot,
            method.ReturnType,
            [.. parameters.Select(static parameter => parameter.ParameterType)]);
        var il = implementation.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, call.GetConstructor([])!);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            EmitCopy(il, method, parameters[i]);
            il.Emit(OpCodes.Stfld, call.GetField(CallEmitter.Field(i))!);
        }

        il.Emit(OpCodes.Call, SendMethod(method.ReturnType));
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(implementation, method);
    }

    private static void EmitCopy(ILGenerator il, MethodInfo method, ParameterInfo parameter)
    {
        if (Messages.TypeRules.IsStaticallyShared(parameter.ParameterType)) return;
        var name = parameter.IsDefined(typeof(ImmutableAttribute))
            ? nameof(GrainProxy.ImmutableArgument)
            : nameof(GrainProxy.Argument);
        il.Emit(OpCodes.Ldstr, $"{parameter.Name} of {method.DeclaringType!.Name}.{method.Name}");
        il.Emit(OpCodes.Call, typeof(GrainProxy).GetMethod(name)!.MakeGenericMethod(parameter.ParameterType));
    }

    private static MethodInfo SendMethod(Type returnType)
    {
        if (returnType == typeof(void)) return typeof(GrainProxy).GetMethod(nameof(GrainProxy.SendVoid))!;
        if (returnType == typeof(Task)) return typeof(GrainProxy).GetMethod(nameof(GrainProxy.SendTask))!;
        if (returnType == typeof(ValueTask)) return typeof(GrainProxy).GetMethod(nameof(GrainProxy.SendValueTask))!;
        var name = returnType.GetGenericTypeDefinition() == typeof(Task<>)
            ? nameof(GrainProxy.SendTaskOf)
            : nameof(GrainProxy.SendValueTaskOf);
        return typeof(GrainProxy).GetMethod(name)!.MakeGenericMethod(returnType.GetGenericArguments());
    }

    private static Func<SiloRuntime, GrainId, GrainInterfaceType, GrainProxy> Constructor(Type type)
    {
        var method = new DynamicMethod($"New_{type.Name}", typeof(GrainProxy), ProxyParameters, typeof(ProxyEmitter).Module, true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, type.GetConstructor(ProxyParameters)!);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<SiloRuntime, GrainId, GrainInterfaceType, GrainProxy>>();
    }
}
