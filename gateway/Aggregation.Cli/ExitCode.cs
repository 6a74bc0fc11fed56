namespace Aggregation.Cli;

/// <summary>What the process answers to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Refused by a rule: a check, a taken name, a stale revision, a limit. Sending the same again fails again.</summary>
    public const int Refused = 1;

    /// <summary>The command line or a given file is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>The server cannot be reached or cannot answer now. Sending the same again is safe.</summary>
    public const int Unavailable = 3;

    /// <summary>The key is missing, unknown or revoked, or lacks the right.</summary>
    public const int NotAllowed = 4;

    /// <summary>There is no such unit, form, submission or key.</summary>
    public const int NotFound = 5;

    /// <summary>Not done within --timeout.</summary>
    public const int TimedOut = 6;

    /// <summary>A fault of the server.</summary>
    public const int ServerFault = 70;

    /// <summary>Ctrl-C, as shells count it: 128 + SIGINT.</summary>
    public const int Cancelled = 130;
}
