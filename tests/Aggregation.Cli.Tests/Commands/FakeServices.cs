using System.Security.Cryptography.X509Certificates;
using Aggregation.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

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

internal static class FreePort
{
    /// <param name="certificate">Shown over TLS; null: without TLS.</param>
    public static void ListenLocalhostOnFreePort(this KestrelServerOptions kestrel, X509Certificate2? certificate) =>
        kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        });
}

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

internal sealed class FakeCatalog(FakeAnswers answers) : CatalogService.CatalogServiceBase
{
    public override Task<Form> GetForm(GetFormRequest request, ServerCallContext context) => Task.FromResult(answers.Form(request.Form));
}

internal sealed class FakeAdmin(FakeAnswers answers) : AdminService.AdminServiceBase
{
    public override async Task Audit(AuditRequest request, IServerStreamWriter<AuditProgress> responseStream, ServerCallContext context)
    {
        foreach (var progress in answers.Audit(request))
        {
            await responseStream.WriteAsync(progress, context.CancellationToken);
        }
    }

    public override Task<RestructuringPlan> PlanRestructuring(PlanRestructuringRequest request, ServerCallContext context)
    {
        answers.Planned = request;
        return Task.FromResult(new RestructuringPlan
        {
            StructureVersion = 4,
            From = "2017-07-01",
            On = "2017-12-31",
            Units =
            {
                new PlannedUnit
                {
                    Tree = "territory", Unit = "360302",
                    Before = new Unit { Code = "360302", Name = "安源区", Kind = "government", Level = "county", Parent = "360300" },
                },
            },
            Branches =
            {
                new PlannedBranch
                {
                    Tree = "territory", Unit = "360300", UnitName = "萍乡市", Lost = { "360302", "360302-edu" },
                    Before = new PlannedTotal
                    {
                        Coverage = new Coverage { Expected = 7, Submitted = 2 },
                        Cells = { new CellTotal { Code = "1.1", Amount = new Amount { Units = 41126 } } },
                    },
                    After = new PlannedTotal { Coverage = new Coverage { Expected = 5, Submitted = 1 } },
                },
            },
        });
    }

    public override Task<ApplyRestructuringResponse> ApplyRestructuring(ApplyRestructuringRequest request, ServerCallContext context)
    {
        answers.Applied = request;
        return Task.FromResult(new ApplyRestructuringResponse { StructureVersion = request.StructureVersion + 1, From = "2017-07-01" });
    }

    public override async Task ExportTenant(
        ExportTenantRequest request, IServerStreamWriter<TransferChunk> responseStream, ServerCallContext context)
    {
        foreach (var chunk in answers.Export(request))
        {
            await responseStream.WriteAsync(chunk, context.CancellationToken);
        }
    }

    public override async Task ImportTenant(
        IAsyncStreamReader<TransferChunk> requestStream, IServerStreamWriter<ImportTenantResponse> responseStream, ServerCallContext context)
    {
        await foreach (var chunk in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var answer = answers.Import(chunk);
            answers.Imported.Add(chunk);
            await responseStream.WriteAsync(answer, context.CancellationToken);
            if (answer.Finished)
            {
                return;
            }
        }
    }

    public override Task<CreateKeyResponse> CreateKey(CreateKeyRequest request, ServerCallContext context)
    {
        answers.KeyAsked = request;
        return Task.FromResult(new CreateKeyResponse
        {
            Key = new Key { KeyId = "0123456789ab", Label = request.Label }, Text = "agk_south_0123456789ab_secret",
        });
    }

    public override Task<RotateKeyResponse> RotateKey(RotateKeyRequest request, ServerCallContext context)
    {
        answers.RotationAsked = request;
        return Task.FromResult(new RotateKeyResponse { Key = new Key { KeyId = "ba9876543210" }, Text = "agk_south_ba9876543210_secret" });
    }

    public override Task<ListKeysResponse> ListKeys(ListKeysRequest request, ServerCallContext context) =>
        Task.FromResult(new ListKeysResponse { Keys = { answers.Keys } });

    public override Task<ListUsersResponse> ListUsers(ListUsersRequest request, ServerCallContext context) =>
        Task.FromResult(new ListUsersResponse { Users = { answers.Users } });

    public override Task<DisableUserResponse> DisableUser(DisableUserRequest request, ServerCallContext context)
    {
        answers.UserChanges.Add($"disable {request.User}");
        return Task.FromResult(new DisableUserResponse());
    }

    public override Task<EnableUserResponse> EnableUser(EnableUserRequest request, ServerCallContext context)
    {
        answers.UserChanges.Add($"enable {request.User}");
        return Task.FromResult(new EnableUserResponse());
    }
}
