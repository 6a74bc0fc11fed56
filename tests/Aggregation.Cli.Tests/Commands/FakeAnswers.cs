using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>What the fake server answers, and what it was asked.</summary>
internal sealed class FakeAnswers
{
    public Func<SubmitRequest, Receipt> Submit { get; set; } = request => new Receipt
    {
        Unit = request.Unit,
        Form = request.Form,
        Period = request.Period,
        RequestId = request.RequestId,
        Revision = 1,
        Hash = new string('a', 64),
    };

    public Func<SubmitRequest, ValidateResponse> Validate { get; set; } = _ => new ValidateResponse { Acceptable = true };

    public Func<ExportTenantRequest, IEnumerable<TransferChunk>> Export { get; set; } = _ => [];

    public Func<TransferChunk, ImportTenantResponse> Import { get; set; } = chunk => new ImportTenantResponse
    {
        Number = chunk.Number,
        Finished = TransferBody.Parser.ParseFrom(chunk.Body).Trailer is not null,
    };

    public Func<AuditRequest, IEnumerable<AuditProgress>> Audit { get; set; } = _ => [new AuditProgress { Done = true }];

    public ImportUnitsRequest? UnitsAsked { get; set; }

    public List<TransferChunk> Imported { get; } = [];

    public List<(string Act, Google.Protobuf.IMessage Request)> Reviewed { get; } = [];

    public Func<VerifyReceiptRequest, VerifyReceiptResponse> VerifyReceipt { get; set; } =
        _ => new VerifyReceiptResponse { Standing = ReceiptStanding.Held };

    public Func<TotalSelector, Total> Total { get; set; } = selector => new Total
    {
        Selector = selector,
        UnitName = "萍乡市",
        Version = new Aggregation.V1.Version { Epoch = 1, Version_ = 2 },
        Coverage = new Coverage { Expected = 3, Submitted = 2 },
        Cells = { new CellTotal { Code = "total", Amount = new Amount { Units = 41126 }, Count = 2 } },
        Derived = { new DerivedFigure { Code = "share-1", Value = new Amount { Units = 3, Nanos = 700_000_000 } } },
    };

    public Func<string, Form> Form { get; set; } = form => new Form
    {
        Form_ = form,
        NameZh = "主动公开政府信息分类统计表",
        Cells = { new FormCell { Code = "total", NameZh = "主动公开政府信息总数", Measure = "条" } },
        Derived = { new FormDerived { Code = "share-1", NameZh = "概况类占比", Measure = "%" } },
    };

    public Func<TotalSelector, YearToDate> YearToDate { get; set; } = selector => new YearToDate
    {
        Selector = selector,
        UnitName = "萍乡市",
        Cells = { new CellTotal { Code = "total", Amount = new Amount { Units = 31337 }, Count = 5 } },
        Periods =
        {
            new PeriodTotal { Period = "2012Q1", Coverage = new Coverage { Expected = 3, Submitted = 1 } },
            new PeriodTotal { Period = "2012Q2", Coverage = new Coverage { Expected = 4, Submitted = 3 } },
        },
    };

    public List<CreateTenantRequest> TenantsAsked { get; } = [];

    public CreateKeyRequest? KeyAsked { get; set; }

    public RotateKeyRequest? RotationAsked { get; set; }

    public IReadOnlyList<Key> Keys { get; set; } = [];

    public IReadOnlyList<User> Users { get; set; } = [];

    public List<string> UserChanges { get; } = [];

    public PlanRestructuringRequest? Planned { get; set; }

    public ApplyRestructuringRequest? Applied { get; set; }

    public GetSeriesRequest? Series { get; set; }

    public List<PublishRequest> Published { get; } = [];

    public List<GetRestatementRequest> Restated { get; } = [];

    public Func<GetRestatementRequest, Restatement> Restatement { get; set; } = request => new Restatement
    {
        Publication = FakePublications.Number(2, new TotalSelector { Unit = request.Unit, Form = request.Form, Period = request.Period }),
        Published = new Total(),
        Current = new Total { Coverage = new Coverage { Expected = 3, Submitted = 3 } },
        Cells = { new CellDifference { Code = "total", Current = new CellTotal { Code = "total", Amount = new Amount { Units = 41126 }, Count = 2 } } },
        ChangedSubmissions = 12,
        Submissions =
        {
            new ChangedSubmission
            {
                Unit = "360301",
                UnitName = "县",
                Then = new CountedSubmission { Source = new Source { Revision = 4 }, Hash = "before" },
                Now = new CountedSubmission
                {
                    Source = new Source { Revision = 5, At = new Google.Protobuf.WellKnownTypes.Timestamp() }, Hash = "after",
                },
            },
        },
    };

    public List<CheckDefinition> ChecksDefined { get; } = [];

    public List<TryCheckRequest> ChecksTried { get; } = [];

    public TaskCompletionSource WatchStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was asked about tasks and calendars, in its order.</summary>
    public List<Google.Protobuf.IMessage> TaskRequests { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public void Note(ServerCallContext context) => Authorizations.Add(context.RequestHeaders.GetValue("authorization"));
}
