using System.Reflection;
using Aggregation.Contracts;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Tests;

/// <summary>What crosses the wire when a grain fails.</summary>
public sealed class SiloFailuresTests
{
    public static TheoryData<Exception> Answers =>
    [
        new RefusedException(RefusalKind.Stale, "stale"),
        new SiloFailureException("0123456789ab"),
        new OperationCanceledException("given up"),
        new TaskCanceledException("given up"),
        new TimeoutException("late", new IOException("cause")),
        new OrleansException("rejected", new InvalidOperationException("cause")),
    ];

    public static TheoryData<Exception> Failures =>
    [
        new OwnException(),
        new ArgumentException("s3cr3t"),
        new InvalidDataException("s3cr3t"),
        new KeyNotFoundException("s3cr3t"),
        new AggregateException(new OwnException()),
        new TimeoutException("late", new OwnException()),
        new OrleansException("rejected", new InvalidOperationException("cause", new OwnException())),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Call_AnswerOfAContract_IsPassedOn(Exception answer)
    {
        var log = new Lines();

        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => new SiloFailures(log).Invoke(Calling(answer)));

        Assert.Same(answer, thrown);
        Assert.Empty(log.All);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Call_Failure_IsAReferenceThatTheLogHas(Exception failure)
    {
        var log = new Lines();

        var thrown = await Assert.ThrowsAsync<SiloFailureException>(() => new SiloFailures(log).Invoke(Calling(failure)));

        Assert.Matches("^[0-9a-f]{12}$", thrown.Reference);
        Assert.DoesNotContain("s3cr3t", thrown.Message, StringComparison.Ordinal);
        Assert.Null(thrown.InnerException);
        var (line, exception) = Assert.Single(log.All);
        Assert.EndsWith($" failed, reference {thrown.Reference}.", line, StringComparison.Ordinal);
        Assert.Same(failure, exception);
    }

    [Fact]
    public async Task Call_Answered_IsPassedOn() => await new SiloFailures(new Lines()).Invoke(Calling(null));

    private static IIncomingGrainCallContext Calling(Exception? thrown)
    {
        var call = DispatchProxy.Create<IIncomingGrainCallContext, Call>();
        ((Call)(object)call).Thrown = thrown;
        return call;
    }

    private sealed class OwnException() : Exception("s3cr3t");

    public class Call : DispatchProxy
    {
        public Exception? Thrown { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            "Invoke" => Thrown is null ? Task.CompletedTask : Task.FromException(Thrown),
            "get_TargetId" => GrainId.Create("ledger", "a"),
            _ => targetMethod.Name,
        };
    }

    private sealed class Lines : ILogger<SiloFailures>
    {
        public List<(string Line, Exception? Exception)> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((formatter(state, exception), exception));
    }
}
