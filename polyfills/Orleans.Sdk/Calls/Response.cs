namespace Orleans.Serialization.Invocation;

/// <summary>The outcome of a call: a result or an exception.</summary>
public abstract class Response : IDisposable
{
    /// <summary>The outcome of a call without a result.</summary>
    public static Response Completed { get; } = new Outcome();

    /// <summary>The result, or null.</summary>
    /// <exception cref="Exception">The call's own exception, if it failed.</exception>
    public abstract object? Result { get; set; }

    /// <summary>The exception, or null.</summary>
    public abstract Exception? Exception { get; set; }

    /// <summary>The outcome of a call that failed.</summary>
    public static Response FromException(Exception exception) => new Outcome { Exception = exception };

    /// <summary>The outcome of a call that returned <paramref name="value"/>.</summary>
    public static Response FromResult<TResult>(TResult value) => new Outcome { Result = value };

    public abstract void Dispose();

    private sealed class Outcome : Response
    {
        private object? _result;

        public override object? Result
        {
            get
            {
                if (Exception is { } exception) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
                return _result;
            }
            set => _result = value;
        }

        public override Exception? Exception { get; set; }

        public override void Dispose()
        {
        }
    }
}
