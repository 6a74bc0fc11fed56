using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

internal sealed class FakePublications(FakeAnswers answers) : PublicationService.PublicationServiceBase
{
    public override Task<Publication> Publish(PublishRequest request, ServerCallContext context)
    {
        answers.Note(context);
        answers.Published.Add(request);
        return Task.FromResult(Number(1, request.Total));
    }

    public override Task<ListPublicationsResponse> ListPublications(ListPublicationsRequest request, ServerCallContext context)
    {
        var selector = new TotalSelector { Unit = request.Unit, Form = request.Form, Period = request.Period, Tree = "territory" };
        return Task.FromResult(new ListPublicationsResponse { Publications = { Number(1, selector), Number(2, selector) } });
    }

    public override Task<Restatement> GetRestatement(GetRestatementRequest request, ServerCallContext context)
    {
        answers.Restated.Add(request);
        return Task.FromResult(answers.Restatement(request));
    }

    public static Publication Number(long number, TotalSelector selector) => new()
    {
        Selector = selector,
        UnitName = "萍乡市",
        Number = number,
        At = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_491_615_000 },
        Actor = "0123456789ab",
        Hash = "hash",
        Digest = $"digest-{number}",
        Coverage = new Coverage { Expected = 3, Submitted = 2 },
    };
}
