namespace MrAgreement.Storage.Sqlite;

/// <summary>How much a database takes on at once.</summary>
/// <param name="Waiting">Writes that may wait; one more is answered that the store is busy.</param>
/// <param name="Batch">Writes that share one COMMIT, at most.</param>
/// <param name="Readers">Reads at the same time, each on a connection of its own.</param>
public sealed record SqliteLimits(int Waiting = 512, int Batch = 128, int Readers = 8);
