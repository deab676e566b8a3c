using System.Text.Json;
using MrAgreement.Grants;
using MrAgreement.Parties;

namespace MrAgreement.Banking;

/// <summary>Takes back that a transaction is the payment of something: it waits for somebody again.</summary>
public sealed record UnmatchTransaction(Guid Import, int Transaction, string Reason) : GrantCommand(Act.UnmatchTransaction)
{
    public override Subject Subject => new(Id: Import, Number: Transaction);
}

/// <summary>Takes back a bank file that was the wrong one.</summary>
/// <param name="Remaining">The other files with their transactions, in the order of the log.</param>
public sealed record WithdrawBankFile(Guid Import, string Reason, IReadOnlyList<ToldFile> Remaining) : GrantCommand(Act.WithdrawBankFile)
{
    public override Subject Subject => Import;
}

/// <summary>A match was taken back. What it confirmed or reversed is as
/// before; a payment that only it tells of is reversed beside.</summary>
public sealed record TransactionUnmatched(Guid Import, int Transaction, string Reason) : GrantEvent;

/// <summary>A bank file was withdrawn: its matches are let go, and what counted in it comes forward in the files that remain.</summary>
/// <param name="Reckoned">Of the files that remain, those that stand otherwise to one another than they did.</param>
public sealed record BankFileWithdrawn(Guid Import, string Reason, IReadOnlyList<ReckonedBankFile> Reckoned) : GrantEvent;

/// <summary>How a file stands to the others now that one of them is gone; as in <see cref="BankImport"/>.</summary>
/// <param name="Proposed">Those that wait for somebody, since they came forward too.</param>
public sealed record ReckonedBankFile(Guid Import, int Duplicates, IReadOnlyList<SameTransactions> Known,
    IReadOnlyList<SameTransactions> Asked, IReadOnlyList<int>? Proposed)
{
    internal static ReckonedBankFile Of(BankImport it) => new(it.Read.File.Import, it.Duplicates, it.Known, it.Asked, it.Read.Proposed);

    internal BankImport In(BankImport it, Recorded recorded) => it with
    {
        Read = it.Read with { Known = it.Read.Known ?? [], Proposed = Proposed }, Duplicates = Duplicates, Known = [.. Known],
        Asked = [.. Asked], Touched = recorded.Sequence
    };

    bool Says(ReckonedBankFile other) => Written(this).SequenceEqual(Written(other));

    static byte[] Written(ReckonedBankFile it) => JsonSerializer.SerializeToUtf8Bytes(it, Json.Options);

    /// <summary>Judges the files that remain by themselves, one after the other as they came.</summary>
    internal static IReadOnlyList<ReckonedBankFile> All(Grant it, Guid gone, IReadOnlyList<ToldFile> files)
    {
        var judged = new List<BankImport>();
        var left = it.BankImports.Where(i => i.Read.File.Import != gone).ToList();
        for (var i = 0; i < left.Count; i++)
        {
            var bare = left[i].Forgetting(gone) with { Known = [], Asked = [] };
            // As when it came, but for what somebody has decided on since.
            var tellings = new Tellings([.. judged, bare with { Read = bare.Read with { Known = null, Asked = null } }],
                [.. files.Take(i + 1)]);
            var (known, asked) = tellings.Brought(bare.Read.File.Import);
            judged.Add(bare with { Read = bare.Read with { Known = [], Asked = [] } });
            foreach (var same in known)
                Change(same.Import, of => of with { Known = of.Known.Add(same) });
            foreach (var same in asked)
                Change(same.Import, of => of with { Asked = of.Asked.Add(same) });
        }
        return
        [
            .. left.Zip(judged, (was, now) => (was, now: Of(now with
            {
                Duplicates = Doubled(now).Count(),
                Read = now.Read with { Proposed = Waiting(was, now) }
            }))).Where(pair => !pair.now.Says(Of(pair.was))).Select(pair => pair.now)
        ];

        void Change(Guid import, Func<BankImport, BankImport> change)
        {
            var at = judged.FindIndex(j => j.Read.File.Import == import);
            judged[at] = change(judged[at]);
        }
    }

    static IEnumerable<int> Doubled(BankImport it) =>
        Enumerable.Range(1, it.Read.File.Transactions).Where(n => it.Told(n) is Duplicate);

    static IReadOnlyList<int>? Waiting(BankImport was, BankImport now)
    {
        var forward = Doubled(was).Where(n => now.Told(n) is not Duplicate && !now.IsDecided(n)).Concat(was.Read.Proposed ?? [])
            .Distinct().Order().ToList();
        return forward.Count > 0 ? forward : was.Read.Proposed;
    }
}
