namespace Aggregation.Faults.Runs;

/// <summary>Deals in random order, all before any comes again.</summary>
internal sealed class Deck<T>(IReadOnlyList<T> cards, Random random)
{
    private readonly Queue<T> _dealt = new();

    public T Draw()
    {
        if (_dealt.Count == 0)
        {
            var shuffled = cards.ToArray();
            random.Shuffle(shuffled);
            foreach (var card in shuffled)
            {
                _dealt.Enqueue(card);
            }
        }

        return _dealt.Dequeue();
    }
}
