namespace Grpc.Core;

/// <summary>What a channel's connections are doing.</summary>
public enum ConnectivityState
{
    /// <summary>Not connected, and not asked to.</summary>
    Idle,

    Connecting,

    /// <summary>Able to carry calls.</summary>
    Ready,

    /// <summary>Failed; another attempt will follow.</summary>
    TransientFailure,

    /// <summary>Closed for good.</summary>
    Shutdown,
}
