using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>
/// Makes grain objects of one class: parameters marked by a facet come from its factory, all others from the services of
/// the activation.
/// </summary>
internal sealed class GrainConstructor
{
    private static readonly MethodInfo CreateState =
        typeof(IPersistentStateFactory).GetMethod(nameof(IPersistentStateFactory.Create))!;

    private readonly ObjectFactory _factory;
    private readonly List<Func<IGrainContext, object>> _facets = [];

    /// <exception cref="ArgumentException">A marked parameter is no <see cref="IPersistentState{TState}"/>.</exception>
    public GrainConstructor(Type grainClass)
    {
        var types = new List<Type>();
        foreach (var parameter in FacetParameters(grainClass))
        {
            types.Add(parameter.ParameterType);
            _facets.Add(StateOf(parameter));
        }

        _factory = ActivatorUtilities.CreateFactory(grainClass, [.. types]);
    }

    /// <summary>The grain of <paramref name="context"/>, which must be the current one.</summary>
    public object Create(IGrainContext context)
    {
        var arguments = new object?[_facets.Count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = _facets[i](context);
        return _factory(context.ActivationServices, arguments);
    }

    private static IEnumerable<ParameterInfo> FacetParameters(Type grainClass)
    {
        var constructors = grainClass.GetConstructors();
        var constructor = Array.Find(constructors, static c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? Array.Find(constructors, static c => Array.Exists(c.GetParameters(), IsFacet));
        return constructor?.GetParameters().Where(IsFacet) ?? [];
    }

    private static bool IsFacet(ParameterInfo parameter) => parameter.IsDefined(typeof(PersistentStateAttribute));

    private static Func<IGrainContext, object> StateOf(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new ArgumentException(
                $"Parameter '{parameter.Name}' of the constructor of '{parameter.Member.DeclaringType}' is marked [PersistentState] and must be an IPersistentState<T>; it is '{type}'.");
        }

        var attribute = parameter.GetCustomAttribute<PersistentStateAttribute>()!;
        var config = string.IsNullOrEmpty(attribute.StateName)
            ? new PersistentStateAttribute(parameter.Name!, attribute.StorageName)
            : attribute;
        var create = CreateState.MakeGenericMethod(type.GetGenericArguments());
        return context => create.Invoke(
            context.ActivationServices.GetRequiredService<IPersistentStateFactory>(),
            BindingFlags.DoNotWrapExceptions,
            binder: null,
            [context, config],
            culture: null)!;
    }
}
