namespace Aggregation.Grains.Audit;

/// <summary>
/// Whether everything that was open when this silo started has been compared with the journal and was found, or made, right. Until
/// then a total might rest on what a crash left behind.
/// </summary>
public sealed class OpeningAudit
{
    private const int Unread = -1;

    private volatile int _left = Unread;

    /// <summary>All of it was compared. A form and period that cannot answer at all, because its entries are damaged, does not hold it up.</summary>
    public bool IsDone => _left == 0;

    /// <summary>Forms and periods that are still to be compared, or differ and could not be repaired; null until the journal told which are open.</summary>
    public int? Left => _left is Unread ? null : _left;

    internal void Report(int left) => _left = left;
}
