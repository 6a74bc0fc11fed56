using Orleans.Serialization;

namespace Orleans.Runtime.Messages;

/// <summary>What happens to values of one runtime type when they are sent.</summary>
internal abstract class TypeRule
{
    /// <summary>Whether values are passed as they are, without being looked into.</summary>
    public virtual bool IsShared => false;

    /// <summary>A copy that shares nothing mutable with <paramref name="value"/>.</summary>
    public abstract object Copy(object value, CopyContext context);

    /// <summary>Refuses <paramref name="value"/> if something in it could not be serialized.</summary>
    public abstract void Check(object value);
}

/// <summary>Values that nobody can change.</summary>
internal sealed class SharedRule : TypeRule
{
    public static readonly SharedRule Instance = new();

    public override bool IsShared => true;

    public override object Copy(object value, CopyContext context) => value;

    public override void Check(object value)
    {
    }
}

/// <summary>Values that the real runtime could not send to another process.</summary>
internal sealed class RefusedRule(string reason) : TypeRule
{
    public string Reason { get; } = reason;

    public override object Copy(object value, CopyContext context) => throw new CodecNotFoundException(Reason);

    public override void Check(object value) => throw new CodecNotFoundException(Reason);
}
