using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Domain.Texts;
using Aggregation.Gateway.Mapping;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Aggregation.Gateway.Texts;

/// <summary>
/// The one rule for every text of a request, looked for by its type's descriptor, so that no field is forgotten. What is inside bytes, as
/// the entries of an export are, is no text that somebody gives: it is what a journal has, and vouched for by its hashes.
/// </summary>
internal static class RequestTexts
{
    /// <summary>Fields whose items are answered one by one, each with its own faults; whoever answers them asks for each.</summary>
    private static readonly ImmutableHashSet<string> AnsweredByItem = [$"{V1.AcceptManyRequest.Descriptor.FullName}.items"];

    private static readonly ConcurrentDictionary<MessageDescriptor, Plan> Plans = new();

    /// <exception cref="RefusedException">A text is not what it must be; every such field is named, with the place in it.</exception>
    public static void Require(IMessage request)
    {
        if (!IsClean(request, PlanOf(request.Descriptor)))
        {
            var violations = new List<Violation>();
            Collect(request, PlanOf(request.Descriptor), "", violations);
            throw Faults.Refuse([.. violations]);
        }
    }

    /// <summary>Nearly every request is, and then nothing else is made of it.</summary>
    private static bool IsClean(IMessage message, Plan plan)
    {
        foreach (var (field, rule) in plan.Texts)
        {
            if (field.IsRepeated)
            {
                foreach (string text in (IList)field.Accessor.GetValue(message))
                {
                    if (!IsClean(text, rule))
                    {
                        return false;
                    }
                }
            }
            else if (!IsClean((string)field.Accessor.GetValue(message), rule))
            {
                return false;
            }
        }

        foreach (var (field, inner) in plan.Messages)
        {
            if (field.IsRepeated)
            {
                foreach (IMessage item in (IList)field.Accessor.GetValue(message))
                {
                    if (!IsClean(item, inner.Value))
                    {
                        return false;
                    }
                }
            }
            else if (field.Accessor.GetValue(message) is IMessage part && !IsClean(part, inner.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsClean(string text, TextField rule) => text.Length <= rule.Longest && PlainText.Find(text, rule.Kind) is null;

    private static void Collect(IMessage message, Plan plan, string path, List<Violation> violations)
    {
        foreach (var (field, rule) in plan.Texts)
        {
            foreach (var (text, name) in Items<string>(message, field, path))
            {
                if (text.Length > rule.Longest)
                {
                    violations.Add(Faults.TooLong(name, text, rule.Longest));
                }
                else if (PlainText.Find(text, rule.Kind) is { } fault)
                {
                    violations.Add(Faults.Text(rule.Kind == TextKind.File ? string.Create(CultureInfo.InvariantCulture, $"{name}[{fault.Line}]") : name, text, fault));
                }
            }
        }

        foreach (var (field, inner) in plan.Messages)
        {
            foreach (var (part, name) in Items<IMessage>(message, field, path))
            {
                Collect(part, inner.Value, name + ".", violations);
            }
        }
    }

    private static IEnumerable<(T Value, string Name)> Items<T>(IMessage message, FieldDescriptor field, string path)
        where T : class
    {
        if (!field.IsRepeated)
        {
            return field.Accessor.GetValue(message) is T value ? [(value, path + field.Name)] : [];
        }

        return ((IList)field.Accessor.GetValue(message)).Cast<T>()
            .Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{path}{field.Name}[{i}]")));
    }

    private static Plan PlanOf(MessageDescriptor type) => Plans.GetOrAdd(type, static type => new Plan(type));

    /// <summary>A type's fields with texts in them, at whatever depth; numbers are not looked at.</summary>
    private sealed class Plan(MessageDescriptor type)
    {
        public ImmutableArray<(FieldDescriptor Field, TextField Rule)> Texts { get; } =
        [
            .. type.Fields.InFieldNumberOrder().Where(static field => field.FieldType == FieldType.String)
                .Select(static field => (field, TextField.Of(field))),
        ];

        public ImmutableArray<(FieldDescriptor Field, Lazy<Plan> Plan)> Messages { get; } =
        [
            .. type.Fields.InFieldNumberOrder()
                .Where(static field => field.FieldType == FieldType.Message && !AnsweredByItem.Contains(field.FullName) && HasText(field.MessageType, []))
                .Select(static field => (field, new Lazy<Plan>(() => PlanOf(field.MessageType)))),
        ];

        private static bool HasText(MessageDescriptor type, HashSet<MessageDescriptor> seen) => seen.Add(type) && type.Fields.InFieldNumberOrder()
            .Any(field => field.FieldType == FieldType.String || (field.FieldType == FieldType.Message && HasText(field.MessageType, seen)));
    }
}
