using System.Diagnostics.Metrics;
using System.Globalization;

namespace Aggregation.Benchmarks.Serving;

/// <summary>
/// Tells what the server's process holds, asked by a line on its standard input, so that the product needs no door for it.
/// </summary>
internal sealed class ProcessMeter : IDisposable
{
    public const string MemoryQuestion = "memory";

    private readonly MeterListener _listener = new();
    private long _ledgers;

    public ProcessMeter()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "aggregation.ledger.open")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, change, _, _) => Interlocked.Add(ref _ledgers, change));
        _listener.Start();
    }

    /// <summary>Answers until the input ends, then ends the process in order: nobody is left who wants it.</summary>
    public void AnswerOnStandardInput() => new Thread(Answer) { IsBackground = true, Name = "bench questions" }.Start();

    public void Dispose() => _listener.Dispose();

    private void Answer()
    {
        while (Console.In.ReadLine() is { } question)
        {
            if (question == MemoryQuestion)
            {
                Console.Out.WriteLine(Measure().ToString());
            }
        }

        Environment.Exit(0);
    }

    private ProcessMemory Measure()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return new ProcessMemory(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet, Interlocked.Read(ref _ledgers));
    }
}

/// <param name="Managed">Live managed objects, in bytes, after a full collection.</param>
/// <param name="WorkingSet">In bytes.</param>
/// <param name="Ledgers">Ledgers that have an activation.</param>
internal sealed record ProcessMemory(long Managed, long WorkingSet, long Ledgers)
{
    private const string Word = "memory: ";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Word}{Managed} {WorkingSet} {Ledgers}");

    public static ProcessMemory? TryParse(string line) =>
        line.StartsWith(Word, StringComparison.Ordinal) && line[Word.Length..].Split(' ') is [var managed, var set, var ledgers]
            ? new ProcessMemory(Number(managed), Number(set), Number(ledgers))
            : null;

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
