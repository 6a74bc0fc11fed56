using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

internal sealed class FakeAdmin(FakeAnswers answers) : AdminService.AdminServiceBase
{
    public override Task<CreateTenantResponse> CreateTenant(CreateTenantRequest request, ServerCallContext context)
    {
        answers.TenantsAsked.Add(request);
        return Task.FromResult(new CreateTenantResponse
        {
            Tenant = new Tenant { Tenant_ = request.Tenant, Name = request.Name }, AdministratorKey = "agk_new_0123456789ab_secret",
        });
    }

    public override async Task Audit(AuditRequest request, IServerStreamWriter<AuditProgress> responseStream, ServerCallContext context)
    {
        foreach (var progress in answers.Audit(request))
        {
            await responseStream.WriteAsync(progress, context.CancellationToken);
        }
    }

    public override Task<ImportUnitsResponse> ImportUnits(ImportUnitsRequest request, ServerCallContext context)
    {
        answers.UnitsAsked = request;
        return Task.FromResult(new ImportUnitsResponse
        {
            StructureVersion = 4,
            Added = 1002,
            Unchanged = 3,
            AddedUnits = { new Unit { Code = "990300", Name = "丙市", Kind = "government", Level = "city", Parent = "990000" } },
        });
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
            Losses =
            {
                new PlannedLoss
                {
                    Tree = "territory", Unit = "360302", UnitName = "安源区", Form = "2014", Period = "2017", Revision = 1, Locked = true, Leaves = true,
                    Totals = { "360302", "360300" }, Successor = "360313",
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
