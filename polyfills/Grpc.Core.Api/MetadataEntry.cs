using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One key with its value: text, or bytes where the key ends in <see cref="BinaryHeaderSuffix"/>.</summary>
    public class Entry
    {
        private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

        private readonly string? text;
        private readonly byte[]? bytes;

        public Entry(string key, byte[] valueBytes)
        {
            Key = Normalize(key);
            if (!IsBinary)
                throw new ArgumentException($"Metadata key '{Key}' has a binary value but does not end in '{BinaryHeaderSuffix}'", nameof(key));

            ArgumentNullException.ThrowIfNull(valueBytes);
            bytes = valueBytes.AsSpan().ToArray();
        }

        public Entry(string key, string value)
        {
            Key = Normalize(key);
            if (IsBinary)
                throw new ArgumentException($"Metadata key '{Key}' has a text value but ends in '{BinaryHeaderSuffix}'", nameof(key));

            ArgumentNullException.ThrowIfNull(value);
            text = value;
        }

        /// <summary>In lower case.</summary>
        public string Key { get; }

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>A copy of the bytes; of a text entry its ASCII bytes.</summary>
        public byte[] ValueBytes => bytes is null ? Encoding.ASCII.GetBytes(text!) : bytes.AsSpan().ToArray();

        /// <summary>The text; a binary entry throws <see cref="InvalidOperationException"/>.</summary>
        public string Value => text
            ?? throw new InvalidOperationException($"Metadata entry '{Key}' is binary: it has no text value");

        public override string ToString() => bytes is null
            ? $"[Entry: key={Key}, value={text}]"
            : $"[Entry: key={Key}, valueBytes={Convert.ToBase64String(bytes)}]";

        internal bool KeyEquals(string other) => string.Equals(Key, other, StringComparison.OrdinalIgnoreCase);

        private static string Normalize(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            var lower = key.ToLowerInvariant();
            if (lower.AsSpan().ContainsAnyExcept(KeyCharacters))
                throw new ArgumentException($"Metadata key '{key}' may hold only letters, digits, '.', '_' and '-'", nameof(key));

            return lower;
        }
    }
}
