namespace Orleans.Serialization.Invocation;

/// <summary>Holds what a call is made on.</summary>
public interface ITargetHolder
{
    /// <summary>The object that is called.</summary>
    object? GetTarget();

    /// <summary>A component attached to it, or null.</summary>
    TComponent? GetComponent<TComponent>()
        where TComponent : class;
}
