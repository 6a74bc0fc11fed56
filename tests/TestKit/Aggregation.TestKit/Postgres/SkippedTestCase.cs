using Xunit.Abstractions;
using Xunit.Sdk;

namespace Aggregation.TestKit.Postgres;

/// <summary>A test that this machine cannot run.</summary>
internal sealed class SkippedTestCase : XunitTestCase
{
    private const string ReasonKey = "Reason";

    private string _reason = "";

    /// <summary>For the runner, which reads it from a serialized form.</summary>
    [Obsolete("For the runner's deserialization only.")]
    public SkippedTestCase()
    {
    }

    public SkippedTestCase(
        string reason, IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method) => _reason = reason;

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue(ReasonKey, _reason);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        base.Deserialize(data);
        _reason = data.GetValue<string>(ReasonKey);
    }

    // Asked for in the middle of deserialization too, before the reason is known; any text skips.
    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        string.IsNullOrEmpty(_reason) ? PostgresBinaries.SkipReason ?? "PostgreSQL is missing." : _reason;
}
