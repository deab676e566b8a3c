using System.Diagnostics;
using MrAgreement.Calendars;
using MrAgreement.Documents;
using MrAgreement.Parties;

namespace MrAgreement.Agreements;

/// <summary>Records that the parties have signed.</summary>
/// <param name="Terms">What was signed, by its hash; absent for whatever is in force.</param>
public sealed record SignAgreement(LocalDate SignedOn, IReadOnlyList<Signatory> Signatories, Sha256? Terms = null)
    : Command(Act.SignAgreement), IWithDocuments
{
    /// <summary>The agreement as it was signed: ids of documents of one's own party.</summary>
    public IReadOnlyList<Guid> Documents { get; init; } = [];

    public IReadOnlyList<RegisterDocument> Enclosed { get; init; } = [];

    public Command With(IReadOnlyList<Guid> documents) => this with { Documents = documents, Enclosed = [] };
}

/// <summary>The other party says that it has signed just this.</summary>
public sealed record ConfirmSignature() : Command(Act.ConfirmSignature);

/// <summary>The other party says that it has not.</summary>
public sealed record ContestSignature(string Reason) : Command(Act.ContestSignature);

/// <summary>The parties have signed; all obligations of all years exist from here on.</summary>
/// <param name="Terms">Hash of the terms that were signed; absent in older logs, where nobody was asked to confirm them.</param>
/// <param name="Party">Key of the party that recorded it; absent in older logs.</param>
/// <param name="Documents">The agreement as it was signed; absent where it was recorded without.</param>
public sealed record AgreementSigned(LocalDate SignedOn, IReadOnlyList<Signatory> Signatories, [property: Digest] Sha256? Terms = null,
    string? Party = null, IReadOnlyList<DocumentVersion>? Documents = null) : AgreementEvent;

/// <param name="Party">Key of the party that confirmed it.</param>
public sealed record SignatureConfirmed(string Party) : AgreementEvent;

/// <param name="Party">Key of the party that contested it.</param>
public sealed record SignatureContested(string Party, string Reason) : AgreementEvent;

/// <param name="Party">Key of the party signed for.</param>
public sealed record Signatory(string Name, string Party);

/// <summary>What the other party has said of a recorded signature.</summary>
public enum SignatureState
{
    Unconfirmed,
    Confirmed,
    Contested,

    /// <summary>The terms changed before anybody had confirmed it.</summary>
    Void
}

/// <summary>What the other party said of it, and when.</summary>
/// <param name="Reason">Why it is contested; null when it is confirmed.</param>
public sealed record SignatureAnswer(string Party, PersonId By, Instant At, string? Reason = null);

/// <summary>The signature as it is recorded: nothing waits for its confirmation, but everybody sees whether it has one.</summary>
/// <param name="By">Who recorded it.</param>
public sealed record Signature(AgreementSigned Signed, PersonId By, SignatureState State, SignatureAnswer? Answer = null)
{
    /// <summary>What was recorded before and did not hold, the first first.</summary>
    public IReadOnlyList<Signature> Earlier { get; init; } = [];

    public static Agreement Evolve(Agreement it, AgreementEvent happened, Recorded recorded) => happened switch
    {
        AgreementSigned e => (it with
        {
            Status = it.Status == AgreementStatus.Draft ? AgreementStatus.Active : it.Status,
            Shared = it.Shared.AddRange((e.Documents ?? []).Select(document => new SharedDocument(document, recorded.At))),
            Signed = it.Signed is { } first && first.SignedOn <= e.SignedOn ? first : e,
            // Nobody could confirm what older logs have.
            Signature = new(e, recorded.By, e.Terms is null ? SignatureState.Confirmed : SignatureState.Unconfirmed)
            {
                Earlier = it.Signature is { } before ? [.. before.Earlier, before with { Earlier = [] }] : []
            },
            // From the first signature on reminders run; rungs already past are skipped.
            Obligations = it.Status == AgreementStatus.Draft
                ? it.Obligations.SetItems(it.Obligations.Select(o =>
                    KeyValuePair.Create(o.Key, o.Value with { RemindersSince = recorded.At })))
                : it.Obligations
        }).Redated(recorded, e),
        SignatureConfirmed e => it.Answered(SignatureState.Confirmed, new(e.Party, recorded.By, recorded.At)),
        SignatureContested e => it.Answered(SignatureState.Contested, new(e.Party, recorded.By, recorded.At, e.Reason)),
        _ => throw new UnreachableException($"No next state for {happened}.")
    };

    /// <summary>What stands against an act on the signature as things are; null for nothing.</summary>
    public static Refused? Against(Agreement it, Act act, Occasion on) => (act, it.Signature) switch
    {
        // Contested, or of terms that are no longer so, it is recorded anew.
        (Act.SignAgreement, null or { State: SignatureState.Contested or SignatureState.Void }) => null,
        (Act.SignAgreement, { Signed.SignedOn: var signedOn }) => new("already-signed", ("date", signedOn)),
        (_, null) => new("agreement-not-signed"),
        (_, { State: SignatureState.Confirmed }) => new("signature-confirmed"),
        (_, { State: SignatureState.Contested }) => new("signature-contested"),
        (_, { State: SignatureState.Void }) => new("signature-void"),
        // Whoever recorded it can't answer for the other side, whatever they act as.
        (_, { Signed.Party: var party, By: var by }) when party == on.By.Party || by == on.By.Id =>
            new("own-signature", RefusalKind.Forbidden),
        _ => null
    };

    public static Decision Decide(Dossier dossier, SignAgreement command, Occasion on)
    {
        var it = dossier.Agreement;
        if (Against(it, command.Act, on) is { } refused)
            return refused;
        var faults = DateRange.FaultsOfPast("/signedOn", command.SignedOn, on.Today).ToList();
        if (command.Signatories.Count == 0)
            faults.Add(new("/signatories", "required"));
        for (var i = 0; i < command.Signatories.Count; i++)
        {
            faults.AddText($"/signatories/{i}/name", command.Signatories[i].Name, 200);
            if (it.Party(command.Signatories[i].Party) is null)
                faults.Add(new($"/signatories/{i}/party", "unknown-party", ("key", command.Signatories[i].Party)));
        }
        if (faults.Count > 0)
            return Refused.Invalid([.. faults]);
        var (documents, missing) = Register.Named(dossier.Documents, command.Documents, DocumentKind.SignedAgreement, on.By.Party);
        if (missing is not null)
            return missing;
        var terms = TermsInForce.Hash(it);
        return command.Terms is { } meant && meant != terms
            ? new Refused("terms-changed").NotSo()
            : new AgreementSigned(command.SignedOn, command.Signatories, terms, on.By.Party, documents);
    }

    public static Decision Decide(Agreement it, ConfirmSignature command, Occasion on) =>
        it.Signature is { State: SignatureState.Confirmed, Answer.By: var by } && by == on.By.Id
            ? new Nothing()
            : Against(it, command.Act, on) ?? (Decision)new SignatureConfirmed(on.By.Party);

    public static Decision Decide(Agreement it, ContestSignature command, Occasion on) =>
        it.Signature is { State: SignatureState.Contested, Answer: { } answer } && (answer.By, answer.Reason) == (on.By.Id, command.Reason)
            ? new Nothing()
            : Against(it, command.Act, on) ?? Refused.Text("/reason", command.Reason, 4000)
                ?? (Decision)new SignatureContested(on.By.Party, command.Reason);
}

static class SignatureChanges
{
    public static Agreement Answered(this Agreement it, SignatureState state, SignatureAnswer answer) =>
        it with { Signature = it.Signature! with { State = state, Answer = answer } };

    /// <summary>What was signed is no longer what binds: whoever has not confirmed it can't do so any more.</summary>
    public static Agreement WithOtherTerms(this Agreement it) => it.Signature is { State: SignatureState.Unconfirmed } unconfirmed
        ? it with { Signature = unconfirmed with { State = SignatureState.Void } }
        : it;
}
