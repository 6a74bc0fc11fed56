using System.Collections.Immutable;
using Orleans.Serialization;

namespace Orleans.Runtime.Messages;

/// <summary>Refuses values of the request context that could not be sent.</summary>
internal static class MessageContext
{
    public static void Verify(ImmutableDictionary<string, object> context)
    {
        foreach (var (key, value) in context)
        {
            if (value is null) continue;
            try
            {
                TypeRules.For(value.GetType()).Check(value);
            }
            catch (CodecNotFoundException e)
            {
                throw new CodecNotFoundException($"RequestContext value \"{key}\": {e.Message}");
            }
        }
    }
}
