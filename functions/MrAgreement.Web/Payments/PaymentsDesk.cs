using System.Text.Json;
using MrAgreement.Access;
using MrAgreement.Agreements;
using MrAgreement.Grants;
using MrAgreement.Money;
using MrAgreement.Overviews;
using MrAgreement.Parties;
using MrAgreement.Running;
using MrAgreement.Web.People;

namespace MrAgreement.Web.Payments;

/// <summary>The payer's desk: what is to be paid and what is to come back in all agreements that the person sees, and payments of
/// several at once, each in its own agreement.</summary>
public sealed class PaymentsDesk(KeptOverviews overviews, Dossiers dossiers, Caller caller)
{
    /// <summary>The most payments that are taken at once.</summary>
    public const int MostAtOnce = 100;

    /// <summary>Whether the person has something to see there.</summary>
    public static bool IsFor(Actor actor) => Rights.MaySomewhere(actor, Right.ReadDocuments);

    /// <summary>Whether the person is one of those who pay.</summary>
    public static bool Pays(Actor actor) => Rights.MaySomewhere(actor, Right.ReceiveRequisition);

    /// <summary>Whether the person is one of those who say what was paid.</summary>
    public static bool Records(Actor actor) => Rights.MaySomewhere(actor, Right.RecordPayment);

    public Task<MoneyList> Rows(MoneyKind kind, int page, int limit, CancellationToken cancellation) => overviews.Money(new(kind,
        caller.Actor.SeesEveryAgreement ? null : caller.Actor.Party, page, limit), cancellation);

    /// <summary>Interest so far on what is late, as the person may know it; null where the terms have none, or nothing is late.</summary>
    public async Task<Kronor?> Interest(MoneyRow row, CancellationToken cancellation) =>
        row.BearsInterest && row.IsLate(caller.Today) && await dossiers.ReadIfWhole(row.Agreement, cancellation) is { } dossier
            ? Settlement.Interest(Sight.Seen(dossier, caller.Actor), caller.Today)
            : null;

    /// <summary>Records a payment of a requisition in its agreement. What fails is told, and holds up no other.</summary>
    /// <param name="isSure">If not, what may be a slip is asked about.</param>
    public async Task<PaidOutcome> Pay(PaidRequisition it, bool isSure, CancellationToken cancellation)
    {
        var command = new RecordPayment(PaymentDirection.In, it.PaidOn, it.Amount, it.Reference, it.Requisition, isSure);
        var hash = Sha256.Of(JsonSerializer.SerializeToUtf8Bytes(new { it, isSure, role = Caller.Name(caller.Person) }, Json.Options));
        // The same again, of the requisition as it was shown, is done once; without a version the rules alone see to that.
        var request = new Request(it.Version is null ? null : $"payment {hash}", hash, Overtaken,
            _ => new(caller.Actor.Id, "", hash, 200, null, null, []));
        try
        {
            var done = await dossiers.Execute(it.Agreement, command, caller.Occasion, request, cancellation);
            return done.Refused is { } refused ? new(it, null, refused, false)
                : new(it, Recorded(done.Dossier)?.Number, null, done is { Changed: true, Repeated: null });
        }
        catch (StoreBusyException)
        {
            return new(it, null, new("busy"), false);
        }
        catch (StoreUnavailableException)
        {
            return new(it, null, new("storage-unavailable"), false);
        }

        // Whoever may not do it, or may not know of it, hears that first.
        Refused? Overtaken(Dossier before) => it.Version is { } version && before.Exists && Sight.Sees(before.Agreement, caller.Actor)
            && Rights.May(caller.Actor, Right.RecordPayment, before.Agreement.Terms.Parties)
            && before.Grant.Requisitions.Find(it.Requisition) is { } now && now.TouchedOrPaid(before.Grant) != version
                ? new("requisition-moved", ("number", it.Requisition))
                : null;

        Payment? Recorded(Dossier after) => Payment.Same(after.Grant, command, after.Agreement.SideOf(caller.Actor.Party));
    }
}

/// <summary>A requisition that was paid.</summary>
/// <param name="Agreement">UUID of the agreement.</param>
/// <param name="Requisition">Number of the requisition.</param>
/// <param name="PaidOn">The day of payment.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Reference">What the payment says.</param>
/// <param name="Version">Of the row on the desk: one that has moved since is refused. Absent for whatever it is now.</param>
public sealed record PaidRequisition(AgreementId Agreement, int Requisition, LocalDate PaidOn, Kronor Amount, string Reference,
    long? Version = null);

/// <param name="Payment">Number of the payment; null where it was refused, or was taken back since.</param>
/// <param name="Refused">Why it was refused; null when it was not.</param>
/// <param name="IsNew">Whether it was recorded now, and not before.</param>
public sealed record PaidOutcome(PaidRequisition Of, int? Payment, Refused? Refused, bool IsNew);
