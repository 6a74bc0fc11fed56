// Each test starts a server of its own; several at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
