using System.Diagnostics;

namespace Orleans.Configuration;

/// <summary>Options of calls, common to silos and clients.</summary>
public abstract class MessagingOptions
{
    private TimeSpan _responseTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a caller waits for the outcome of a call. Default: 30 seconds; with a debugger attached, 30 minutes.
    /// </summary>
    public TimeSpan ResponseTimeout
    {
        get => Debugger.IsAttached ? ResponseTimeoutWithDebugger : _responseTimeout;
        set => _responseTimeout = value;
    }

    /// <summary>The timeout while a debugger is attached. Default: 30 minutes.</summary>
    public TimeSpan ResponseTimeoutWithDebugger { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether the cancellation token of a call that times out is cancelled. Default: yes.</summary>
    public bool CancelRequestOnTimeout { get; set; } = true;
}
