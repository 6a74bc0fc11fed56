using System.Text;
using Aggregation.Gateway.Tests.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Admin;

/// <summary>Imports of units over the wire: as files, and what they say that they do.</summary>
[Collection(ServerCollection.Name)]
public sealed class UnitImportTests(Server server)
{
    private const string Header = "code,name,kind,level,parent,from,to\n";
    private const string Renamed = Header + "411300,宛市,government,city,410000,2000-01-01,\n411400,商丘市,government,city,410000,2000-01-01,\n";
    private const string Added = Header + "410000,河南省,government,province,,2000-01-01,\n411500,丙市,government,city,410000,2000/1/1,\n";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Theory]
    [InlineData("GB18030", "", "GB18030")]
    [InlineData("GB18030", "gbk", "GB18030")]
    [InlineData("utf-16", "", "UTF-16")]
    [InlineData("utf-8", "", "UTF-8")]
    public async Task ImportUnits_AFileAsItWasSaved_IsReadAndItsEncodingSaid(string saved, string said, string encoding)
    {
        var tenant = await server.OwnTenantAsync();
        var encoder = saved == "GB18030" ? Gb18030 : Encoding.GetEncoding(saved);
        var bytes = ByteString.CopyFrom([.. encoder.GetPreamble(), .. encoder.GetBytes(Added)]);

        var answer = await server.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { File = bytes, Encoding = said }, tenant.Call);

        Assert.Equal((1, 1, encoding), (answer.Added, answer.Unchanged, answer.Encoding));
        Assert.Equal("丙市", (await NamesAsync(tenant, ""))["411500"]);
    }

    [Fact]
    public async Task ImportUnits_DryRun_SaysTheSameAsTheRun()
    {
        var tenant = await server.OwnTenantAsync();
        var request = new V1.ImportUnitsRequest { Csv = Added };

        var dry = await server.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest(request) { DryRun = true }, tenant.Call);
        Assert.False((await NamesAsync(tenant, "")).ContainsKey("411500"));
        var run = await server.Admin.ImportUnitsAsync(request, tenant.Call);

        Assert.Equal(dry, run);
        Assert.Equal(
            new V1.Unit { Code = "411500", Name = "丙市", Kind = "government", Level = "city", Parent = "410000" }, Assert.Single(run.AddedUnits));
        var again = await server.Admin.ImportUnitsAsync(request, tenant.Call);
        Assert.Equal((0, 2, run.StructureVersion), (again.Added, again.Unchanged, again.StructureVersion));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ImportUnits_AnotherName_IsRefusedWithOldAndNewAndRenamesNothing(bool dryRun)
    {
        var tenant = await server.OwnTenantAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Csv = Renamed, DryRun = dryRun }, tenant.Call));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Equal("1 faults in the units; none was imported. 1 known units would change, 1 would not.", refused.Status.Detail);
        var violation = Assert.Single(ErrorTests.StatusOf(refused)!.Details[1].Unpack<V1.Refusal>().Violations);
        Assert.Equal(("csv[2].name", "宛市", "unit.additive"), (violation.Field, violation.Value, violation.Rule));
        Assert.Contains("'南阳市' → '宛市'", violation.MessageEn, StringComparison.Ordinal);
        Assert.Contains("由“南阳市”改为“宛市”", violation.MessageZh, StringComparison.Ordinal);
        Assert.Equal("南阳市", (await NamesAsync(tenant, ""))["411300"]);
    }

    [Fact]
    public async Task ApplyRestructuring_Rename_LeavesThePastItsNameAndThenIsWhatAnImportFinds()
    {
        var tenant = await server.OwnTenantAsync();
        var change = new V1.StructureChange { Line = 1, Change = "更名", From = "2020/1/1", Unit = "411300", Name = "宛市" };
        var plan = await server.Admin.PlanRestructuringAsync(new V1.PlanRestructuringRequest { Changes = { change } }, tenant.Call);
        await server.Admin.ApplyRestructuringAsync(
            new V1.ApplyRestructuringRequest { Changes = { change }, StructureVersion = plan.StructureVersion }, tenant.Call);

        Assert.Equal("南阳市", (await NamesAsync(tenant, "2019-12-31"))["411300"]);
        Assert.Equal("宛市", (await NamesAsync(tenant, "2020-01-01"))["411300"]);
        var answer = await server.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Csv = Renamed }, tenant.Call);
        Assert.Equal((0, 2), (answer.Added, answer.Unchanged));
        Assert.Equal("南阳市", (await NamesAsync(tenant, "2019-12-31"))["411300"]);
    }

    public static TheoryData<V1.ImportUnitsRequest, string, string, string> Unreadable()
    {
        var cut = Gb18030.GetBytes(Added)[..^40];
        return new()
        {
            { new() { File = ByteString.CopyFrom([.. cut, 0xFF]) }, $"file[3]@{cut.Length}", "FF", "text.encoding" },
            { new() { File = ByteString.CopyFrom(Gb18030.GetBytes("code\n篇\n")) }, "file[2]@5", "ƪ | 篇", "text.encoding" },
            { new() { File = ByteString.CopyFromUtf8("code\n\uFFFD\n") }, "file[2]@5", "U+FFFD", "text.characters" },
            { new() { File = ByteString.CopyFromUtf8(Added), Encoding = "big5" }, "encoding", "big5", "utf-8, utf-16, gb18030, gbk, gb2312" },
            { new() { File = ByteString.CopyFromUtf8(Added), Csv = Added }, "csv", "", "not with file" },
            { new() { Csv = Added, Encoding = "gbk" }, "encoding", "", "only with file" },
        };
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task ImportUnits_WhatIsNoText_NamesPlaceValueAndRule(V1.ImportUnitsRequest request, string field, string value, string rule)
    {
        var tenant = await server.OwnTenantAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Admin.ImportUnitsAsync(request, tenant.Call));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var violation = ErrorTests.StatusOf(refused)!.Details[1].Unpack<V1.Refusal>().Violations[0];
        Assert.Equal((field, value, rule), (violation.Field, violation.Value, violation.Rule));
    }

    private async Task<Dictionary<string, string>> NamesAsync(OwnTenant tenant, string on) =>
        (await server.Catalog.ListUnitsAsync(new V1.ListUnitsRequest { On = on }, tenant.Call)).Units.ToDictionary(unit => unit.Code, unit => unit.Name);
}
