using Microsoft.AspNetCore.Http;
using MrAgreement.Access;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.Http;
using MrAgreement.Web.Service;

namespace MrAgreement.Web.Log;

/// <summary>Verifies a log for somebody, whatever has become of it: one that can't be folded to a dossier any more, or that is gone.
/// </summary>
public sealed class Verifying(LogWatch watch, Checkpoints checkpoints, Dossiers dossiers, LostBytes lost)
{
    /// <summary>Whether somebody may verify a log, and as whom they see it; null for the view of a log that can't be read.</summary>
    public async Task<(Viewpoint? At, IResult? Failure)> MayVerify(AgreementId agreement, Desk desk, CancellationToken cancellation)
    {
        // Of a log that can't be read nobody knows whose it is.
        var may = desk.Person.Actor.SeesEveryAgreement && Rights.MaySomewhere(desk.Person.Actor, Right.VerifyLog);
        var forbidden = Problem.Result(new Refused("forbidden", RefusalKind.Forbidden, ("role", desk.Person.Role)));
        try
        {
            var (at, failure) = await desk.See(agreement, null);
            if (at is not null)
                return Rights.May(at.By, Right.VerifyLog, at.Agreement.Terms.Parties) ? (at, null) : (null, forbidden);
            return may && await IsHeld(agreement, cancellation) ? (null, null) : (null, failure);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreBusyException) && may)
        {
            // What can't be read must be verified all the more; what the store itself can't do is told below.
            return (null, null);
        }
    }

    /// <param name="at">Null for a log that can't be read.</param>
    public async Task<VerificationView> Verify(AgreementId agreement, Viewpoint? at, CancellationToken cancellation)
    {
        var examined = await watch.Look(agreement, cancellation);
        var (found, rows) = (examined.Found, examined.Found.Rows);
        var holding = await checkpoints.Ask(all => all.Of(agreement).Select(leaf => all.Holding(agreement, leaf.Top.Sequence)!)
            .Select(it => new HoldingView(it.Number, it.Checkpoint.Size, it.Leaf.Top.Sequence)).ToList(), cancellation);
        List<LogFaultView> faults =
        [
            .. dossiers.Setbacks.Where(it => it.Agreement == agreement)
                .Select(it => new LogFaultView("set-back", $"{it.Remembered}", it.Remembered)),
            .. examined.Faults.Select(LogFaultView.Of),
            .. await checkpoints.FirstDamaged(cancellation) is { } number ? [new LogFaultView("checkpoint-lost", $"{number}")]
                : Array.Empty<LogFaultView>(),
            .. (await lost.Look(agreement, VerifiedBytes.In(found), cancellation))
                .Select(it => LogFaultView.Of(it.Bytes, it.IsGone ? "bytes-missing" : "bytes-damaged"))
        ];
        var firstBreak = examined.Faults.Where(it => it.What.StartsWith("row-", StringComparison.Ordinal))
            .Select(it => (long?)it.Sequence).Min();
        return new(faults.Count == 0, rows.Count, at is null ? null : HeadOf(agreement, at, rows), firstBreak, faults, holding);
    }

    async Task<bool> IsHeld(AgreementId agreement, CancellationToken cancellation) =>
        await checkpoints.Ask(all => all.LastOf(agreement), cancellation) is not null
            || (await watch.Look(agreement, cancellation)).Found is not { Head: null, Rows: [] };

    static Sha256? HeadOf(AgreementId agreement, Viewpoint at, IReadOnlyList<FoundRow> rows)
    {
        try
        {
            var log = rows.Select(row => row.Event).OfType<StoredEvent>().ToList();
            return log is [.., var last] ? LogSight.Of(at.Dossier, at.By, LogIndex.Of(agreement, log)).HashOf(last) : null;
        }
        catch (Exception e) when (UnreadableLogException.Is(e))
        {
            return null;
        }
    }
}
