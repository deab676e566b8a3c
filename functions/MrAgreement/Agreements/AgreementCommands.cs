using MrAgreement.Calendars;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Drafts an agreement by its terms.</summary>
public sealed record CreateAgreement(Terms Terms) : Command(Act.CreateAgreement);

/// <summary>Records that the parties have signed.</summary>
public sealed record SignAgreement(LocalDate SignedOn, IReadOnlyList<Signatory> Signatories) : Command(Act.SignAgreement);

/// <summary>Closes an agreement of which nothing remains; nothing in it can be changed afterwards.</summary>
/// <param name="IsSure">If not, whoever closes it is asked first.</param>
public sealed record CloseAgreement(bool IsSure = true) : Command(Act.CloseAgreement);

/// <summary>Decisions on an agreement as a whole.</summary>
static class AgreementDecisions
{
    public static Decision Decide(CreateAgreement command)
    {
        var faults = TermsCheck.Faults(command.Terms);
        return faults.Count == 0
            ? new AgreementCreated(command.Terms)
            : Refused.Invalid([.. faults]);
    }

    /// <summary>What stands against signing as things are; null for nothing.</summary>
    public static Refused? AgainstSigning(Agreement it) =>
        it.Status == AgreementStatus.Draft ? null : new("already-signed", ("date", it.Signed!.SignedOn));

    public static Decision Decide(Agreement it, SignAgreement command, Occasion on)
    {
        if (AgainstSigning(it) is { } refused)
            return refused;
        var faults = DateRange.Faults(("/signedOn", command.SignedOn)).ToList();
        if (command.SignedOn > on.Today)
            faults.Add(new("/signedOn", "date-in-future"));
        if (command.Signatories.Count == 0)
            faults.Add(new("/signatories", "required"));
        for (var i = 0; i < command.Signatories.Count; i++)
        {
            if (command.Signatories[i].Name.Trim().Length is 0 or > 200)
                faults.Add(new($"/signatories/{i}/name", "text-length", ("max", 200)));
            if (it.Party(command.Signatories[i].Party) is null)
                faults.Add(new($"/signatories/{i}/party", "unknown-party", ("key", command.Signatories[i].Party)));
        }
        return faults.Count == 0
            ? new AgreementSigned(command.SignedOn, command.Signatories)
            : Refused.Invalid([.. faults]);
    }

    /// <summary>What stands against closing as things are: it is closed only when every obligation but
    /// those that go on all the time is settled, and the balance is exactly zero.</summary>
    public static Refused? AgainstClosing(Dossier it) =>
        it.Agreement.Status == AgreementStatus.Closed ? new("agreement-closed")
        : Closures.Remaining(it).ToList() is { Count: > 0 } remaining ? new("agreement-not-settled") { Faults = remaining }
        : null;

    public static Decision Decide(Dossier it, CloseAgreement command)
    {
        if (it.Agreement.Status == AgreementStatus.Closed)
            return new Nothing();
        return AgainstClosing(it)
            ?? (command.IsSure ? (Decision)new AgreementClosed() : Refused.Invalid(new Fault("/sure", "closing-unconfirmed")));
    }
}
