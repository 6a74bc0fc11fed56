namespace Aggregation.Faults.Load;

/// <summary>Somebody who asks for things, one after the other, and forgets nothing that was not answered.</summary>
internal interface ILoad
{
    /// <summary>Loads the server until the phase is over.</summary>
    Task RunAsync(Phase phase);

    /// <summary>Sends again until no outcome is unknown.</summary>
    Task SettleAsync(Phase phase);
}
