using MrAgreement.Web.Service;

namespace MrAgreement.Web.Importing;

/// <summary>How far an import has come, or what came of it, as it is kept for every host.</summary>
/// <param name="Outcome">Null while it is under way.</param>
public sealed record KeptImport(OrderedImport Ordered, long BytesRead, int Vouchers, ImportOutcome? Outcome) : IKeptRun
{
    // What somebody has filled in is a few words. More would not go into a record.
    const int MostTyped = 16 * 1024;

    public bool IsOver => Outcome is not null;

    public int Parts => 1;

    public static KeptImport Begun(OrderedImport ordered) =>
        new(ordered.Typed.Sum(field => field.Key.Length + field.Value.Length) <= MostTyped ? ordered : ordered with { Typed = [] },
            0, 0, null);

    public KeptImport Ended(ImportEnd end) => this with { Outcome = ImportOutcome.Of(end) };

    public LedgerRun AsRun() => Ordered.Run(new(BytesRead, Vouchers, false), Outcome?.End());
}
