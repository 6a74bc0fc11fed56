// Each test starts servers of its own and waits for them most of the time; more than two at once would only wait for each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
