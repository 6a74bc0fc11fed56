namespace Orleans.Runtime.Messages;

/// <summary>The copies made so far of one message, so that shared and cyclic references stay what they are.</summary>
internal sealed class CopyContext
{
    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    public bool TryGet(object original, out object copy) => _copies.TryGetValue(original, out copy!);

    public void Add(object original, object copy) => _copies[original] = copy;
}
