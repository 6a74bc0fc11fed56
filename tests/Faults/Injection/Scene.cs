using Aggregation.Faults.Runs;
using Aggregation.JumpingClock;

namespace Aggregation.Faults.Injection;

/// <summary>What a fault happens to.</summary>
/// <param name="Random">Of the run's seed.</param>
internal sealed record Scene(Server Server, ClockFile Clock, Random Random);
