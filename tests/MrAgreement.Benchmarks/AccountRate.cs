using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using MrAgreement.Agreements;
using MrAgreement.Obligations;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Storage;
using MrAgreement.Storage.Azure;
using MrAgreement.Storage.AzureTables;

namespace MrAgreement.Benchmarks;

/// <summary>Appends to a storage account (Azurite), against a bare loop that sends the same entity-group transaction; and a command with few and with many agreements beside it.</summary>
sealed record AccountRate() : Benchmark("account", TimeSpan.FromMinutes(8))
{
    const int Appends = 150;
    const int Turns = 7;
    const int Few = 10;
    const int Many = 10_000;
    const int Commands = 30;

    public override async Task<IReadOnlyList<Measure>> Run(CancellationToken bound)
    {
        await using var azurite = new Azurite();
        await azurite.InitializeAsync();
        var appended = await Append(azurite, bound);
        return [appended, await Command(azurite, bound)];
    }

    static async Task<Measure> Append(Azurite azurite, CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        var account = AzureAccount.Parse(azurite.FreshAccount(), () => throw new UnreachableException());
        using var stores = await AzureStores.Open(account, folder.Path, bound);
        var bare = new AzureTable(account.Tables, "bare");
        await bare.Create(bound);

        Func<Task<double>>[] variants = [() => Ours(stores.Events, bound), () => Bare(bare, bound)];
        await Rounds.InTurn(1, variants);
        if (await Rounds.InTurn(Turns, variants) is not [var ours, var theirs])
            throw new UnreachableException();
        return new("account: appends, rate by a bare loop's of the same transaction", "", Rounds.Ratio(theirs, ours), new(0.8, AtMost: false), $"{Rounds.Median(ours):0.0} ms by {Rounds.Median(theirs):0.0} ms");
    }

    // One event at a time on a log of its own, each with a new wake-up.
    static Task<double> Ours(IEventStore store, CancellationToken bound)
    {
        var (id, hash, sequence) = (new AgreementId(Guid.NewGuid()), default(Sha256), 0L);
        return Rounds.Milliseconds(Appends, async () =>
        {
            var row = HashChain.Next(sequence == 0 ? HashChain.Start(id) : hash, sequence + 1, Trial.Signed, PersonId.System, "obligation-scheduled", Payload);
            await store.Append(new(Guid.NewGuid(), id, sequence, [row], Trial.Signed + Duration.FromDays(sequence)), bound);
            (hash, sequence) = (row.Hash, sequence + 1);
        }, bound);
    }

    // The same rows as an append in the middle of a log writes: head, event, marker, and the wake-up moved.
    static Task<double> Bare(AzureTable table, CancellationToken bound)
    {
        var (id, head, number) = ($"{Guid.NewGuid():N}", (string?)null, 0);
        return Rounds.Milliseconds(Appends, async () =>
        {
            List<TableTransactionAction> writes =
            [
                head is null ? Numbered($"{id}-h").Insert() : Numbered($"{id}-h").Put(head),
                new TableEntity("0", string.Create(CultureInfo.InvariantCulture, $"{id}-e{number:D10}")).With("Data", Payload).Insert(),
                Numbered($"m{id}").Put(),
                new TableEntity("0", string.Create(CultureInfo.InvariantCulture, $"w{number:D15}-{id}")).Insert()
            ];
            if (number > 0)
                writes.Add(TableRows.Delete("0", string.Create(CultureInfo.InvariantCulture, $"w{number - 1:D15}-{id}")));
            head = (await table.Transact(writes, bound)).ETags![0];
            number++;
        }, bound);

        TableEntity Numbered(string key) => new("0", key) { ["Sequence"] = (long)number };
    }

    static async Task<Measure> Command(Azurite azurite, CancellationToken bound)
    {
        using var folder = new TemporaryFolder();
        using var stores = await AzureStores.Open(AzureAccount.Parse(azurite.FreshAccount(), () => throw new UnreachableException()), folder.Path, bound);
        var few = await Commanded(stores, Few, bound);
        await Parallel.ForEachAsync(Enumerable.Range(0, Many - Few), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = bound }, async (n, stopped) =>
        {
            var id = new AgreementId(Guid.NewGuid());
            await stores.Events.Append(new(Guid.NewGuid(), id, 0, [HashChain.Next(HashChain.Start(id), 1, Trial.Signed, PersonId.System, "obligation-scheduled", Payload)], Trial.Signed + Duration.FromHours(n)), stopped);
        });
        var many = await Commanded(stores, Few, bound);
        return new($"account: a command beside {Many:N0} agreements, time by one beside {Few}", "", [many / few], new(1.3, AtMost: true), $"{many:0.0} ms by {few:0.0} ms");
    }

    static async Task<double> Commanded(AzureStores stores, int agreements, CancellationToken bound)
    {
        // A process of its own each time: what it knows of the logs is not part of the question.
        var dossiers = new Dossiers(stores.Events, Guid.CreateVersion7);
        var ids = Enumerable.Range(0, agreements).Select(_ => new AgreementId(Guid.NewGuid())).ToList();
        foreach (var (n, id) in ids.Index())
        {
            await dossiers.Do(id, Role.Officer, new CreateAgreement(Trial.Terms2014(n)), Trial.Signed, bound);
            await dossiers.Sign(id, bound);
        }
        var number = 0;
        return await Rounds.Milliseconds(Commands, () => dossiers.Do(ids[number % ids.Count], Role.Officer,
            new WaiveObligation($"annual-consultation-{2015 + number++ / ids.Count % 3}", $"{number}", $"A2014/{number}"), Trial.Signed, bound), bound);
    }

    static byte[] Payload { get; } = [.. """{"obligation":"mapping-discussion","on":"2015-04-15"}"""u8];
}
