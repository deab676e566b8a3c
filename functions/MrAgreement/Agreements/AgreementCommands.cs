using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Drafts an agreement by its terms.</summary>
public sealed record CreateAgreement(Terms Terms) : Command(Act.CreateAgreement);

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
