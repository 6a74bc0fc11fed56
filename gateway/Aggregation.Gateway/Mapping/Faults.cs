using Aggregation.Contracts;
using Aggregation.Domain.Texts;
using Aggregation.Gateway.Limits;

namespace Aggregation.Gateway.Mapping;

/// <summary>What is wrong with a request before any grain is asked: its form, not its meaning.</summary>
internal static class Faults
{
    public const string CodeRule = "[A-Za-z0-9][A-Za-z0-9.-]{0,63}";
    public const string TenantRule = "[a-z][a-z0-9-]{0,63}";
    public const string DateRule = "YYYY-MM-DD";

    public static RefusedException Refuse(params ReadOnlySpan<Violation> violations) => new(
        RefusalKind.Invalid,
        violations.Length == 1 ? $"{violations[0].Field}: {violations[0].MessageEn}" : $"The request breaks {violations.Length} rules.",
        [.. violations]);

    public static RefusedException TooMuch(string field, long value, long most) => new(
        RefusalKind.TooMuch,
        $"{field}: {value} is more than the {most} allowed.",
        [
            new Violation
            {
                Field = field,
                Value = $"{value}",
                Rule = $"<= {most}",
                MessageZh = $"超过上限 {most}。",
                MessageEn = $"More than the {most} allowed.",
            },
        ]);

    /// <param name="limit">The smallest limit that applies.</param>
    /// <param name="size">In bytes; null where the message was not read so far.</param>
    public static RefusedException MessageTooLarge(MessageLimit limit, long? size = null) => new(
        RefusalKind.TooMuch,
        $"The request is larger than the {limit.Bytes} bytes allowed ({limit.Setting}).",
        [
            new Violation
            {
                Field = "request",
                Value = size is null ? "" : $"{size}",
                Rule = $"<= {limit.Bytes} bytes ({limit.Setting})",
                MessageZh = $"请求超过上限 {limit.Bytes} 字节（{limit.Setting}）。",
                MessageEn = $"Is larger than the {limit.Bytes} bytes allowed ({limit.Setting}).",
            },
        ]);

    public static Violation Missing(string field) => new()
    {
        Field = field,
        Rule = "required",
        MessageZh = "必须提供。",
        MessageEn = "Must be given.",
    };

    /// <summary>Not a text, or not one of this field; where in it, the messages say.</summary>
    public static Violation Text(string field, string value, TextFault fault) => new()
    {
        Field = field,
        Value = Shown(PlainText.Shown(value)),
        Rule = fault.Rule,
        MessageZh = $"{fault.MessageZh}。",
        MessageEn = $"{char.ToUpperInvariant(fault.MessageEn[0])}{fault.MessageEn.AsSpan(1)}.",
    };

    public static Violation TooLong(string field, string value, int longest) => new()
    {
        Field = field,
        Value = Shown(PlainText.Shown(value.Length <= 200 ? value : value[..200])),
        Rule = $"<= {longest} characters",
        MessageZh = $"有 {value.Length} 个字符，至多 {longest} 个。",
        MessageEn = $"Has {value.Length} characters; at most {longest} are taken.",
    };

    /// <summary>Not a unit code, form, period or tree.</summary>
    public static Violation Code(string field, string value) => value.Length == 0 ? Missing(field) : new()
    {
        Field = field,
        Value = Shown(value),
        Rule = CodeRule,
        MessageZh = "应为 1 至 64 个字母、数字、连字符或点,以字母或数字开头。",
        MessageEn = "Must be 1 to 64 letters, digits, hyphens or dots, starting with a letter or digit.",
    };

    public static Violation Tenant(string field, string value) => value.Length == 0 ? Missing(field) : new()
    {
        Field = field,
        Value = Shown(value),
        Rule = TenantRule,
        MessageZh = "应为 1 至 64 个小写字母、数字或连字符,以字母开头。",
        MessageEn = "Must be 1 to 64 lower-case letters, digits or hyphens, starting with a letter.",
    };

    public static Violation Date(string field, string value) => new()
    {
        Field = field,
        Value = Shown(value),
        Rule = DateRule,
        MessageZh = "应为真实存在的日期,格式为年-月-日。",
        MessageEn = "Must be a date that exists, as year-month-day.",
    };

    /// <summary>Not a point in time that a Timestamp can have.</summary>
    public static Violation Instant(string field, long seconds) => new()
    {
        Field = field,
        Value = $"{seconds}",
        Rule = "0001-01-01T00:00:00Z..9999-12-31T23:59:59.999999999Z",
        MessageZh = "应为公元 1 年至 9999 年之间的时刻。",
        MessageEn = "Must be an instant of the years 1 to 9999.",
    };

    /// <summary>Given where this call has no use for it.</summary>
    public static Violation NotTaken(string field, string rule) => new()
    {
        Field = field,
        Rule = rule,
        MessageZh = "此调用不接受该项。",
        MessageEn = "Is not taken by this call.",
    };

    public static Violation OutOfRange(string field, long value, long least, long most) => new()
    {
        Field = field,
        Value = $"{value}",
        Rule = $"{least}..{most}",
        MessageZh = $"应在 {least} 至 {most} 之间。",
        MessageEn = $"Must be from {least} to {most}.",
    };

    public static Violation Unknown(string field, string value, string rule) => new()
    {
        Field = field,
        Value = Shown(value),
        Rule = rule,
        MessageZh = "没有这样的值。",
        MessageEn = "There is no such value.",
    };

    /// <summary>A chunk of an export that is not the one that was sent, or not the next one.</summary>
    public static Violation Chunk(long expected, V1.TransferChunk chunk) => new()
    {
        Field = $"chunks[{expected}].checksum",
        Value = $"{chunk.Number}: {Shown(Convert.ToHexStringLower(chunk.Checksum.Span))}",
        Rule = "SHA-256(previous checksum, number, body)",
        MessageZh = "数据块与其校验和不符,或次序不对。",
        MessageEn = "The chunk is not what its checksum says, or not the next one.",
    };

    /// <summary>Echoes enough of a value to know it again, and no more.</summary>
    private static string Shown(string value) => value.Length <= 100 ? value : $"{value.AsSpan(0, 100)}…";
}
