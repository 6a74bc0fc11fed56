namespace Aggregation.Domain.Forms.Loading;

/// <summary>Collects the faults of one file.</summary>
internal sealed class FaultList(string file)
{
    private readonly List<FormFault> _faults = [];

    public IReadOnlyList<FormFault> All => _faults;

    public void Add(string subject, string rule) => _faults.Add(new FormFault(file, subject, rule));
}
