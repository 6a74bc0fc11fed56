namespace Grpc.Core;

/// <summary>The outcome of a call: code, text for the caller, and the local exception behind it, which never travels.</summary>
public readonly struct Status(StatusCode statusCode, string detail, Exception? debugException)
{
    /// <summary>Success without a text.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, string.Empty);

    /// <summary>Cancelled without a text.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, string.Empty);

    private readonly string? detail = detail;

    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    public StatusCode StatusCode { get; } = statusCode;

    /// <summary>Text for the caller; empty in a default value.</summary>
    public string Detail => detail ?? string.Empty;

    public Exception? DebugException { get; } = debugException;

    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\")";
}
