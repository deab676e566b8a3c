// Tests wait for hosts, browsers and emulators more than they compute.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
