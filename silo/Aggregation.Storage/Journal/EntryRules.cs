using System.Buffers;
using System.Text;
using Aggregation.Domain.Chains;

namespace Aggregation.Storage.Journal;

/// <summary>What every entry must be before a journal takes it.</summary>
internal static class EntryRules
{
    /// <summary>Characters: far above any name of ours, and one such name still fits into an index.</summary>
    private const int MaxText = 400;

    /// <exception cref="ArgumentException">Names the field, its value and the rule.</exception>
    public static void Require(NewEntry entry)
    {
        RequireText(entry, nameof(entry.Tenant), entry.Tenant);
        RequireText(entry, nameof(entry.Stream), entry.Stream);
        RequireText(entry, nameof(entry.Kind), entry.Kind);
        RequireText(entry, nameof(entry.Actor), entry.Actor);
        RequireText(entry, nameof(entry.Unit), entry.Unit);
        RequireText(entry, nameof(entry.RequestId), entry.RequestId);
        RequireText(entry, "Latest.Form", entry.Latest?.Form);
        RequireText(entry, "Latest.Period", entry.Latest?.Period);
        RequireText(entry, "Latest.Unit", entry.Latest?.Unit);
        if (entry.Version < 1)
        {
            throw new ArgumentException($"Version is {entry.Version}; it must be at least 1.", nameof(entry));
        }

        if (entry.PreviousHash.Length != (entry.Version == 1 ? 0 : 32))
        {
            throw new ArgumentException(
                $"PreviousHash of version {entry.Version} has {entry.PreviousHash.Length} bytes; it must have 32, and none for version 1.",
                nameof(entry));
        }

        if (!entry.Hash.Span.SequenceEqual(EntryHash.Of(entry)))
        {
            throw new ArgumentException("Hash is not what EntryHash.Of gives for the entry.", nameof(entry));
        }

        if (entry.Latest is { } latest && (latest.Version != entry.Version || !latest.Hash.Span.SequenceEqual(entry.Hash.Span)))
        {
            throw new ArgumentException(
                $"Latest has version {latest.Version}; its version and hash must be those of the entry, version {entry.Version}.",
                nameof(entry));
        }
    }

    /// <summary>What is wrong with an entry that is not the first, in a stream that is empty.</summary>
    public static ArgumentException FollowsNothing(NewEntry entry) => new(
        $"Version {entry.Version} of stream '{entry.Stream}' of tenant '{entry.Tenant}' follows nothing: the stream is empty, so the version must be 1.");

    /// <summary>
    /// Databases differ in what they do with a zero or half a character: refuse it, cut the text there, or replace it.
    /// They differ too in how long a key may be.
    /// </summary>
    private static void RequireText(NewEntry entry, string field, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length > MaxText)
        {
            throw new ArgumentException($"{field} has {text.Length} characters; it must have at most {MaxText}.", nameof(entry));
        }

        if (text.Contains('\0', StringComparison.Ordinal) || HasHalfACharacter(text))
        {
            throw new ArgumentException(
                $"{field} has a character that no text may have (U+0000, or half of a pair) in its {text.Length}.", nameof(entry));
        }
    }

    private static bool HasHalfACharacter(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return false;
        }

        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
            {
                return true;
            }

            rest = rest[length..];
        }

        return false;
    }
}
