using Aggregation.Contracts.Checks;
using Aggregation.Domain.Forms;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Checks of offices and what they find, between the wire and the contracts.</summary>
internal static class CheckMapping
{
    private const int StandardLimit = 20;

    /// <param name="field">What the definition is in the request.</param>
    /// <param name="definition">As it came.</param>
    /// <param name="form">The form that it is for where it names none; null: it has to name one.</param>
    /// <exception cref="Aggregation.Contracts.RefusedException">A field is missing or not well formed.</exception>
    public static CheckDefinition Definition(string field, V1.CheckDefinition? definition, string? form = null)
    {
        if (definition is null)
        {
            throw Faults.Refuse(Faults.Missing(field));
        }

        return new CheckDefinition
        {
            Form = LedgerMapping.Code($"{field}.form", definition.Form.Length == 0 ? form ?? "" : definition.Form),
            CheckId = definition.CheckId,
            Severity = definition.Severity switch
            {
                V1.Severity.Soft => Severity.Soft,
                V1.Severity.Hard => Severity.Hard,
                V1.Severity.Unspecified => throw Faults.Refuse(Faults.Missing($"{field}.severity")),
                _ => throw Faults.Refuse(Faults.OutOfRange($"{field}.severity", (long)definition.Severity, 1, 2)),
            },
            Rule = definition.Rule,
            MessageZh = definition.MessageZh,
            MessageEn = definition.MessageEn,
        };
    }

    public static TryCheckQuery Query(V1.TryCheckRequest request)
    {
        if (request.CheckCase == V1.TryCheckRequest.CheckOneofCase.None)
        {
            throw Faults.Refuse(Faults.Missing("check"));
        }

        if (request.Limit is < 0 or > TryCheckQuery.MostFindings)
        {
            throw Faults.Refuse(Faults.OutOfRange("limit", request.Limit, 0, TryCheckQuery.MostFindings));
        }

        return new TryCheckQuery
        {
            CheckId = request.HasCheckId ? request.CheckId : null,
            Definition = request.HasCheckId ? null : Definition("definition", request.Definition, request.Form),
            Limit = request.Limit == 0 ? StandardLimit : request.Limit,
        };
    }

    public static V1.OfficeCheck Check(OfficeCheckView view) => new()
    {
        Definition = new V1.CheckDefinition
        {
            Form = view.Definition.Form,
            CheckId = view.Definition.CheckId,
            Severity = SubmissionMapping.SeverityOf(view.Definition.Severity),
            Rule = view.Definition.Rule,
            MessageZh = view.Definition.MessageZh,
            MessageEn = view.Definition.MessageEn,
        },
        DefinedAt = Timestamp.FromDateTimeOffset(view.DefinedAt),
        RetiredAt = view.RetiredAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        Fault = view.Fault,
    };

    public static V1.TryCheckResponse Trial(CheckTrial trial)
    {
        var reply = new V1.TryCheckResponse { Expected = trial.Expected, Submitted = trial.Submitted, Found = trial.Found };
        reply.Units.AddRange(trial.Units.Select(unit => new V1.TriedUnit
        {
            Unit = unit.Unit,
            UnitName = unit.UnitName,
            Revision = unit.Revision,
            Finding = SubmissionMapping.Finding(unit.Finding),
        }));
        return reply;
    }
}
