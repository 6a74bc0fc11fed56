using Aggregation.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

internal sealed class FakeChecks(FakeAnswers answers) : CheckService.CheckServiceBase
{
    public override Task<OfficeCheck> DefineCheck(DefineCheckRequest request, ServerCallContext context)
    {
        answers.Note(context);
        answers.ChecksDefined.Add(request.Check);
        return request.Check.Rule.Contains("[9.9]", StringComparison.Ordinal)
            ? throw FakeServer.Refuse(StatusCode.InvalidArgument, "check.rule", new Violation
            {
                Field = "check.rule", Value = request.Check.Rule, Rule = "position 1: cell '9.9' is unknown", MessageZh = "有误", MessageEn = "goes wrong",
            })
            : Task.FromResult(new OfficeCheck { Definition = request.Check, DefinedAt = new Timestamp() });
    }

    public override Task<OfficeCheck> RetireCheck(RetireCheckRequest request, ServerCallContext context) =>
        Task.FromResult(Check(request.Form, request.CheckId, retired: true, ""));

    public override Task<ListChecksResponse> ListChecks(ListChecksRequest request, ServerCallContext context) =>
        Task.FromResult(new ListChecksResponse { Checks = { Check(request.Form, "few", false, ""), Check("2014", "odd", false, "rule: cell '9.9' is unknown") } });

    public override Task<TryCheckResponse> TryCheck(TryCheckRequest request, ServerCallContext context)
    {
        answers.ChecksTried.Add(request);
        return Task.FromResult(new TryCheckResponse
        {
            Expected = 12,
            Submitted = 9,
            Found = 3,
            Units =
            {
                new TriedUnit
                {
                    Unit = request.Unit, UnitName = "萍乡市", Revision = 2,
                    Finding = new Finding { Cell = "1.1", Value = "12 : 10", MessageZh = "偏多", MessageEn = "too many" },
                },
            },
        });
    }

    private static OfficeCheck Check(string form, string id, bool retired, string fault) => new()
    {
        Definition = new CheckDefinition { Form = form, CheckId = id, Severity = Severity.Hard, Rule = "[1.1] > 0", MessageZh = "零", MessageEn = "zero" },
        DefinedAt = new Timestamp(),
        RetiredAt = retired ? new Timestamp() : null,
        Fault = fault,
    };
}
