using MrAgreement.Web.Service;

namespace MrAgreement.Web.Importing;

/// <summary>What came of an import, in the plain types that records and histories are written in.</summary>
/// <param name="Import">It, or the earlier one of the same file; null when nothing was imported.</param>
/// <param name="Refused">Why it was refused.</param>
/// <param name="Cancelled">Whether somebody stopped it.</param>
public sealed record ImportOutcome(Guid? Import, StoredRefusal? Refused, bool Cancelled)
{
    public static ImportOutcome Of(ImportEnd end) => end switch
    {
        ImportEnd.Imported imported => new(imported.Import, null, false),
        ImportEnd.Refused refused => new(null, StoredRefusal.Of(refused.Why), false),
        _ => new(null, null, end is ImportEnd.Cancelled)
    };

    public ImportEnd End() =>
        Import is { } import ? new ImportEnd.Imported(import)
        : Refused is { } refused ? new ImportEnd.Refused(refused.Refused())
        : Cancelled ? new ImportEnd.Cancelled()
        : new ImportEnd.Failed();
}
