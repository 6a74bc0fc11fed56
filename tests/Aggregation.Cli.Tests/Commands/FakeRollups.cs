using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

internal sealed class FakeRollups(FakeAnswers answers) : RollupService.RollupServiceBase
{
    public override Task<Total> GetTotal(GetTotalRequest request, ServerCallContext context)
    {
        answers.Note(context);
        return Task.FromResult(answers.Total(request.Total));
    }

    public override Task<YearToDate> GetYearToDate(GetYearToDateRequest request, ServerCallContext context)
    {
        answers.Note(context);
        return Task.FromResult(answers.YearToDate(request.Total));
    }

    public override Task<Series> GetSeries(GetSeriesRequest request, ServerCallContext context)
    {
        answers.Series = request;
        return Task.FromResult(new Series
        {
            Unit = request.Unit,
            Form = request.Form,
            Mode = request.Mode,
            On = request.On,
            StructureVersion = 4,
            Points =
            {
                new SeriesPoint { Period = request.Periods[0] },
                new SeriesPoint
                {
                    Period = request.Periods[1], InForce = true, UnitName = "萍乡市", Coverage = new Coverage { Expected = 7, Submitted = 2 },
                    Cells = { new CellTotal { Code = "1.1", Amount = new Amount { Units = 41126 } } },
                },
            },
        });
    }

    public override async Task Watch(WatchRequest request, IServerStreamWriter<Total> responseStream, ServerCallContext context)
    {
        await responseStream.WriteAsync(answers.Total(request.Total), context.CancellationToken);
        answers.WatchStarted.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
