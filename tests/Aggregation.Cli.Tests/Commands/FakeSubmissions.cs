using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

internal sealed class FakeSubmissions(FakeAnswers answers) : SubmissionService.SubmissionServiceBase
{
    public override Task<Receipt> Submit(SubmitRequest request, ServerCallContext context)
    {
        answers.Note(context);
        return Task.FromResult(answers.Submit(request));
    }

    public override async Task SubmitMany(
        IAsyncStreamReader<SubmitRequest> requestStream, IServerStreamWriter<SubmitManyResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var answer = new SubmitManyResponse { RequestId = request.RequestId, Unit = request.Unit, Form = request.Form, Period = request.Period };
            try
            {
                answer.Receipt = answers.Submit(request);
            }
            catch (RpcException fault)
            {
                answer.Error = new ItemError { Code = (int)fault.StatusCode, Message = fault.Status.Detail, Refusal = Connection.Refusals.Of(fault) };
            }

            await responseStream.WriteAsync(answer, context.CancellationToken);
        }
    }

    public override Task<VerifyReceiptResponse> VerifyReceipt(VerifyReceiptRequest request, ServerCallContext context) =>
        Task.FromResult(answers.VerifyReceipt(request));

    public override Task<ValidateResponse> Validate(SubmitRequest request, ServerCallContext context) => Task.FromResult(answers.Validate(request));
}
