using System.Collections;
using Aggregation.Gateway.Tests.Errors;
using Aggregation.Gateway.Texts;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Texts;

/// <summary>Every text field of every RPC, from the descriptors.</summary>
[Collection(ServerCollection.Name)]
public sealed class TextRuleTests(Server server)
{
    /// <summary>What no field takes, and where in it the fault is.</summary>
    private static readonly (string Text, string Where)[] NoTexts =
    [
        ("a\0b", "Character 2 is U+0000"), ("\u001b[31m", "Character 1 is U+001B"), ("县\u0085", "Character 2 is U+0085"),
        ("😀😀\u007f", "Character 3 is U+007F"), ("\uFFFD", "Character 1 is U+FFFD"), ("x\uFFFE", "Character 2 is U+FFFE"),
        ("\u2028", "Character 1 is U+2028"),
    ];

    private static readonly (string Text, string Where)[] NotNormal =
    [
        ("Cafe\u0301", "From character 4 on"), ("か\u3099", "From character 1 on"), ("丙\uF9E1", "From character 2 on"), ("\u212B", "From character 1 on"),
    ];

    public static TheoryData<string> Calls => [.. Methods.All.Select(static method => method.FullName)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_AnyTextThatIsNone_IsRefusedByFieldAndPlace(string name)
    {
        var tenant = await server.OwnTenantAsync();
        var method = Methods.Find(name);
        foreach (var field in Fields(method.InputType, []))
        {
            var rule = TextField.Of(field[^1]);
            var isFile = rule.Kind == Domain.Texts.TextKind.File;
            foreach (var (text, where) in isFile ? NoTexts : [.. NoTexts, .. NotNormal])
            {
                await AssertRefusedAsync(tenant, method, field, text, isFile ? "[1]" : "", where);
            }

            // Lines where they are allowed, and nowhere else.
            await AssertRefusedAsync(tenant, method, field, "a\u000Bb", isFile ? "[1]" : "", "Character 2 is U+000B");
            if (rule.Kind == Domain.Texts.TextKind.Line)
            {
                await AssertRefusedAsync(tenant, method, field, "a\nb", "", "Character 2 is U+000A");
                await AssertRefusedAsync(tenant, method, field, "a\tb", "", "Character 2 is U+0009");
            }
            else
            {
                await AssertRefusedAsync(tenant, method, field, "a\n\tb\nc\0", isFile ? "[3]" : "", "Character 2 of line 3 is U+0000");
                await AssertTakenAsync(tenant, method, field, "一\n\t二");
            }

            if (!isFile)
            {
                await AssertRefusedAsync(tenant, method, field, "a\r\nb", "", "Character 2 is U+000D");
                await AssertRefusedAsync(tenant, method, field, new string('字', rule.Longest + 1), "", $"Has {rule.Longest + 1} characters; at most {rule.Longest}");
            }

            await AssertTakenAsync(tenant, method, field, isFile ? "\uFEFF一,二\r\n" : "一 \u00E9 𠮷 👩‍👩‍👧 \uE000");
        }
    }

    [Fact]
    public void Table_EachField_IsOneOfARequest()
    {
        var fields = Methods.All.SelectMany(static method => Fields(method.InputType, []))
            .Select(static path => $"{path[^1].ContainingType.Name}.{path[^1].Name}").ToHashSet();

        Assert.Empty(TextField.Named.Except(fields));
        Assert.InRange(fields.Count, 100, int.MaxValue);
    }

    [Fact]
    public void Requests_MapFields_ThereAreNone() =>
        Assert.DoesNotContain(Methods.All.SelectMany(static method => method.InputType.Fields.InFieldNumberOrder()), static field => field.IsMap);

    [Fact]
    public async Task Call_SeveralFields_AreAllNamed()
    {
        var request = Server.Submit("a\0", "");
        request.RequestId = "r\u0001";
        request.Explanations.Add(new V1.Explanation { CheckId = "c", Text = "good" });
        request.Explanations.Add(new V1.Explanation { CheckId = "d", Text = "one\ntwo\u0002" });

        var error = await Assert.ThrowsAsync<RpcException>(async () => await server.Submissions.SubmitAsync(request, Server.As(server.NorthClerk)));

        var violations = ErrorTests.StatusOf(error)!.Details[1].Unpack<V1.Refusal>().Violations;
        Assert.Equal(["unit", "request_id", "explanations[1].text"], violations.Select(static violation => violation.Field));
        Assert.Equal(
            (@"one\u000Atwo\u0002", "no control character but line feed and tab", "第 2 行第 4 个字符是 U+0002，不是文字；除换行和制表符外不得有控制字符。",
                "Character 4 of line 2 is U+0002, which is no text: no control character but line feed and tab."),
            (violations[2].Value, violations[2].Rule, violations[2].MessageZh, violations[2].MessageEn));
    }

    [Fact]
    public async Task SubmitMany_OneIsNoText_TheOthersAreTaken()
    {
        var tenant = await server.OwnTenantAsync();
        using var batch = server.Submissions.SubmitMany(tenant.Call);
        await batch.RequestStream.WriteAsync(Server.Submit(OwnTenant.First, "bad\0"));
        await batch.RequestStream.WriteAsync(Server.Submit(OwnTenant.First, "good"));
        await batch.RequestStream.CompleteAsync();

        var answers = await batch.ResponseStream.ReadAllAsync().ToDictionaryAsync(static answer => answer.RequestId);

        Assert.Equal("good", answers["good"].Receipt.RequestId);
        Assert.Equal("request_id", Assert.Single(answers["bad\0"].Error.Refusal.Violations).Field);
    }

    [Fact]
    public async Task AcceptMany_OneIsNoText_TheOthersAreAccepted()
    {
        var tenant = await server.OwnTenantAsync(autoAccept: false);
        var filed = await tenant.SubmitAsync(OwnTenant.First, "a", 1);
        var request = new V1.AcceptManyRequest { Form = filed.Form, Period = filed.Period, RequestId = "r" };
        request.Items.Add(new V1.AcceptItem { Unit = OwnTenant.First + "\0", Revision = 1, Hash = filed.Hash });
        request.Items.Add(new V1.AcceptItem { Unit = OwnTenant.First, Revision = 1, Hash = filed.Hash });

        var answer = await server.Reviews.AcceptManyAsync(request, tenant.Call);

        Assert.Equal("unit", Assert.Single(answer.Outcomes[0].Error.Refusal.Violations).Field);
        Assert.NotNull(answer.Outcomes[1].Receipt);
    }

    /// <summary>Paths to all text fields of a request.</summary>
    private static IEnumerable<FieldDescriptor[]> Fields(MessageDescriptor type, FieldDescriptor[] above) => type.Fields.InFieldNumberOrder().SelectMany(field =>
        field.FieldType == FieldType.String ? [[.. above, field]]
        : field.FieldType == FieldType.Message && !above.Contains(field) ? Fields(field.MessageType, [.. above, field])
        : Enumerable.Empty<FieldDescriptor[]>());

    private async Task AssertRefusedAsync(
        OwnTenant tenant, MethodDescriptor method, FieldDescriptor[] path, string text, string line, string where)
    {
        var violation = await FaultAsync(tenant, method, path, text);

        Assert.True(violation is not null, $"{method.FullName} takes {string.Join('.', path.Select(static field => field.Name))} = {Uri.EscapeDataString(text)}");
        var isItem = path[0].FullName == "aggregation.v1.AcceptManyRequest.items";
        Assert.Equal(string.Join('.', path.Skip(isItem ? 1 : 0).Select(static field => field.Name + (field.IsRepeated ? "[0]" : ""))) + line, violation.Field);
        Assert.StartsWith(where, violation.MessageEn, StringComparison.Ordinal);
        Assert.NotEqual("", violation.MessageZh);
    }

    private async Task AssertTakenAsync(OwnTenant tenant, MethodDescriptor method, FieldDescriptor[] path, string text)
    {
        var violation = await FaultAsync(tenant, method, path, text);

        Assert.DoesNotMatch("^(Character [0-9]+ |From character |Has [0-9]+ characters;)", violation?.MessageEn ?? "");
    }

    /// <summary>What is said of one field of a request that has nothing else; null: nothing.</summary>
    private async Task<V1.Violation?> FaultAsync(OwnTenant tenant, MethodDescriptor method, FieldDescriptor[] path, string text)
    {
        var request = method.InputType.Parser.ParseFrom([]);
        Set(request, path, text);
        var options = method.Name is "CreateTenant" or "ImportTenant" ? Server.As(server.Platform) : tenant.Call;
        try
        {
            var answers = await Methods.CallAsync(server.Channel, method, request.ToByteArray(), options, most: 1);
            return method.Name switch
            {
                "SubmitMany" => V1.SubmitManyResponse.Parser.ParseFrom(answers[0]).Error?.Refusal?.Violations.FirstOrDefault(),
                "AcceptMany" => V1.AcceptManyResponse.Parser.ParseFrom(answers[0]).Outcomes.FirstOrDefault()?.Error?.Refusal?.Violations.FirstOrDefault(),
                _ => null,
            };
        }
        catch (RpcException error)
        {
            return ErrorTests.StatusOf(error)?.Details.Where(static detail => detail.Is(V1.Refusal.Descriptor))
                .Select(static detail => detail.Unpack<V1.Refusal>()).FirstOrDefault()?.Violations.FirstOrDefault();
        }
    }

    private static void Set(IMessage message, ReadOnlySpan<FieldDescriptor> path, string text)
    {
        object value = text;
        if (path.Length > 1)
        {
            var part = path[0].MessageType.Parser.ParseFrom([]);
            Set(part, path[1..], text);
            value = part;
        }

        if (path[0].IsRepeated)
        {
            ((IList)path[0].Accessor.GetValue(message)).Add(value);
        }
        else
        {
            path[0].Accessor.SetValue(message, value);
        }
    }
}
