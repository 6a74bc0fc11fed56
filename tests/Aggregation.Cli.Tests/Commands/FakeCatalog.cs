using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

internal sealed class FakeCatalog(FakeAnswers answers) : CatalogService.CatalogServiceBase
{
    public override Task<Form> GetForm(GetFormRequest request, ServerCallContext context) => Task.FromResult(answers.Form(request.Form));
}
