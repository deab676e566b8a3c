using System.Globalization;
using MrAgreement.Ledgers;
using MrAgreement.Parties;
using NodaTime.Text;

namespace MrAgreement.Web.Importing;

/// <summary>What an import was asked for, in the plain types that records and histories are written in.</summary>
/// <param name="Accounts">Accounts or ranges that count as costs; null for the usual ones.</param>
/// <param name="At">When it was ordered, ISO 8601.</param>
/// <param name="Typed">What somebody had filled in.</param>
/// <param name="Put">The mark of the put that brought its bytes; null where they were there before, and in histories from before.</param>
public sealed record OrderedImport(
    Guid Agreement, Guid Import, string File, string MediaType, string Sha256, long Size, int Dimension, string Project,
    IReadOnlyList<string>? Accounts, bool Texts,
    string Person, string Party, string Role, string At, Dictionary<string, string> Typed, string? Put = null)
{
    public static OrderedImport Of(AgreementId agreement, LedgerOrder order, Occasion on, IReadOnlyDictionary<string, string> typed) => new(
        agreement.Value, order.Import, order.File.Name, order.File.MediaType, order.File.Sha256.ToString(), order.File.Size,
        order.Project.Dimension, order.Project.Code, order.Chosen?.Select(range => range.ToString()).ToList(), order.Texts,
        on.By.Id.Value, on.By.Party, on.By.Role.ToString(), InstantPattern.ExtendedIso.Format(on.Now), new(typed), order.Put?.New);

    public LedgerOrder Order() => new(
        Import, new(File, MediaType, EventSourcing.Sha256.Parse(Sha256), Size), new(Dimension, Project),
        Accounts?.Select(range => AccountRange.Parse(range, CultureInfo.InvariantCulture)).ToList(), Texts)
    {
        Put = Put is null ? null : new(EventSourcing.Sha256.Parse(Sha256), Size, Instant()) { New = Put }
    };

    public Occasion On() => new(new(new(Person), Party, Enum.Parse<Role>(Role)), Instant());

    public LedgerRun Run(ImportProgress progress, ImportEnd? end) =>
        new(new(Agreement), Import, File, Size, new(Person), Instant(), progress.BytesRead, progress.Vouchers, end, Typed);

    Instant Instant() => InstantPattern.ExtendedIso.Parse(At).Value;
}

/// <summary>How far an import has come, as it is shown to every host.</summary>
/// <param name="Stopping">Whether somebody has asked it to stop.</param>
public sealed record ImportProgress(long BytesRead, int Vouchers, bool Stopping);
