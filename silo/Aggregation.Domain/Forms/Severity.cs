namespace Aggregation.Domain.Forms;

/// <summary>What a finding demands.</summary>
[GenerateSerializer, Alias("aggregation.Severity")]
public enum Severity
{
    /// <summary>核实: may stand if the unit explains it (情况说明).</summary>
    Soft = 0,

    /// <summary>强制: must be fixed.</summary>
    Hard = 1,
}
